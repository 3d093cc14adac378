package org.xgradient.attribution;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Target;

/**
 * Integrated Gradients with a rule of its own for each example: intervals of the path are bisected
 * where their share of the completeness gap is largest, which is where the gradient jumps.
 *
 * <p>On an interval {@code [a, b]} with midpoint {@code c} the gap is {@code (b - a) d/dα F(c) -
 * (F(b) - F(a))}. Where a path crosses no kink of a ReLU network it is zero, so that the points go
 * to the kinks, and each bisection of one halves what it is off by. Fixed rules spread their points
 * and gain one over the number of steps.
 *
 * <p>Where the gradients of a row do not fit into the memory budget, or one has more than 2^14
 * values, each interval's is computed twice and counts twice; at least one interval is taken. A
 * gradient has as many values as an input, or, where what the model does first is done once for a
 * path, as many as that gives, which are at most twice as many.
 *
 * <p>It is run by {@link Attributor} alone; where a method becomes operations of a graph, as in a
 * training loss or an exported signature, take {@link IntegratedGradients}.
 *
 * @param baseline the start of the straight path to the input
 * @param tolerance the gap to reach in each row, as a share of the change of its output: the sum of
 *     the absolute gaps of its intervals; no finer than 2^-20 of the output
 * @param maxSteps the gradients to spend on an example at most; up to 9 forward passes, at the
 *     input and at the ends of the first intervals, come on top
 */
public record AdaptiveIntegratedGradients(Baseline baseline, double tolerance, int maxSteps)
    implements AttributionMethod {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the tolerance is not positive, or there is no step to spend
   */
  public AdaptiveIntegratedGradients {
    checkArgument(tolerance > 0, "the tolerance must be positive, found %s", tolerance);
    checkArgument(maxSteps >= 1, "the number of steps must be at least 1, found %s", maxSteps);
  }

  /**
   * Not supported: the points depend on what is found at others.
   *
   * @throws IllegalArgumentException always
   */
  @Override
  public Operand<TFloat32> attribute(ForwardPass pass, Target target) {
    throw new IllegalArgumentException(
        "the adaptive rule can't become operations of a graph; take IntegratedGradients");
  }

  @Override
  public Optional<Baseline> completeFrom() {
    return Optional.of(baseline);
  }
}
