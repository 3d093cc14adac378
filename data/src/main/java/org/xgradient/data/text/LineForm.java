package org.xgradient.data.text;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.util.Optional;

/** Where the label of a line stands. */
public enum LineForm {
  /** Label, tab, text. */
  TAB,
  /** Label, space, text: {@code COARSE:fine What is this ?} */
  FIRST_WORD,
  /** The whole line is the text. */
  NONE;

  /**
   * Splits a line.
   *
   * @return the label and the text; empty if the line has no label where it should
   */
  Optional<Parts> split(String line) {
    if (this == NONE) {
      return Optional.of(new Parts("", line));
    }
    int end = line.indexOf(this == TAB ? '\t' : ' ');
    return end <= 0
        ? Optional.empty()
        : Optional.of(new Parts(line.substring(0, end).strip(), line.substring(end + 1).strip()));
  }

  /**
   * A label and a text.
   *
   * @param label the label; empty if there is none
   * @param text the text
   */
  record Parts(String label, String text) {}

  /**
   * Finds out where labels stand: behind tabs if all lines have one; in the first word if that of
   * all lines has a colon.
   *
   * @return the form; empty if it is neither
   */
  static Optional<LineForm> of(ImmutableList<String> lines) {
    if (lines.stream().allMatch(TAB::isOn)) {
      return Optional.of(TAB);
    }
    return lines.stream().allMatch(FIRST_WORD::isOn) ? Optional.of(FIRST_WORD) : Optional.empty();
  }

  /** {@return whether a line looks as if it had this form} */
  boolean isOn(String line) {
    return switch (this) {
      case TAB -> line.indexOf('\t') > 0;
      case FIRST_WORD -> beginsWithColon(line);
      case NONE -> true;
    };
  }

  private static boolean beginsWithColon(String line) {
    int colon = line.indexOf(':');
    return colon > 0 && colon < line.indexOf(' ');
  }

  /**
   * Finds a form by its name.
   *
   * @param name tab, first-word or none
   * @return the form
   * @throws IllegalArgumentException if there is none of this name
   */
  public static LineForm named(String name) {
    for (LineForm form : values()) {
      if (form.toString().equals(name)) {
        return form;
      }
    }
    throw new IllegalArgumentException(
        "where labels stand must be tab, first-word or none, found \"%s\"".formatted(name));
  }

  /** {@return the name on the command line} */
  @Override
  public String toString() {
    return Ascii.toLowerCase(name()).replace('_', '-');
  }
}
