package org.xgradient.data.table.reading;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * What is known of how files are written before one is read.
 *
 * @param delimiter what stands between cells; empty if it is to be found out
 * @param encoding of files without a byte-order mark; empty for UTF-8
 * @param headed whether the first line names the columns
 * @param skipped how many lines stand above it
 */
record FileForm(
    Optional<Character> delimiter, Optional<Charset> encoding, boolean headed, int skipped) {

  static final FileForm USUAL = new FileForm(Optional.empty(), Optional.empty(), true, 0);

  FileForm withDelimiter(char given) {
    return new FileForm(Optional.of(given), encoding, headed, skipped);
  }

  FileForm withEncoding(Charset given) {
    return new FileForm(delimiter, Optional.of(given), headed, skipped);
  }

  FileForm withoutHeader() {
    return new FileForm(delimiter, encoding, false, skipped);
  }

  FileForm withSkipped(int lines) {
    return new FileForm(delimiter, encoding, headed, lines);
  }
}
