package org.xgradient.spark.model;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A new folder that is deleted with all that is in it when it is closed. */
public final class TemporaryFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);

  private final Path path;

  private TemporaryFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes a folder.
   *
   * @return the folder, to be closed
   * @throws IOException if there can be none
   */
  public static TemporaryFolder create() throws IOException {
    return new TemporaryFolder(Files.createTempDirectory("xgradient-model"));
  }

  /** {@return where it is} */
  public Path path() {
    return path;
  }

  /** A folder that is left is no reason to lose what was done in it, or why it failed. */
  @Override
  public void close() {
    try {
      MoreFiles.deleteRecursively(path, RecursiveDeleteOption.ALLOW_INSECURE);
    } catch (IOException e) {
      LOG.warn("the temporary folder {} could not be deleted", path, e);
    }
  }
}
