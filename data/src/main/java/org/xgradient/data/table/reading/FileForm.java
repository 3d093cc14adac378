package org.xgradient.data.table.reading;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * What is known of how files are written before one is read.
 *
 * @param delimiter what stands between cells; empty if it is to be found out
 * @param encoding of files without a byte-order mark; empty for UTF-8
 * @param headed whether the first line names the columns
 */
record FileForm(Optional<Character> delimiter, Optional<Charset> encoding, boolean headed) {

  static final FileForm USUAL = new FileForm(Optional.empty(), Optional.empty(), true);

  FileForm withDelimiter(char given) {
    return new FileForm(Optional.of(given), encoding, headed);
  }

  FileForm withEncoding(Charset given) {
    return new FileForm(delimiter, Optional.of(given), headed);
  }

  FileForm withoutHeader() {
    return new FileForm(delimiter, encoding, false);
  }
}
