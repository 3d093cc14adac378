package org.xgradient.cli.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What keeps this process from the rest of the machine, tried and not trusted. */
final class ProbeFacts {

  private static final String HELD = "held: ";
  private static final String OPEN = "open: ";

  /** What a process is given, and what a shell adds. */
  private static final Set<String> HARMLESS =
      Set.of("PATH", "TF_CPP_MIN_LOG_LEVEL", "PWD", "OLDPWD", "SHLVL", "_");

  private ProbeFacts() {}

  /**
   * {@return a line for each measure, which {@link #sentence} reads}
   *
   * @param model a folder that must not be written to
   */
  static ImmutableList<String> lines(Path model) {
    return ImmutableMap.of(
            "an empty directory", isEmpty(Path.of("").toAbsolutePath()),
            "no environment", Sets.difference(System.getenv().keySet(), HARMLESS).isEmpty(),
            "read-only files", isReadOnly(model),
            "no network", hasNoNetwork())
        .entrySet()
        .stream()
        .map(measure -> (measure.getValue() ? HELD : OPEN) + measure.getKey())
        .collect(ImmutableList.toImmutableList());
  }

  /** {@return what held and what did not, from what the process printed} */
  static String sentence(List<String> printed, Isolation isolation) {
    String held = joined(printed, HELD);
    String open = joined(printed, OPEN);
    return "the probe ran with %s%s%s"
        .formatted(
            held.isEmpty() ? "no protection but a process of its own" : held,
            isolation == Isolation.NONE
                ? ""
                : " (%s)".formatted(isolation).toLowerCase(Locale.ROOT),
            open.isEmpty()
                ? ""
                : "; these did not hold here: %s%s"
                    .formatted(
                        open,
                        isolation == Isolation.NONE ? " (bwrap or unshare would give them)" : ""));
  }

  private static String joined(List<String> printed, String kind) {
    return printed.stream()
        .filter(line -> line.startsWith(kind))
        .map(line -> line.substring(kind.length()))
        .collect(Collectors.joining(", "));
  }

  private static boolean isEmpty(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the user's home, the temporary files and the model take no new files. */
  private static boolean isReadOnly(Path model) {
    return Stream.of(Path.of(System.getProperty("user.home")), Path.of("/tmp"), model)
        .noneMatch(Files::isWritable);
  }

  private static boolean hasNoNetwork() {
    try {
      return NetworkInterface.networkInterfaces().noneMatch(ProbeFacts::reaches);
    } catch (SocketException e) {
      return true;
    }
  }

  private static boolean reaches(NetworkInterface network) {
    try {
      return network.isUp() && !network.isLoopback();
    } catch (SocketException e) {
      return false;
    }
  }
}
