package org.xgradient.data;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Path;

/** SHA-256 checksums, as 64 lower-case hexadecimal digits, by which a result names its data. */
public final class Checksums {

  private Checksums() {}

  /**
   * The checksum of a file's content, read as a stream.
   *
   * @param file the file
   * @return its checksum, what {@code sha256sum} prints
   * @throws DataException if the file cannot be read
   */
  public static String sha256(Path file) {
    try {
      return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /**
   * The checksum of bytes.
   *
   * @param bytes the bytes
   * @return their checksum
   */
  public static String sha256(byte[] bytes) {
    return Hashing.sha256().hashBytes(bytes).toString();
  }

  /**
   * The checksum of an array: of its shape and of the bits of its values, little-endian.
   *
   * @param array the array
   * @return its checksum
   */
  public static String sha256(FloatArray array) {
    Hasher hasher = Hashing.sha256().newHasher();
    hasher.putInt(array.shape().length());
    array.shape().forEach(hasher::putInt);
    for (float value : array.values()) {
      hasher.putFloat(value);
    }
    return hasher.hash().toString();
  }
}
