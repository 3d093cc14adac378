package org.xgradient.attribution;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Locale;
import java.util.Optional;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.FixedInputs;
import org.xgradient.graph.homogeneity.Homogeneity;

/**
 * Attributes by the cheapest method that is exact for a model, or as exact as asked for.
 *
 * <p>A model that is proven homogeneous, with the zero baseline: X-Gradient. Any other: Integrated
 * Gradients, with the number of Gauss-Legendre steps doubled until the completeness gap is within
 * the tolerance or the steps are spent; where doubling does not help enough, because the gradient
 * jumps along the paths, and enough steps are left, with the points of {@link
 * AdaptiveIntegratedGradients}.
 *
 * <p>The proof is made and the operations are added once for a model, a baseline and a target; any
 * number of steps is one graph. Safe to call from several threads.
 */
public final class AutomaticAttributor {

  private static final int FIRST_STEPS = 16;

  /** From here on a gap that does not fall fast is taken for one of jumps. */
  private static final int LAST_FIXED = 32;

  /** By which a doubling of the steps lowers the gap at least where the path is smooth. */
  private static final double KEPT_ON_DOUBLING = 8;

  /** Points that are placed gain where there are so many times the steps of the last fixed rule. */
  private static final int LEAST_PLACED = 4;

  private final BoundModel model;
  private final Optional<String> obstacle;
  private final AutomaticOptions options;

  private AutomaticAttributor(
      BoundModel model, Optional<String> obstacle, AutomaticOptions options) {
    this.model = model;
    this.obstacle = obstacle;
    this.options = options;
    if (obstacle.isEmpty()) {
      xGradient();
    } else {
      integration();
      PathProbe.of(model, options.baseline(), options.runs().target());
    }
  }

  static AutomaticAttributor of(BoundModel model, AutomaticOptions options) {
    Optional<String> obstacle =
        options.baseline().isZero()
            ? obstacle(Homogeneity.of(model))
            : Optional.of("the baseline is not zero");
    return new AutomaticAttributor(model, obstacle, options);
  }

  /** Why X-Gradient does not apply; empty if it does. */
  private static Optional<String> obstacle(Homogeneity homogeneity) {
    if (homogeneity instanceof Homogeneity.NotProven notProven) {
      int count = notProven.offenders().size();
      return Optional.of(
          "the model is not proven homogeneous (%s %s in the way)"
              .formatted(count, count == 1 ? "operation stands" : "operations stand"));
    }
    double degree = homogeneity.orElseThrow().degree();
    return degree >= 1
        ? Optional.empty()
        : Optional.of("the model's degree of homogeneity is %s, below 1".formatted(degree));
  }

  private Attributor xGradient() {
    return Attributor.of(model, new XGradient(), options.runs());
  }

  private FedQuadrature integration() {
    return FedQuadrature.of(model, options.baseline(), options.runs().target());
  }

  /**
   * Chooses for some rows and attributes the target to them.
   *
   * @param rows the inputs, of shape {@code [rows, ...]}, all finite
   * @return what was chosen, why, what it cost, and the attributions
   * @throws IllegalArgumentException as {@link Attributor#attribute(FloatArray)} does
   * @throws org.xgradient.graph.NotFiniteException if an output or attribution is not finite
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  public AutomaticChoice attribute(FloatArray rows) {
    return attribute(rows, FixedInputs.none());
  }

  /**
   * Chooses for some rows and attributes the target to them, while other inputs are held fixed.
   *
   * @param rows the values that are explained, of shape {@code [rows, ...]}, all finite
   * @param fixed what is given beside them
   * @return what was chosen, why, what it cost, and the attributions
   * @throws IllegalArgumentException as {@link Attributor#attribute(FloatArray)} does
   * @throws org.xgradient.graph.NotFiniteException if an output or attribution is not finite
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  public AutomaticChoice attribute(FloatArray rows, FixedInputs fixed) {
    return attribute(new Asked(rows, ImmutableIntArray.of(), fixed));
  }

  /**
   * Chooses for some rows and attributes the logits of labels to them.
   *
   * @param rows the inputs, of shape {@code [rows, ...]}, all finite
   * @param labelOfRow the label of each row
   * @return what was chosen, why, what it cost, and the attributions
   * @throws IllegalArgumentException as {@link Attributor#attribute(FloatArray, int[])} does
   * @throws org.xgradient.graph.NotFiniteException if an output or attribution is not finite
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  public AutomaticChoice attribute(FloatArray rows, int[] labelOfRow) {
    return attribute(new Asked(rows, ImmutableIntArray.copyOf(labelOfRow), FixedInputs.none()));
  }

  /** What to explain; the labels are empty if the target asks for none. */
  private record Asked(FloatArray rows, ImmutableIntArray labels, FixedInputs fixed) {

