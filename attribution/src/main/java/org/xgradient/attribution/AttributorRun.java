package org.xgradient.attribution;

import org.xgradient.data.FloatArray;
import org.xgradient.graph.FixedInputs;
import org.xgradient.graph.Model;

/** How an {@link Attributor} runs its method. */
interface AttributorRun {

  /** {@return the model} */
  Model model();

  /** {@return whether the target asks for the labels of the examples} */
  boolean needsLabels();

  /**
   * Attributes the target to rows that were checked.
   *
   * @param rows the values that are explained
   * @param labelOfRow the label of each row, if labels are needed
   * @param fixed what is given beside the rows
   */
  Attributions run(FloatArray rows, int[] labelOfRow, FixedInputs fixed);
}
