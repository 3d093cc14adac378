package org.xgradient.data.text;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.util.Optional;

/** Where the label of a line stands. */
public enum LineForm {
  /** Label, tab, text. */
  TAB,
  /** Text, tab, label. */
  TAB_AT_END,
  /**
   * Label, space, text: {@code COARSE:fine What is this ?} or {@code __label__class What is this ?}
   */
  FIRST_WORD,
  /** The whole line is the text. */
  NONE;

  /** What fastText writes before the name of a class. */
  private static final String MARK = "__label__";

  /**
   * Splits a line.
   *
   * @return the label and the text; empty if the line has no label where it should
   */
  Optional<Parts> split(String line) {
    if (this == NONE) {
      return Optional.of(new Parts("", line));
    }
    int end =
        switch (this) {
          case TAB -> line.indexOf('\t');
          case TAB_AT_END -> line.lastIndexOf('\t');
          default -> line.indexOf(' ');
        };
    if (end <= 0) {
      return Optional.empty();
    }
    String before = line.substring(0, end).strip();
    String after = line.substring(end + 1).strip();
    return Optional.of(
        switch (this) {
          case TAB_AT_END -> new Parts(after, before);
          case FIRST_WORD -> new Parts(withoutMark(before), after);
          default -> new Parts(before, after);
        });
  }

  private static String withoutMark(String label) {
    return label.startsWith(MARK) ? label.substring(MARK.length()) : label;
  }

  /**
   * A label and a text.
   *
   * @param label the label; empty if there is none
   * @param text the text
   */
  record Parts(String label, String text) {}

  /**
   * Finds out where labels stand: before the tab if all lines have one, or behind it if nearly each
   * line says something else before it; in the first word if that of all lines has a colon, or the
   * mark {@code __label__}.
   *
   * @return the form; empty if it is neither
   */
  static Optional<LineForm> of(ImmutableList<String> lines) {
    if (lines.stream().allMatch(TAB::isOn)) {
      return Optional.of(
          2 * labels(TAB, lines) > lines.size() && labels(TAB_AT_END, lines) < labels(TAB, lines)
              ? TAB_AT_END
              : TAB);
    }
    return lines.stream().allMatch(FIRST_WORD::isOn) ? Optional.of(FIRST_WORD) : Optional.empty();
  }

  private static long labels(LineForm form, ImmutableList<String> lines) {
    return lines.stream().map(line -> form.split(line).orElseThrow().label()).distinct().count();
  }

  /** {@return whether a line looks as if it had this form} */
  boolean isOn(String line) {
    return switch (this) {
      case TAB, TAB_AT_END -> line.indexOf('\t') > 0;
      case FIRST_WORD -> line.startsWith(MARK) || beginsWithColon(line);
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
   * @param name tab, tab-at-end, first-word or none
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
        "where labels stand must be tab, tab-at-end, first-word or none, found \"%s\""
            .formatted(name));
  }

  /** {@return the name on the command line} */
  @Override
  public String toString() {
    return Ascii.toLowerCase(name()).replace('_', '-');
  }
}
