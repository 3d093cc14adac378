package org.xgradient.training.optimizer;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Parameter;

/**
 * Adam: {@code m ← β_1 m + (1 - β_1) g}, {@code v ← β_2 v + (1 - β_2) g²}, {@code θ ← θ - η m̂ /
 * (√v̂ + ε)}, with {@code m̂ = m / (1 - β_1^t)}, {@code v̂ = v / (1 - β_2^t)} in step {@code t = 1,
 * 2, …}
 *
 * @param beta1 {@code β_1}, in {@code [0, 1)}
 * @param beta2 {@code β_2}, in {@code [0, 1)}
 * @param epsilon {@code ε}, positive
 * @param weightDecay what times the parameter is added to its gradient, at least 0
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba (2015), Adam, Algorithm 1</a>
 */
public record Adam(double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Adam {
    checkArgument(
        beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1,
        "beta1 and beta2 must be in [0, 1), found %s and %s",
        beta1,
        beta2);
    checkArgument(epsilon > 0, "epsilon must be positive, found %s", epsilon);
    Slots.checkWeightDecay(weightDecay);
  }

  /** {@return the values of the paper, 0.9, 0.999 and 1e-8, and no weight decay} */
  public static Adam withDefaults() {
    return new Adam(0.9, 0.999, 1e-8, 0);
  }

  /**
   * The same with another weight decay.
   *
   * @param weightDecay the weight decay, at least 0
   * @return the optimizer
   */
  public Adam withWeightDecay(double weightDecay) {
    return new Adam(beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public UpdateRule build(Ops graph, ImmutableList<Parameter> parameters) {
    Ops tf = graph.withSubScope("adam");
    return new Rule(
        tf,
        parameters,
        Slots.like(graph, parameters, "mean"),
        Slots.like(graph, parameters, "square"),
        Slots.scalar(tf, "rate"),
        Slots.scalar(tf, "epsilon"));
  }

  /** The rule in a graph. */
  private final class Rule implements UpdateRule {
    private final ImmutableList<Parameter> parameters;
    private final ImmutableList<Parameter> means;
    private final ImmutableList<Parameter> squares;
    private final Placeholder<TFloat32> correctedRate;
    private final Placeholder<TFloat32> correctedEpsilon;
    private final Operand<TFloat32> first;
    private final Operand<TFloat32> second;
    private final Operand<TFloat32> zero;

    Rule(
        Ops tf,
        ImmutableList<Parameter> parameters,
        ImmutableList<Parameter> means,
        ImmutableList<Parameter> squares,
        Placeholder<TFloat32> correctedRate,
        Placeholder<TFloat32> correctedEpsilon) {
      this.parameters = parameters;
      this.means = means;
      this.squares = squares;
      this.correctedRate = correctedRate;
      this.correctedEpsilon = correctedEpsilon;
      first = tf.constant((float) beta1);
      second = tf.constant((float) beta2);
      zero = tf.constant(0f);
    }

    @Override
    public ImmutableList<Parameter> slots() {
      return ImmutableList.<Parameter>builder().addAll(means).addAll(squares).build();
    }

    @Override
    public Op update(Ops tf, int index, Operand<TFloat32> gradient) {
      Parameter parameter = parameters.get(index);
      // Powers of 0: the corrections come by the rate and epsilon.
      return tf.train.resourceApplyAdam(
          parameter.handle(),
          means.get(index).handle(),
          squares.get(index).handle(),
          zero,
          zero,
          correctedRate,
          first,
          second,
          correctedEpsilon,
          Slots.decayed(tf, parameter, gradient, weightDecay));
    }

    @Override
    public Feeds feed(Feeds feeds, double learningRate, long step) {
      // η m / (1 - β1^t) / (√v / √(1 - β2^t) + ε), multiplied by √(1 - β2^t) above and below
      double t = (double) (step + 1);
      double root = Math.sqrt(1 - Math.pow(beta2, t));
      double rate = learningRate * root / (1 - Math.pow(beta1, t));
      return feeds
          .withScalar(correctedRate, (float) rate)
          .withScalar(correctedEpsilon, (float) (epsilon * root));
    }
  }
}
