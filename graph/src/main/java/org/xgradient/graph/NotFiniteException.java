package org.xgradient.graph;

/** What a model computed is infinite or not a number; the message says of which row, and where. */
public final class NotFiniteException extends ArithmeticException {

  /** What has a value for each input. */
  public static final String ATTRIBUTIONS = "attributions";

  /** What has a value for each output. */
  public static final String OUTPUTS = "outputs";

  private static final long serialVersionUID = 1;

  private final String what;
  private final float value;
  private final int row;
  private final int column;
  private final String origin;

  /**
   * Creates the exception.
   *
   * @param what what must be finite, {@link #ATTRIBUTIONS} or {@link #OUTPUTS}
   * @param value what was found
   * @param row the row, from 0
   * @param column the index of the value in the row, from 0
   * @param origin where it comes from, as a sentence without its full stop
   */
  public NotFiniteException(String what, float value, int row, int column, String origin) {
    super(message(what, value, "row " + row + ", column " + column, origin));
    this.what = what;
    this.value = value;
    this.row = row;
    this.column = column;
    this.origin = origin;
  }

  private static String message(String what, float value, String place, String origin) {
    return "%s must be finite, found %s in %s; %s".formatted(what, value, place, origin);
  }

  /** {@return the row, from 0} */
  public int row() {
    return row;
  }

  /** {@return the index of the value in the row, from 0} */
  public int column() {
    return column;
  }

  /** {@return whether the column is one of the inputs, and not of the outputs} */
  public boolean ofInput() {
    return what.equals(ATTRIBUTIONS);
  }

  /**
   * The message for a reader who has other names for the row and the column.
   *
   * @param place the row and the column
   * @return the message
   */
  public String messageAt(String place) {
    return message(what, value, place, origin);
  }
}
