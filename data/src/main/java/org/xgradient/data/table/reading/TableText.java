package org.xgradient.data.table.reading;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.io.ByteOrderMark;
import org.apache.commons.io.input.BOMInputStream;
import org.xgradient.data.Compression;
import org.xgradient.data.DataException;

/** The text of a file: decompressed if it is compressed, in the encoding that its mark names. */
final class TableText {

  private static final int BUFFER = 1 << 16;

  private TableText() {}

  /**
   * Opens a file.
   *
   * @param path where its bytes are
   * @param name what messages call it
   * @param encoding its encoding; that of its byte-order mark, or else UTF-8, if empty
   */
  static BufferedReader open(Path path, Path name, Optional<Charset> encoding) {
    if (Files.isDirectory(path)) {
      throw new DataException(name + " is a folder, must be a CSV file; check the path");
    }
    try {
      InputStream bytes = new BufferedInputStream(new Flow(Files.newInputStream(path)), BUFFER);
      try {
        return decoded(decompressed(bytes, name), encoding);
      } catch (IOException | RuntimeException e) {
        bytes.close();
        throw e;
      }
    } catch (IOException e) {
      throw DataException.unreadable(name, e);
    }
  }

  private static InputStream decompressed(InputStream bytes, Path name) throws IOException {
    bytes.mark(2);
    if (bytes.read() == 'P' && bytes.read() == 'K') {
      throw new DataException(
          name
              + " is a zip archive or a workbook, must be a CSV file; unpack it, or save the sheet"
              + " as CSV");
    }
    bytes.reset();
    return Compression.decompressed(bytes, name);
  }

  private static BufferedReader decoded(InputStream bytes, Optional<Charset> encoding)
      throws IOException {
    BOMInputStream marked =
        BOMInputStream.builder()
            .setInputStream(bytes)
            .setByteOrderMarks(ByteOrderMark.UTF_8, ByteOrderMark.UTF_16LE, ByteOrderMark.UTF_16BE)
            .get();
    ByteOrderMark mark = marked.getBOM();
    Charset charset =
        mark == null
            ? encoding.orElse(StandardCharsets.UTF_8)
            : Charset.forName(mark.getCharsetName());
    // A decoder of its own fails at bytes that are no text; a charset would replace them.
    return new BufferedReader(new InputStreamReader(marked, charset.newDecoder()), BUFFER);
  }

  /** How much of a file is left needs a place in it, which a pipe has not. */
  private static final class Flow extends FilterInputStream {

    Flow(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 0;
    }
  }
}
