package org.xgradient.cli.model;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a process runs a model of others: in an empty directory of this user's, with an environment
 * of two variables, and with what it says kept in files.
 *
 * @param root the directory, removed in the end
 * @param nativeFolder where TensorFlow's native code is
 */
record ProbePlace(Path root, Path nativeFolder) implements AutoCloseable {

  private static final String PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

  static ProbePlace create(Path nativeFolder) throws IOException {
    Path root = Files.createTempDirectory("xgradient-probe-").toRealPath();
    ProbePlace place = new ProbePlace(root, nativeFolder);
    Files.createDirectory(place.work());
    for (Path library : place.nativeFolders()) {
      Files.createDirectories(place.linked(library));
    }
    return place;
  }

  /** {@return the empty directory that a process begins in} */
  Path work() {
    return root.resolve("work");
  }

  /** {@return the folders in the one with native code, a jar's each} */
  ImmutableList<Path> nativeFolders() {
    try (Stream<Path> libraries = Files.list(nativeFolder)) {
      return libraries.filter(Files::isDirectory).collect(ImmutableList.toImmutableList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return where native code is inside of the place: JavaCPP wants to lock the folder} */
  Path linkedNativeFolder() {
    return root.resolve("native");
  }

  /** {@return where a folder with native code is inside of the place} */
  Path linked(Path library) {
    return linkedNativeFolder().resolve(nativeFolder.relativize(library));
  }

  /** Starts a process. */
  Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(work().toFile());
    builder.environment().clear();
    builder.environment().put("PATH", PATH);
    // Nothing but our own lines comes then.
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
    return builder
        .redirectOutput(root.resolve("out").toFile())
        .redirectError(root.resolve("err").toFile())
        .start();
  }

  /** {@return what the process printed} */
  List<String> output() throws IOException {
    return read("out");
  }

  /** {@return what the process printed on its standard error stream} */
  List<String> errors() throws IOException {
    return read("err");
  }

  private List<String> read(String name) throws IOException {
    return new String(Files.readAllBytes(root.resolve(name)), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  @Override
  public void close() throws IOException {
    MoreFiles.deleteRecursively(root, RecursiveDeleteOption.ALLOW_INSECURE);
  }
}
