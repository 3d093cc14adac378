package org.xgradient.data;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

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
   * The checksum of some files of a folder: of their paths in it and of their contents.
   *
   * @param folder the folder
   * @param files files in it or in folders in it, in the order that counts
   * @return the checksum
   * @throws DataException if a file cannot be read
   */
  public static String sha256(Path folder, List<Path> files) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (Path file : files) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      hasher.putString(name, StandardCharsets.UTF_8).putByte((byte) 0);
      hasher.putString(sha256(file), StandardCharsets.US_ASCII);
    }
    return hasher.hash().toString();
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
