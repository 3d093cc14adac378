package org.xgradient.benchmarks.campaign.compare;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was found so far, one line a network, so that a campaign that was stopped can go on. */
final class CompareLog {

  private static final String UNDECIDED = "undecided";
  private static final String FAILED = "failed: ";
  private static final String FORM = "form: ";

  private final Path file;
  private final double tolerance;
  private final Map<Long, Line> lines = new TreeMap<>();

  /** What a line says: distances, or why there are none. */
  private record Line(ImmutableMap<Quantity, Double> distances, String failure) {
    boolean differs(double tolerance) {
      return distances.values().stream().anyMatch(distance -> distance > tolerance);
    }
  }

  private CompareLog(Path file, double tolerance) {
    this.file = file;
    this.tolerance = tolerance;
  }

  /**
   * Reads what was found before. A line that was being written when the program was stopped is
   * forgotten.
   *
   * @param file the file; made if it is missing
   * @param form what the library is given, which says from which distance on two results differ
   * @return the log
   * @throws IOException if it can't be read or written
   * @throws IllegalArgumentException if it is that of another form
   */
  static CompareLog open(Path file, GivenForm form) throws IOException {
    CompareLog log = new CompareLog(file, form.tolerance());
    String text = Files.exists(file) ? Files.readString(file) : "";
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    String header = FORM + Ascii.toLowerCase(form.name());
    if (whole.isEmpty()) {
      whole = header + "\n";
    }
    checkArgument(
        whole.startsWith(header + "\n"),
        "%s has networks of another form, its first line is not \"%s\"; give another --log",
        file,
        header);
    whole.lines().skip(1).forEach(log::read);
    Files.writeString(file, whole);
    return log;
  }

  boolean has(long seed) {
    return lines.containsKey(seed);
  }

  void add(Comparison comparison) throws IOException {
    append(
        comparison.seed(),
        comparison
            .distances()
            .map(
                distances ->
                    distances.entrySet().stream()
                        .map(entry -> "%s=%.3g".formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(" ")))
            .orElse(UNDECIDED));
  }

  void addFailure(long seed, RuntimeException failure) throws IOException {
    append(seed, FAILED + String.valueOf(failure).replaceAll("\\s+", " "));
  }

  private void append(long seed, String finding) throws IOException {
    String line = seed + "\t" + finding;
    read(line);
    try (Writer out =
        Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND)) {
      out.write(line + "\n");
    }
  }

  private void read(String line) {
    List<String> fields = Splitter.on('\t').limit(2).splitToList(line);
    String finding = fields.get(1);
    ImmutableMap.Builder<Quantity, Double> distances = ImmutableMap.builder();
    boolean found = !finding.equals(UNDECIDED) && !finding.startsWith(FAILED);
    if (found) {
      Splitter.on(' ')
          .withKeyValueSeparator('=')
          .split(finding)
          .forEach((key, value) -> distances.put(Quantity.valueOf(key), Double.valueOf(value)));
    }
    lines.put(
        Long.valueOf(fields.get(0)),
        new Line(distances.buildOrThrow(), finding.startsWith(FAILED) ? finding : ""));
  }

  /** {@return whether the library failed, or differs from the plain engine, on any network} */
  boolean hasFaults() {
    return lines.values().stream()
        .anyMatch(line -> line.differs(tolerance) || !line.failure().isEmpty());
  }

  /** {@return all in a few lines} */
  String summary() {
    Map<Quantity, Double> farthest = new EnumMap<>(Quantity.class);
    StringBuilder faults = new StringBuilder();
    int differ = 0;
    int failed = 0;
    int undecided = 0;
    for (Map.Entry<Long, Line> entry : lines.entrySet()) {
      Line line = entry.getValue();
      line.distances().forEach((quantity, d) -> farthest.merge(quantity, d, Math::max));
      differ += line.differs(tolerance) ? 1 : 0;
      failed += line.failure().isEmpty() ? 0 : 1;
      undecided += line.failure().isEmpty() && line.distances().isEmpty() ? 1 : 0;
      if (line.differs(tolerance) || !line.failure().isEmpty()) {
        faults.append(
            "  seed %d: %s%s%n"
                .formatted(
                    entry.getKey(),
                    line.failure(),
                    line.distances().isEmpty() ? "" : line.distances()));
      }
    }
    return "%d networks: %d differ by more than %.0e, %d failed, %d undecided; farthest: %s%n%s"
        .formatted(
            lines.size(),
            differ,
            tolerance,
            failed,
            undecided,
            farthest.entrySet().stream()
                .map(entry -> "%s %.1e".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", ")),
            faults);
  }
}
