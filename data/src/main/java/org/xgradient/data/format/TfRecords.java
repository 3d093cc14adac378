package org.xgradient.data.format;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.DataException;
import org.xgradient.data.RegularFiles;

/**
 * The records of a file in TensorFlow's TFRecord format, one after the other: the length of each,
 * its bytes, and a checksum after both. Files whose name ends with {@code .gz} are unpacked.
 */
public final class TfRecords implements AutoCloseable {

  /** No table has rows of this size. */
  private static final int MOST_BYTES = 1 << 28;

  private final Path file;
  private final DataInputStream in;
  private long read;
  private byte @Nullable [] next;

  private TfRecords(Path file, InputStream in) {
    this.file = file;
    this.in = new DataInputStream(in);
  }

  /**
   * Opens a file.
   *
   * @param file the file
   * @return its records
   * @throws FormatException if the file does not begin with a record, or is empty
   * @throws DataException if it can't be read
   */
  public static TfRecords open(Path file) {
    try {
      InputStream bytes = new BufferedInputStream(RegularFiles.open(file), 1 << 16);
      boolean packed = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
      TfRecords records = new TfRecords(file, packed ? new GZIPInputStream(bytes, 1 << 16) : bytes);
      try {
        records.advance();
        if (records.next == null) {
          throw new FormatException(file, "content", "at least one record", "none");
        }
        return records;
      } catch (RuntimeException e) {
        records.close();
        throw e;
      }
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /** {@return whether there is another record} */
  public boolean hasNext() {
    return next != null;
  }

  /**
   * {@return the bytes of the next record}
   *
   * @throws FormatException if the one after it is damaged
   * @throws NoSuchElementException if there is none
   */
  public byte[] next() {
    byte[] record = next;
    if (record == null) {
      throw new NoSuchElementException("there are " + read + " records in " + file);
    }
    advance();
    return record;
  }

  private void advance() {
    try {
      byte[] length = in.readNBytes(Long.BYTES);
      if (length.length == 0) {
        next = null;
        return;
      }
      String place = "record " + (read + 1);
      if (length.length < Long.BYTES) {
        throw new EOFException();
      }
      check(place + ": length", length);
      long bytes = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (bytes < 0 || bytes > MOST_BYTES) {
        throw new FormatException(
            file, place + ": length", "at most " + MOST_BYTES + " bytes", bytes);
      }
      byte[] record = in.readNBytes((int) bytes);
      if (record.length < bytes) {
        throw new EOFException();
      }
      check(place, record);
      next = record;
      read++;
    } catch (EOFException e) {
      throw new FormatException(file, "record " + (read + 1), "a whole record", e);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /** The checksum is turned, so that it differs from that of bytes that hold checksums. */
  private void check(String place, byte... bytes) throws IOException {
    int found = Integer.reverseBytes(in.readInt());
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int expected = Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    if (found != expected) {
      throw new FormatException(
          file, place, "as its checksum says, in TFRecord format", "other bytes");
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }
}
