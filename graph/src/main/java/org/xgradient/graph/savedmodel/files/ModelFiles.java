package org.xgradient.graph.savedmodel.files;

import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.ChecksumManifest;
import org.xgradient.data.Checksums;
import org.xgradient.data.DataException;
import org.xgradient.data.RegularFiles;

/**
 * The files of a SavedModel, each read once: what is checked is what was read, whatever becomes of
 * the file meanwhile. If the directory has a list of checksums, every file that is read must be in
 * it.
 */
public final class ModelFiles {

  private static final String ASSETS = "assets";
  private static final int MOST_OF_ASSET = 64 << 20;

  private final Path directory;
  private final @Nullable ChecksumManifest list;
  private final Set<String> read = new HashSet<>();

  private ModelFiles(Path directory, @Nullable ChecksumManifest list) {
    this.directory = directory;
    this.list = list;
  }

  /**
   * Opens a directory.
   *
   * @throws DataException if its list of checksums is damaged
   */
  public static ModelFiles of(Path directory) {
    return new ModelFiles(
        directory, ChecksumManifest.exists(directory) ? ChecksumManifest.read(directory) : null);
  }

  /** {@return where a file is} */
  Path path(String name) {
    return directory.resolve(name);
  }

  /**
   * Reads a whole file.
   *
   * @param name the file, relative to the directory
   * @param most the most bytes that it may have
   * @throws DataException if it is not there, not in the list, or has changed
   */
  byte[] read(String name, int most) {
    requireThere(name);
    byte[] bytes = RegularFiles.read(path(name), most);
    if (list != null) {
      list.check(name, Checksums.sha256(bytes));
    }
    read.add(name);
    return bytes;
  }

  /**
   * Reads a file of the model's folder of assets.
   *
   * @param name the file, relative to that folder
   * @return its bytes
   * @throws DataException if it is not there, is not in the folder or a link that leads out of it,
   *     is too large, is not in the list, or has changed
   */
  public byte[] readAsset(String name) {
    Path place = Path.of(ASSETS, name).normalize();
    if (Path.of(name).isAbsolute() || !place.startsWith(ASSETS) || name.contains("\\")) {
      throw new DataException(
          "the name of an asset must be that of a file in %s, found %s".formatted(ASSETS, name));
    }
    String relative = ASSETS + "/" + name;
    requireThere(relative);
    requireInside(relative);
    return read(relative, MOST_OF_ASSET);
  }

  private void requireInside(String name) {
    try {
      Path place = path(name).toRealPath();
      if (!place.startsWith(directory.toRealPath().resolve(ASSETS))) {
        throw new DataException(
            "%s must be in the model's folder %s, found a link to %s; put a copy in its place"
                .formatted(name, ASSETS, place));
      }
    } catch (IOException e) {
      throw DataException.unreadable(path(name), e);
    }
  }

  /**
   * Reads a file from its beginning to its end, for what is too large for the Java heap.
   *
   * @param name the file, relative to the directory
   * @param reader takes what it wants of the bytes; it must not trust them before this returns
   * @throws DataException if it is not there, not in the list, or has changed
   */
  void stream(String name, Reader reader) {
    requireThere(name);
    try (DigestInputStream in = new DigestInputStream(RegularFiles.open(path(name)), sha256())) {
      in.on(list != null);
      try {
        reader.read(in);
      } catch (DataException e) {
        // The list says of damage which file it is in.
        check(name, in);
        throw e;
      }
      check(name, in);
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(path(name), e.getMessage()), e);
    }
    read.add(name);
  }

  private void check(String name, DigestInputStream in) throws IOException {
    if (list != null) {
      ByteStreams.exhaust(in);
      list.check(name, HexFormat.of().formatHex(in.getMessageDigest().digest()));
    }
  }

  /** What takes the bytes of a file. */
  interface Reader {
    void read(InputStream in) throws IOException;
  }

  /**
   * Checks the files of the list that were not read, so that damage is noticed before it matters.
   *
   * @throws DataException if one is missing or has changed
   */
  public void checkOthers() {
    if (list != null) {
      list.verifyAllBut(read);
    }
  }

  private void requireThere(String name) {
    RegularFiles.checkNoDevice(directory);
    if (!Files.exists(path(name))) {
      throw new DataException(
          "it must have the file %s, found %s"
              .formatted(name, Files.exists(directory) ? "none" : "no such directory"));
    }
    if (list != null) {
      list.requireListed(name);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
