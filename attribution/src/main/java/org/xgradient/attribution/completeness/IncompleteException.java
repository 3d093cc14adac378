package org.xgradient.attribution.completeness;

import java.util.Locale;

/**
 * Attributions of an exact method that don't add up to the output that they explain: a gradient on
 * the way was computed wrongly.
 */
public final class IncompleteException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final int row;
  private final double sum;
  private final double output;
  private final double allowed;

  IncompleteException(int row, double sum, double output, double allowed) {
    super(message("row " + row, sum, output, allowed));
    this.row = row;
    this.sum = sum;
    this.output = output;
    this.allowed = allowed;
  }

  private static String message(String row, double sum, double output, double allowed) {
    return String.format(
        Locale.ROOT,
        "the attributions of %s add up to %.6g, but the output is %.6g, farther apart than"
            + " rounding can explain (%.2g): a gradient is computed wrongly on this machine, the"
            + " model's rows know each other, or values cancel in it to more digits than floats"
            + " have; try TF_ENABLE_ONEDNN_OPTS=0 in the environment, look at the doctor command,"
            + " and scale the inputs",
        row,
        sum,
        output,
        allowed);
  }

  /** {@return the row, from 0} */
  public int row() {
    return row;
  }

  /**
   * The message for a reader who has other names for the row.
   *
   * @param place the row
   * @return the message
   */
  public String messageAt(String place) {
    return message(place, sum, output, allowed);
  }
}
