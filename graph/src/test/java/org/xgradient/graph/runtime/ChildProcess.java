package org.xgradient.graph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs programs in processes of their own, with a part of this process's class path. */
public final class ChildProcess {

  private static final String SEPARATOR = System.getProperty("path.separator");

  private ChildProcess() {}

  /**
   * Runs a program to its end.
   *
   * @param folder where its errors are kept
   * @param onPath which of this process's jars and folders are on its class path
   * @param options the options of the JVM
   * @param program the program; its own folder is on the class path in any case
   * @param arguments its arguments
   * @return the lines of its output
   */
  public static List<String> run(
      Path folder,
      Predicate<String> onPath,
      List<String> options,
      Class<?> program,
      String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(onPath, program), program.getName()));
    command.addAll(List.of(arguments));
    Path errors = folder.resolve("errors");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return output.lines().toList();
  }

  private static String classPath(Predicate<String> onPath, Class<?> program) throws Exception {
    String own =
        Path.of(program.getResource("/" + program.getName().replace('.', '/') + ".class").toURI())
            .toString();
    String paths =
        Stream.of("java.class.path", "jdk.module.path")
            .map(property -> System.getProperty(property, ""))
            .collect(Collectors.joining(SEPARATOR));
    return Stream.concat(
            Stream.of(own.substring(0, own.length() - program.getName().length() - 7)),
            Stream.of(paths.split(SEPARATOR)).filter(onPath))
        .distinct()
        .collect(Collectors.joining(SEPARATOR));
  }
}
