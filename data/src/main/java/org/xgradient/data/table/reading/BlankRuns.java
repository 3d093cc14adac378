package org.xgradient.data.table.reading;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * A text in which one space stands for each run of spaces and tabs, but within quotation marks, and
 * none at the ends of lines: columns that blanks line up become cells with a space between them.
 */
final class BlankRuns extends FilterReader {

  private static final int NONE = -2;

  private boolean quoted;
  private boolean lineBegins = true;
  private int ahead = NONE;

  BlankRuns(Reader text) {
    super(text);
  }

  @Override
  public int read() throws IOException {
    int next = take();
    if (!quoted && isBlank(next)) {
      while (isBlank(next)) {
        next = take();
      }
      if (!lineBegins && !isEnd(next)) {
        ahead = next;
        return ' ';
      }
    }
    quoted ^= next == '"';
    lineBegins = !quoted && isEnd(next);
    return next;
  }

  @Override
  public int read(char[] characters, int from, int length) throws IOException {
    for (int i = 0; i < length; i++) {
      int next = read();
      if (next < 0) {
        return i == 0 ? -1 : i;
      }
      characters[from + i] = (char) next;
    }
    return length;
  }

  private int take() throws IOException {
    int next = ahead == NONE ? super.read() : ahead;
    ahead = NONE;
    return next;
  }

  private static boolean isBlank(int sign) {
    return sign == ' ' || sign == '\t';
  }

  private static boolean isEnd(int sign) {
    return sign == '\n' || sign == '\r' || sign < 0;
  }
}
