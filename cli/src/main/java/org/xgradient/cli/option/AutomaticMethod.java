package org.xgradient.cli.option;

import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AutomaticChoice;
import org.xgradient.attribution.AutomaticOptions;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.FixedInputs;
import org.xgradient.report.text.Numbers;

/** What {@link MethodOption#AUTO} stands for. */
public final class AutomaticMethod {

  private AutomaticMethod() {}

  /** Chooses for some inputs of a model that is given others beside them, and says what and why. */
  public static AutomaticChoice choose(
      BoundModel model, FloatArray inputs, FixedInputs fixed, AutomaticOptions options) {
    return said(Attributor.auto(model, options).attribute(inputs, fixed));
  }

  /** Chooses for some inputs, and says on the standard error stream what and why. */
  public static AutomaticChoice choose(
      BoundModel model, FloatArray inputs, AutomaticOptions options) {
    return choose(model, inputs, FixedInputs.none(), options);
  }

  /** Chooses for some inputs whose labels are explained, and says what and why. */
  public static AutomaticChoice choose(
      BoundModel model, FloatArray inputs, int[] labels, AutomaticOptions options) {
    return said(Attributor.auto(model, options).attribute(inputs, labels));
  }

  private static AutomaticChoice said(AutomaticChoice choice) {
    ConsoleProgress.note(
        "method: %s (%s; %s per row)",
        choice.method().getClass().getSimpleName(),
        choice.reason(),
        gradients(choice.gradientsPerRow()));
    return choice;
  }

  private static String gradients(long count) {
    return count == 1 ? "1 gradient" : Numbers.count(count) + " gradients";
  }
}