    Attributions by(Attributor attributor) {
      return labels.isEmpty()
          ? attributor.attribute(rows, fixed)
          : attributor.attribute(rows, labels.toArray());
    }
  }

  private AutomaticChoice attribute(Asked asked) {
    return obstacle.isEmpty() ? byXGradient(asked) : integrate(asked, obstacle.get());
  }

  private AutomaticChoice byXGradient(Asked asked) {
    Attributor attributor = xGradient();
    Attributions attributions = asked.by(attributor);
    double gap = attributions.completeness().orElseThrow().relativeGap();
    String reason = "the model is proven homogeneous, so X-Gradient is exact";
    boolean within = gap <= options.tolerance();
    return new AutomaticChoice(new XGradient(), attributor, reason, 1, gap, within, attributions);
  }

  /** A method and what it gave. */
  private record Try(
      AttributionMethod method, Attributor attributor, String name, Attributions attributions) {

    double gap() {
      return attributions.completeness().orElseThrow().relativeGap();
    }

    /** More gradients are better as a rule, but not always. */
    Try orBetter(Try before) {
      return gap() <= before.gap() ? this : before;
    }
  }

  private AutomaticChoice integrate(Asked asked, String obstacle) {
    int steps = Math.min(FIRST_STEPS, options.maxSteps());
    long spent = steps;
    Try last = fixed(asked, steps);
    Try best = last;
    String reason = obstacle;
    while (best.gap() > options.tolerance() && steps < options.maxSteps()) {
      steps = Math.min(2 * steps, options.maxSteps());
      spent += steps;
      double before = last.gap();
      last = fixed(asked, steps);
      best = last.orBetter(best);
      boolean jumps = steps >= LAST_FIXED && last.gap() > before / KEPT_ON_DOUBLING;
      long left = options.maxSteps() - spent;
      if (best.gap() > options.tolerance() && jumps && left >= (long) LEAST_PLACED * steps) {
        // What jumps is not for rules that are made for what is smooth.
        reason = obstacle + " and its gradient jumps along paths";
        var method =
            new AdaptiveIntegratedGradients(options.baseline(), options.tolerance(), (int) left);
        Attributor attributor = Attributor.of(model, method, options.runs());
        AdaptiveIntegration.Found found =
            attributor.measured(asked.rows(), asked.labels().toArray(), asked.fixed());
        spent += found.gradientsPerRow();
        best =
            new Try(
                    method,
                    attributor,
                    "Integrated Gradients with points where it jumps",
                    found.attributions())
                .orBetter(best);
        break;
      }
    }
    return choice(best, reason, spent);
  }

  private Try fixed(Asked asked, int steps) {
    Quadrature quadrature = Quadrature.gaussLegendre(steps);
    Attributor attributor = integration().attributor(quadrature, options.runs());
    return new Try(
        new IntegratedGradients(options.baseline(), quadrature),
        attributor,
        "Integrated Gradients with %s steps".formatted(steps),
        asked.by(attributor));
  }

  private AutomaticChoice choice(Try best, String obstacle, long spent) {
    double gap = best.gap();
    boolean within = gap <= options.tolerance();
    String reason =
        String.format(
            Locale.ROOT,
            "%s, so %s, whose completeness gap of %.2g is %s %.2g",
            obstacle,
            best.name(),
            gap,
            within ? "within" : "still above",
            options.tolerance());
    return new AutomaticChoice(
        best.method(), best.attributor(), reason, spent, gap, within, best.attributions());
  }
}
