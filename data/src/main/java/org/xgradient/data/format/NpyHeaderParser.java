package org.xgradient.data.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses the header of an npy file: a Python dictionary of {@code descr}, {@code fortran_order} and
 * {@code shape}, written as a literal. Knows strings without escapes, {@code True}, {@code False}
 * and tuples of integers, and nothing else.
 */
final class NpyHeaderParser {

  private final Path file;
  private final String place;
  private final String text;
  private int position;
  private @Nullable String description;
  private @Nullable Boolean fortranOrder;
  private int @Nullable [] shape;

  NpyHeaderParser(Path file, String place, String text) {
    this.file = file;
    this.place = place;
    this.text = text;
  }

  NpyHeader parse() {
    expect('{');
    while (!take('}')) {
      entry();
      if (!take(',')) {
        expect('}');
        break;
      }
    }
    skipSpace();
    if (position < text.length()) {
      throw wrong("the end of the header");
    }
    if (description == null || fortranOrder == null || shape == null) {
      throw wrong("a dictionary of descr, fortran_order and shape");
    }
    return NpyHeader.of(file, place, description, fortranOrder, shape);
  }

  private void entry() {
    String key = string();
    expect(':');
    if (key.equals("descr") && description == null) {
      description = string();
    } else if (key.equals("fortran_order") && fortranOrder == null) {
      fortranOrder = bool();
    } else if (key.equals("shape") && shape == null) {
      shape = ArrayShapes.check(file, place, tuple());
    } else {
      throw wrong("descr, fortran_order and shape, once each");
    }
  }

  private String string() {
    char quote = take('"') ? '"' : '\'';
    if (quote == '\'') {
      expect('\'');
    }
    int end = text.indexOf(quote, position);
    if (end < 0 || text.substring(position, end).contains("\\")) {
      throw wrong("a string without escapes");
    }
    String string = text.substring(position, end);
    position = end + 1;
    return string;
  }

  private boolean bool() {
    skipSpace();
    boolean value = text.startsWith("True", position);
    if (!value && !text.startsWith("False", position)) {
      throw wrong("True or False");
    }
    position += value ? 4 : 5;
    return value;
  }

  private List<Long> tuple() {
    expect('(');
    List<Long> integers = new ArrayList<>();
    while (!take(')')) {
      integers.add(integer());
      if (!take(',')) {
        expect(')');
        break;
      }
    }
    return integers;
  }

  /** Python 2 wrote long integers with an L behind them. */
  private long integer() {
    skipSpace();
    int start = position;
    while (position < text.length() && Character.digit(text.charAt(position), 10) >= 0) {
      position++;
    }
    if (position == start || position - start > 18) {
      position = start;
      throw wrong("an integer of at most 18 digits");
    }
    long value = Long.parseLong(text.substring(start, position));
    take('L');
    return value;
  }

  private void expect(char expected) {
    if (!take(expected)) {
      throw wrong("'" + expected + "'");
    }
  }

  private boolean take(char expected) {
    skipSpace();
    boolean there = position < text.length() && text.charAt(position) == expected;
    if (there) {
      position++;
    }
    return there;
  }

  private void skipSpace() {
    while (position < text.length() && " \n\t\r".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private FormatException wrong(String expected) {
    int end = Math.min(text.length(), position + 20);
    return new FormatException(
        file,
        place + ": header at character " + position,
        expected,
        position < end ? "'" + text.substring(position, end) + "'" : "its end");
  }
}
