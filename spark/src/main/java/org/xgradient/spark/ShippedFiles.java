package org.xgradient.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.xgradient.data.DataException;
import org.xgradient.spark.model.ModelArchive;
import org.xgradient.spark.model.TemporaryFolder;

/**
 * Reads and writes the files of models where Spark's files are: local ones, HDFS, object stores.
 */
final class ShippedFiles {

  /** Such as {@code hdfs:/models/credit}: {@code models:v2} is a folder; so is a drive's letter. */
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/");

  private ShippedFiles() {}

  /**
   * Packs a directory.
   *
   * @param location a path, or a URI of a file system that Hadoop knows, whose path is absolute
   * @throws DataException if it can't be read
   */
  static ModelArchive pack(String location) {
    if (!URI.matcher(location).lookingAt()) {
      return ModelArchive.pack(java.nio.file.Path.of(location));
    }
    try {
      var from = new Path(location);
      FileSystem system = from.getFileSystem(configuration());
      if (system instanceof LocalFileSystem local) {
        return ModelArchive.pack(local.pathToFile(from).toPath());
      }
      requireModel(system, from);
      try (var copy = TemporaryFolder.create()) {
        java.nio.file.Path directory = copy.path().resolve("model");
        system.copyToLocalFile(false, from, new Path(directory.toUri()), true);
        return ModelArchive.pack(directory);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(
          "cannot read the model %s: %s; check the path".formatted(location, e.getMessage()), e);
    }
  }

  /** Before all of a directory is copied that is something else. */
  private static void requireModel(FileSystem system, Path directory) throws IOException {
    for (String file : ModelArchive.MARKS) {
      if (system.exists(new Path(directory, file))) {
        return;
      }
    }
    throw ModelArchive.noModel(directory.toString());
  }

  static void write(ModelArchive archive, String file, SparkSession session) {
    var to = new Path(file);
    try (OutputStream out =
        to.getFileSystem(session.sparkContext().hadoopConfiguration()).create(to, false)) {
      out.write(archive.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the model can't be written to " + file, e);
    }
  }

  static ModelArchive read(String file, SparkSession session) {
    var from = new Path(file);
    try (InputStream in =
        from.getFileSystem(session.sparkContext().hadoopConfiguration()).open(from)) {
      return ModelArchive.of(in.readAllBytes());
    } catch (IOException e) {
      throw new DataException("cannot read the model of the saved stage, %s".formatted(file), e);
    }
  }

  private static Configuration configuration() {
    return SparkSession.getActiveSession()
        .orElse(SparkSession::getDefaultSession)
        .map(session -> session.sparkContext().hadoopConfiguration())
        .getOrElse(Configuration::new);
  }
}
