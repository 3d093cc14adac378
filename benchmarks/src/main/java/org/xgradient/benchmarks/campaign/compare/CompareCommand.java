package org.xgradient.benchmarks.campaign.compare;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code campaign compare}. */
@Command(
    name = "compare",
    description =
        "Compares logits, gradients, attributions and gradients of priors of random networks with a"
            + " plain implementation in double precision. With the same --log it goes on where it"
            + " was stopped.")
public final class CompareCommand implements Callable<Integer> {

  private static final long BETWEEN_REPORTS = 60_000_000_000L;

  @Option(names = "--networks", defaultValue = "10000", description = "How many networks.")
  private int networks;

  @Option(names = "--first", defaultValue = "0", description = "The seed of the first network.")
  private long first;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      defaultValue = "compare.log",
      description = "What was found, one line a network (default: ${DEFAULT-VALUE}).")
  private Path log;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      defaultValue = "network",
      description =
          "What the library is given: network, one of its own, or a SavedModel with the network in"
              + " it that computes in float, double, half or bfloat16 (default: ${DEFAULT-VALUE}).")
  private GivenForm form;

  @Spec private @Nullable CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  CompareCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    CompareLog found = CompareLog.open(log, form);
    long reported = System.nanoTime();
    for (long seed = first; seed < first + networks; seed++) {
      if (!found.has(seed)) {
        compare(seed, form, found);
      }
      if (System.nanoTime() - reported > BETWEEN_REPORTS) {
        reported = System.nanoTime();
        out.printf("up to seed %d: %s", seed, found.summary());
        out.flush();
      }
    }
    out.print(found.summary());
    out.flush();
    return found.hasFaults() ? 1 : 0;
  }

  private static void compare(long seed, GivenForm form, CompareLog found) throws IOException {
    Comparison comparison;
    try {
      comparison = Comparison.of(seed, form);
    } catch (RuntimeException e) {
      // An error of the library is what is looked for; the next network may have another.
      found.addFailure(seed, e);
      return;
    }
    found.add(comparison);
  }
}
