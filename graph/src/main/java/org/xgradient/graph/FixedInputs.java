package org.xgradient.graph;

/**
 * What some rows are given beside the values that are explained, such as masks and tokens: fed with
 * each run and held fixed along paths.
 */
@FunctionalInterface
public interface FixedInputs {

  /** {@return nothing: the values that are explained are all there is} */
  static FixedInputs none() {
    return (feeds, rows) -> feeds;
  }

  /**
   * Adds what belongs to some rows.
   *
   * @param feeds what is fed else
   * @param rows the indices of the rows, each as often as it is in the batch
   * @return the feeds with it
   */
  Feeds addTo(Feeds feeds, int... rows);
}
