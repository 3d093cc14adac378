package org.xgradient.cli.option;

import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.AttributionMethods;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.AutomaticChoice;
import org.xgradient.attribution.AutomaticOptions;
import org.xgradient.attribution.Baseline;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.Target;
import org.xgradient.report.text.Numbers;
import org.xgradient.training.table.TableModel;

/** What {@link MethodOption#AUTO} stands for. */
public final class AutomaticMethod {

  private AutomaticMethod() {}

  /** Chooses for some rows, and says on the standard error stream what and why. */
  public static AttributionMethod choose(
      TableModel model, FloatArray rows, AttributorOptions options) {
    return choose(model.session(), model.model(), model.target(), rows, options);
  }

  /** Chooses for some inputs, and says on the standard error stream what and why. */
  public static AttributionMethod choose(
      GraphSession session,
      Model model,
      Target target,
      FloatArray inputs,
      AttributorOptions options) {
    AutomaticChoice choice =
        AttributionMethods.auto(
            session,
            model,
            target,
            Baseline.zero(),
            inputs,
            AutomaticOptions.withDefaults().withRuns(options));
    System.err.printf(
        "method: %s (%s; %s per row)%n",
        choice.method().getClass().getSimpleName(),
        choice.reason(),
        gradients(choice.gradientsPerRow()));
    return choice.method();
  }

  private static String gradients(long count) {
    return count == 1 ? "1 gradient" : Numbers.count(count) + " gradients";
  }
}
