package org.xgradient.data.table.reading;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of a text, as Commons CSV reads them. Up to the first quotation mark, of which many
 * files have none, a record is a line that is cut at its delimiters, which takes three fifths of
 * the time; from there on Commons CSV does read.
 */
final class CsvRecords implements AutoCloseable {

  private static final int CAPACITY = 1 << 16;
  private static final char QUOTE = '"';

  private final Reader text;
  private final CSVFormat format;
  private final char delimiter;

  private char[] buffer = new char[CAPACITY];
  private int at;
  private int end;
  private boolean ended;
  private long lines;
  private int width;

  private @Nullable CSVParser parser;
  private @Nullable Iterator<CSVRecord> records;

  /**
   * Begins a text.
   *
   * @param text the text, which is closed with this
   * @param dialect how it is written
   */
  CsvRecords(Reader text, Dialect dialect) {
    this.text = text;
    this.format = dialect.format();
    this.delimiter = dialect.delimiter();
  }

  /**
   * Reads a record.
   *
   * @return its cells, without spaces around them; a blank line has one, which is empty; null if
   *     there are no more
   * @throws java.io.UncheckedIOException if quotation marks can't be understood
   */
  @Nullable List<String> next() throws IOException {
    if (records == null) {
      int line = lineLength();
      if (line >= 0) {
        return cut(line);
      }
      if (at == end) {
        return null;
      }
      records = openParser().iterator();
    }
    return records.hasNext() ? Arrays.asList(records.next().values()) : null;
  }

  /** The number of lines read so far. */
  long line() {
    return parser == null ? lines : lines + parser.getCurrentLineNumber();
  }

  @Override
  public void close() throws IOException {
    text.close();
  }

  /** What follows from the beginning of a line on, by Commons CSV. */
  private CSVParser openParser() throws IOException {
    var rest = new PushbackReader(text, end - at);
    rest.unread(buffer, at, end - at);
    CSVParser opened = CSVParser.parse(rest, format);
    parser = opened;
    return opened;
  }

  /** The length of the next line, or -1 if there is none, or it has a quotation mark. */
  private int lineLength() throws IOException {
    for (int length = 0; ; length++) {
      if (at + length == end && !fill()) {
        return length == 0 ? -1 : length;
      }
      char sign = buffer[at + length];
      if (sign == QUOTE) {
        return -1;
      }
      if (sign == '\n' || sign == '\r') {
        return length;
      }
    }
  }

  /** Reads on behind what is left, which then begins the buffer. */
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    int left = end - at;
    char[] target = left > buffer.length / 2 ? new char[2 * buffer.length] : buffer;
    System.arraycopy(buffer, at, target, 0, left);
    buffer = target;
    at = 0;
    end = left;
    int read = text.read(buffer, end, buffer.length - end);
    ended = read < 0;
    end += Math.max(0, read);
    return !ended;
  }

  private List<String> cut(int length) throws IOException {
    List<String> cells = new ArrayList<>(width);
    int to = at + length;
    int from = at;
    for (int i = at; i < to; i++) {
      if (buffer[i] == delimiter) {
        cells.add(cell(from, i));
        from = i + 1;
      }
    }
    cells.add(cell(from, to));
    width = cells.size();
    skipLine(length);
    return cells;
  }

  private String cell(int from, int to) {
    int first = from;
    int last = to;
    while (first < last && isSpace(buffer[first])) {
      first++;
    }
    while (last > first && isSpace(buffer[last - 1])) {
      last--;
    }
    return new String(buffer, first, last - first);
  }

  /** As Commons CSV has it. */
  private static boolean isSpace(char sign) {
    return sign <= ' ' ? Character.isWhitespace(sign) : sign > '~' && Character.isWhitespace(sign);
  }

  private void skipLine(int length) throws IOException {
    lines++;
    at += length;
    if (at == end) {
      return;
    }
    boolean mayHaveTwo = buffer[at] == '\r';
    at++;
    if (mayHaveTwo && (at < end || fill()) && buffer[at] == '\n') {
      at++;
    }
  }
}
