package org.xgradient.data;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process that writes a directory, and stops in the midst until its input ends. */
final class SlowWriter {

  private SlowWriter() {}

  /** {@return what starts it} */
  static List<String> command(Path directory) throws URISyntaxException {
    String separator = System.getProperty("path.separator");
    // Beside a module stand the folders of its tests, on neither path.
    String own = "/" + SlowWriter.class.getName().replace('.', '/') + ".class";
    Path tests = Path.of(requireNonNull(SlowWriter.class.getResource(own)).toURI());
    for (int i = 0; i < own.split("/").length - 1; i++) {
      tests = requireNonNull(tests.getParent());
    }
    String classes =
        Stream.of("java.class.path", "jdk.module.path")
            .map(property -> System.getProperty(property, ""))
            .collect(Collectors.joining(separator, tests + separator, ""));
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        classes,
        SlowWriter.class.getName(),
        directory.toString());
  }

  /** Writes the directory that the argument names. */
  public static void main(String[] arguments) throws IOException {
    AtomicFiles.writeDirectory(
        Path.of(arguments[0]),
        "marker.json",
        inside -> {
          Files.writeString(inside.resolve("marker.json"), "{}");
          System.out.write('.');
          System.out.flush();
          if (System.in.read() >= 0) {
            throw new IOException("the input must be empty");
          }
          Files.writeString(inside.resolve("second"), "2");
        });
  }
}
