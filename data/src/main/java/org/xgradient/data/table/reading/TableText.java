package org.xgradient.data.table.reading;

import com.google.common.primitives.Bytes;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.io.ByteOrderMark;
import org.apache.commons.io.input.BOMInputStream;
import org.xgradient.data.Compression;
import org.xgradient.data.DataException;
import org.xgradient.data.RegularFiles;

/** The text of a file: decompressed if it is compressed, in the encoding that its mark names. */
final class TableText {

  private static final int BUFFER = 1 << 16;
  private static final int BEGINNING = 64;

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
    if (Files.isRegularFile(path)) {
      RegularFiles.check(path);
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

  /**
   * Where the first bytes are that are no text in the encoding, for messages.
   *
   * @return the line from 1 on, and the byte; empty if the file can't be read again
   */
  static Optional<String> firstMalformed(Path path, Path name, Optional<Charset> encoding) {
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try (InputStream bytes =
        decompressed(new BufferedInputStream(Files.newInputStream(path), BUFFER), name)) {
      return firstMalformed(marked(bytes), encoding);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether zeros are among the first bytes, as they are between the letters of UTF-16. */
  static boolean hasZeros(Path path, Path name) {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (InputStream bytes =
        decompressed(new BufferedInputStream(Files.newInputStream(path), BUFFER), name)) {
      return Bytes.contains(bytes.readNBytes(BEGINNING), (byte) 0);
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<String> firstMalformed(BOMInputStream bytes, Optional<Charset> encoding)
      throws IOException {
    CharsetDecoder decoder = charset(bytes, encoding).newDecoder();
    ByteBuffer in = ByteBuffer.allocate(BUFFER);
    CharBuffer out = CharBuffer.allocate(2 * BUFFER);
    long line = 1;
    for (int read = bytes.read(in.array()); read > 0; ) {
      in.limit(in.position() + read).position(0);
      CoderResult result = decoder.decode(in, out, false);
      line += out.flip().chars().filter(c -> c == '\n').count();
      if (result.isError()) {
        return Optional.of("line %d has the byte 0x%02X".formatted(line, in.get(in.position())));
      }
      out.clear();
      in.compact();
      read = bytes.read(in.array(), in.position(), in.remaining());
    }
    return Optional.empty();
  }

  private static InputStream decompressed(InputStream bytes, Path name) throws IOException {
    InputStream plain = Compression.decompressed(bytes, name);
    InputStream marking = plain.markSupported() ? plain : new BufferedInputStream(plain, BUFFER);
    OtherFormats.refuse(marking, name);
    return marking;
  }

  private static BufferedReader decoded(InputStream bytes, Optional<Charset> encoding)
      throws IOException {
    BOMInputStream marked = marked(bytes);
    // A decoder of its own fails at bytes that are no text; a charset would replace them.
    return new BufferedReader(
        new InputStreamReader(marked, charset(marked, encoding).newDecoder()), BUFFER);
  }

  private static BOMInputStream marked(InputStream bytes) throws IOException {
    return BOMInputStream.builder()
        .setInputStream(bytes)
        .setByteOrderMarks(ByteOrderMark.UTF_8, ByteOrderMark.UTF_16LE, ByteOrderMark.UTF_16BE)
        .get();
  }

  private static Charset charset(BOMInputStream marked, Optional<Charset> encoding)
      throws IOException {
    ByteOrderMark mark = marked.getBOM();
    return mark == null
        ? encoding.orElse(StandardCharsets.UTF_8)
        : Charset.forName(mark.getCharsetName());
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
