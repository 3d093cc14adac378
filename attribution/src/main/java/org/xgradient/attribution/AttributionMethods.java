package org.xgradient.attribution;

import java.util.Optional;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.Target;
import org.xgradient.graph.homogeneity.Homogeneity;

/** Chooses among attribution methods. */
public final class AttributionMethods {

  private static final int FIRST_STEPS = 16;

  private AttributionMethods() {}

  /**
   * Attributes by the cheapest method that is exact for the model, or as exact as asked for.
   *
   * <p>A model that is proven homogeneous, with the zero baseline: X-Gradient. Any other:
   * Integrated Gradients, with the number of Gauss-Legendre steps doubled until the completeness
   * gap is within the tolerance or the steps are spent.
   *
   * @param session the session of the model, borrowed
   * @param model the model
   * @param target the output of each example to explain
   * @param baseline the baseline
   * @param rows the inputs, of shape {@code [rows, ...]}
   * @param options tolerance and budget
   * @return what was chosen, why, what it cost, and the attributions
   * @throws IllegalArgumentException as {@link Attributor#attribute(FloatArray)} does
   */
  public static AutomaticChoice auto(
      GraphSession session,
      Model model,
      Target target,
      Baseline baseline,
      FloatArray rows,
      AutomaticOptions options) {
    Optional<String> obstacle = obstacleToXGradient(model, baseline);
    if (obstacle.isEmpty()) {
      var method = new XGradient();
      var attributions =
          Attributor.of(session, model, method, target, options.runs()).attribute(rows);
      String reason = "the model is proven homogeneous, so X-Gradient is exact";
      double gap = relativeGap(attributions);
      return new AutomaticChoice(method, reason, 1, gap, gap <= options.tolerance(), attributions);
    }
    return integrate(session, model, target, baseline, rows, options, obstacle.get());
  }

  private static AutomaticChoice integrate(
      GraphSession session,
      Model model,
      Target target,
      Baseline baseline,
      FloatArray rows,
      AutomaticOptions options,
      String obstacle) {
    long spent = 0;
    int steps = Math.min(FIRST_STEPS, options.maxSteps());
    while (true) {
      var method = new IntegratedGradients(baseline, Quadrature.gaussLegendre(steps));
      var attributions =
          Attributor.of(session, model, method, target, options.runs()).attribute(rows);
      spent += steps;
      double gap = relativeGap(attributions);
      boolean within = gap <= options.tolerance();
      if (within || steps == options.maxSteps()) {
        String reason =
            "%s, so Integrated Gradients with %d steps, whose completeness gap of %.2g is %s %.2g"
                .formatted(
                    obstacle, steps, gap, within ? "within" : "still above", options.tolerance());
        return new AutomaticChoice(method, reason, spent, gap, within, attributions);
      }
      steps = Math.min(2 * steps, options.maxSteps());
    }
  }

  /** Why X-Gradient does not apply; empty if it does. */
  private static Optional<String> obstacleToXGradient(Model model, Baseline baseline) {
    if (!baseline.isZero()) {
      return Optional.of("the baseline is not zero");
    }
    var tf = model.ops().withSubScope("auto");
    ForwardPass pass =
        model.forward(
            tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(model.inputShape()))));
    Homogeneity homogeneity = Homogeneity.of(pass);
    if (homogeneity instanceof Homogeneity.NotProven notProven) {
      return Optional.of(
          "the model is not proven homogeneous (%d operations stand in the way)"
              .formatted(notProven.offenders().size()));
    }
    double degree = homogeneity.orElseThrow().degree();
    return degree >= 1
        ? Optional.empty()
        : Optional.of("the model's degree of homogeneity is %s, below 1".formatted(degree));
  }

  private static double relativeGap(Attributions attributions) {
    float[] gaps = attributions.completenessGap().orElseThrow().values();
    float[] outputs = attributions.explained().values();
    float[] starts = attributions.baselineOutput().orElseThrow().values();
    double gap = 0;
    double change = 0;
    for (int i = 0; i < gaps.length; i++) {
      gap += Math.abs(gaps[i]);
      change += Math.abs((double) outputs[i] - starts[i]);
    }
    // A constant output has nothing to explain.
    return gap == 0 ? 0 : gap / Math.max(change, Float.MIN_NORMAL);
  }
}
