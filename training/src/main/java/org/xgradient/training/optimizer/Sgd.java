package org.xgradient.training.optimizer;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.train.ResourceApplyMomentum;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Parameter;

/**
 * Stochastic gradient descent: {@code v ← μ v + g}, {@code θ ← θ - η v}; with Nesterov's momentum
 * {@code θ ← θ - η (g + μ v)}.
 *
 * @param momentum {@code μ}, in {@code [0, 1)}
 * @param weightDecay what times the parameter is added to its gradient, at least 0
 * @param nesterov whether the momentum is Nesterov's
 */
public record Sgd(double momentum, double weightDecay, boolean nesterov) implements Optimizer {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Sgd {
    checkArgument(
        momentum >= 0 && momentum < 1, "the momentum must be in [0, 1), found %s", momentum);
    Slots.checkWeightDecay(weightDecay);
  }

  /** {@return no momentum, no weight decay} */
  public static Sgd withDefaults() {
    return new Sgd(0, 0, false);
  }

  /**
   * The same with another momentum.
   *
   * @param momentum the momentum, in {@code [0, 1)}
   * @return the optimizer
   */
  public Sgd withMomentum(double momentum) {
    return new Sgd(momentum, weightDecay, nesterov);
  }

  /**
   * The same with another weight decay.
   *
   * @param weightDecay the weight decay, at least 0
   * @return the optimizer
   */
  public Sgd withWeightDecay(double weightDecay) {
    return new Sgd(momentum, weightDecay, nesterov);
  }

  @Override
  public UpdateRule build(Ops graph, ImmutableList<Parameter> parameters) {
    Ops tf = graph.withSubScope("sgd");
    var slots =
        momentum == 0 ? ImmutableList.<Parameter>of() : Slots.like(graph, parameters, "momentum");
    return new Rule(parameters, slots, Slots.scalar(tf, "rate"));
  }

  /** The rule in a graph. */
  private final class Rule implements UpdateRule {
    private final ImmutableList<Parameter> parameters;
    private final ImmutableList<Parameter> velocities;
    private final Placeholder<TFloat32> rate;

    Rule(
        ImmutableList<Parameter> parameters,
        ImmutableList<Parameter> velocities,
        Placeholder<TFloat32> rate) {
      this.parameters = parameters;
      this.velocities = velocities;
      this.rate = rate;
    }

    @Override
    public ImmutableList<Parameter> slots() {
      return velocities;
    }

    @Override
    public Op update(Ops tf, int index, Operand<TFloat32> gradient) {
      Parameter parameter = parameters.get(index);
      var decayed = Slots.decayed(tf, parameter, gradient, weightDecay);
      return velocities.isEmpty()
          ? tf.train.resourceApplyGradientDescent(parameter.handle(), rate, decayed)
          : tf.train.resourceApplyMomentum(
              parameter.handle(),
              velocities.get(index).handle(),
              rate,
              decayed,
              tf.constant((float) momentum),
              ResourceApplyMomentum.useNesterov(nesterov));
    }

    @Override
    public Feeds feed(Feeds feeds, double learningRate, long step) {
      return feeds.withScalar(rate, (float) learningRate);
    }
  }
}
