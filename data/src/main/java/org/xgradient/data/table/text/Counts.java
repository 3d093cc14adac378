package org.xgradient.data.table.text;

/** How messages count things. */
public final class Counts {

  private Counts() {}

  /**
   * A count of things, such as {@code 1 cell} or {@code 12 cells}.
   *
   * @param noun what is counted, in the singular, of which the plural ends with an s more
   */
  public static String of(long count, String noun) {
    return count + " " + (count == 1 ? noun : noun + "s");
  }

  /** A count of some among all, such as {@code 1 of 1 cell} or {@code 1 of 12 cells}. */
  public static String among(long count, long all, String noun) {
    return count + " of " + of(all, noun);
  }

  /** The verb that a count asks for. */
  public static String verb(long count, String ofOne, String ofMore) {
    return count == 1 ? ofOne : ofMore;
  }
}
