package org.xgradient.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.xgradient.data.DataException;
import org.xgradient.spark.model.ModelArchive;

/**
 * Reads and writes the files of models where Spark's files are: local ones, HDFS, object stores.
 */
final class ModelFiles {

  private ModelFiles() {}

  /**
   * Packs a directory.
   *
   * @param location a path, or a URI of a file system that Hadoop knows
   * @throws DataException if it can't be read
   */
  static ModelArchive pack(String location) {
    if (!location.contains("://") && !location.startsWith("file:")) {
      return ModelArchive.pack(java.nio.file.Path.of(location));
    }
    try {
      java.nio.file.Path copy = Files.createTempDirectory("xgradient-model");
      try {
        var from = new Path(location);
        FileSystem system = from.getFileSystem(configuration());
        java.nio.file.Path directory = copy.resolve("model");
        system.copyToLocalFile(false, from, new Path(directory.toUri()), true);
        return ModelArchive.pack(directory);
      } finally {
        delete(copy);
      }
    } catch (IOException e) {
      throw new DataException(
          "cannot read the model %s: %s; check the path".formatted(location, e.getMessage()), e);
    }
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
    return SparkSession.active().sparkContext().hadoopConfiguration();
  }

  private static void delete(java.nio.file.Path directory) throws IOException {
    try (Stream<java.nio.file.Path> walk = Files.walk(directory)) {
      List<java.nio.file.Path> all = walk.sorted(Comparator.reverseOrder()).toList();
      for (java.nio.file.Path path : all) {
        Files.deleteIfExists(path);
      }
    }
  }
}
