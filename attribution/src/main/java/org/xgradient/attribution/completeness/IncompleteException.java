package org.xgradient.attribution.completeness;

import java.util.Locale;

/**
 * Attributions of an exact method that don't add up to the output that they explain: a gradient on
 * the way was computed wrongly.
 */
public final class IncompleteException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final int row;

  IncompleteException(int row, double sum, double output, double allowed) {
    super(
        String.format(
            Locale.ROOT,
            "the attributions of row %s add up to %.6g, but the output is %.6g, farther apart than"
                + " rounding can explain (%.2g): a gradient is computed wrongly on this machine, or"
                + " the model's rows know each other; try TF_ENABLE_ONEDNN_OPTS=0 in the"
                + " environment, and look at the doctor command",
            row,
            sum,
            output,
            allowed));
    this.row = row;
  }

  /** {@return the row, from 0} */
  public int row() {
    return row;
  }
}
