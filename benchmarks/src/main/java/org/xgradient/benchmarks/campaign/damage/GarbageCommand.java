package org.xgradient.benchmarks.campaign.damage;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xgradient.benchmarks.campaign.harness.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code campaign garbage}. */
@Command(
    name = "garbage",
    description = {
      "Reads damaged files. Each must give an error that says what is wrong, or a valid result:"
          + " no other exception, no end of the process, no hang, no memory out of proportion,"
          + " no file written.",
      "TensorFlow may end the process on a SavedModel that was tampered with; that is counted, and"
          + " what the command line's --probe is for."
    })
public final class GarbageCommand implements Callable<Integer> {

  @Parameters(arity = "0..*", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}.")
  private List<GarbageKind> kinds = new ArrayList<>();

  @Option(names = "--cases", defaultValue = "1000", description = "Cases of each kind.")
  private int cases;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the damage.")
  private long seed;

  @Option(names = "--here", hidden = true, description = "Run in this process.")
  private boolean here;

  @Option(names = "--from", hidden = true, defaultValue = "0", description = "The first case.")
  private int from;

  @Option(names = "--folder", hidden = true, description = "Where to work.")
  private @Nullable Path folder;

  @Spec private @Nullable CommandSpec spec;

  private static final String DIED = "the process ended";

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    if (here) {
      new GarbageRun(kinds.get(0), seed, requireNonNull(folder)).run(from, cases, out);
      return 0;
    }
    boolean held = true;
    for (GarbageKind kind : kinds.isEmpty() ? List.of(GarbageKind.values()) : kinds) {
      held &= run(kind, out);
    }
    return held ? 0 : 1;
  }

  private boolean run(GarbageKind kind, PrintWriter out) throws IOException, InterruptedException {
    Map<String, Integer> results = new TreeMap<>();
    long start = System.nanoTime();
    for (int next = 0; next < cases; ) {
      next = runChild(kind, next, results, out);
    }
    out.printf(
        "%s: %d cases in %.0f s: %s%n", kind, cases, 1e-9 * (System.nanoTime() - start), results);
    out.flush();
    return results.keySet().stream()
        .allMatch(
            result ->
                result.equals(GarbageRun.VALID)
                    || result.equals(GarbageRun.REFUSED)
                    || (result.equals(DIED) && kind.meetsTensorFlow()));
  }

  /** Returns the number of the case to go on with. */
  private int runChild(GarbageKind kind, int first, Map<String, Integer> results, PrintWriter out)
      throws IOException, InterruptedException {
    try (Workplace place = Workplace.create("garbage")) {
      return runChild(kind, first, place.folder(), results, out);
    }
  }

  private int runChild(
      GarbageKind kind, int first, Path place, Map<String, Integer> results, PrintWriter out)
      throws IOException, InterruptedException {
    Process process = start(kind, first, place);
    int current = first;
    boolean told = true;
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(GarbageRun.CASE)) {
          current = Integer.parseInt(line.substring(GarbageRun.CASE.length()));
          told = false;
        } else if (line.startsWith(GarbageRun.RESULT)) {
          count(kind, current, line.substring(GarbageRun.RESULT.length()), results, out);
          told = true;
        }
      }
    }
    int code = process.waitFor();
    if (!told) {
      count(kind, current, DIED, results, out);
    } else if (code != 0 && current == first) {
      throw new IllegalStateException("the child process of " + kind + " ended with " + code);
    }
    return current + 1;
  }

  private Process start(GarbageKind kind, int first, Path place) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + place.resolve("crash.log"),
                "-cp",
                System.getProperty("java.class.path"),
                requireNonNull(spec).root().userObject().getClass().getName(),
                "garbage",
                kind.name()));
    command.addAll(List.of("--here", "--folder=" + place.resolve("work"), "--from=" + first));
    command.addAll(List.of("--cases=" + cases, "--seed=" + seed));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    // What is written by a name alone is seen beside the input.
    builder.directory(place.toFile());
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
    return builder.start();
  }

  private static void count(
      GarbageKind kind, int number, String result, Map<String, Integer> results, PrintWriter out) {
    results.merge(result, 1, Integer::sum);
    if (!result.equals(GarbageRun.VALID) && !result.equals(GarbageRun.REFUSED)) {
      out.printf("%s case %d: %s%n", kind, number, result);
      out.flush();
    }
  }
}
