package org.xgradient.spark.model;

import java.io.Serializable;

/**
 * What is added to each row, in this order.
 *
 * @param form what the attributions are
 * @param several whether more than one output is explained; then there is an array of all
 * @param explained whether the explained output is added
 * @param baseline whether the output at the baseline is
 * @param prediction whether the prediction is
 * @param probability whether the probabilities of the classes are
 */
public record OutputCells(
    OutputForm form,
    boolean several,
    boolean explained,
    boolean baseline,
    boolean prediction,
    boolean probability)
    implements Serializable {

  private static final long serialVersionUID = 1;

  /** {@return the number of cells that are added} */
  int count() {
    return 1
        + (explained ? 1 : 0)
        + (baseline ? 1 : 0)
        + (prediction ? 1 : 0)
        + (probability ? 1 : 0);
  }
}
