package org.xgradient.data;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Zstandard in pure Java: Commons Compress needs native code for it, which would be unpacked to a
 * folder that others may write to.
 */
public final class Zstandard {

  private Zstandard() {}

  /**
   * Decompresses.
   *
   * @param in compressed bytes
   * @return what they stand for; damage is an {@link IOException}
   * @throws IOException if nothing can be read
   */
  public static InputStream decompressed(InputStream in) throws IOException {
    return new Checked(new ZstdInputStream(in));
  }

  /**
   * Compresses.
   *
   * @param out where the compressed bytes go, closed with what is returned
   * @return where to write
   * @throws IOException if the header can't be written
   */
  static OutputStream compressing(OutputStream out) throws IOException {
    return new ZstdOutputStream(out);
  }

  /** The decoder's own exception of damage is none of reading. */
  private static final class Checked extends FilterInputStream {

    Checked(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (MalformedInputException e) {
        throw damaged(e);
      }
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      try {
        return super.read(bytes, from, length);
      } catch (MalformedInputException e) {
        throw damaged(e);
      }
    }

    private static IOException damaged(MalformedInputException e) {
      return new IOException("it is damaged zstd: " + e.getMessage(), e);
    }
  }
}
