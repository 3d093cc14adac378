package org.xgradient.benchmarks.campaign.prove;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code campaign prove}. */
@Command(
    name = "prove",
    description =
        "Holds the proof of homogeneity, and values, gradients and second derivatives, to plain loops"
            + " in double precision, on random expressions. What was stopped goes on with --first.")
public final class ProveCommand implements Callable<Integer> {

  private static final long BETWEEN_REPORTS = 60_000_000_000L;

  @Option(names = "--expressions", defaultValue = "10000", description = "How many expressions.")
  private int expressions;

  @Option(names = "--first", defaultValue = "0", description = "The seed of the first expression.")
  private long first;

  @Spec private @Nullable CommandSpec spec;

  private final Map<ExpressionCheck.Quantity, Double> farthest =
      new EnumMap<>(ExpressionCheck.Quantity.class);
  private int done;
  private int proven;
  private int refused;
  private int compared;
  private int faults;

  @SuppressWarnings("NullAway.Init")
  ProveCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    long reported = System.nanoTime();
    for (long seed = first; seed < first + expressions; seed++) {
      check(seed, out);
      if (System.nanoTime() - reported > BETWEEN_REPORTS) {
        reported = System.nanoTime();
        out.printf("up to seed %d: %s%n", seed, summary());
        out.flush();
      }
    }
    out.println(summary());
    out.flush();
    return faults > 0 ? 1 : 0;
  }

  private void check(long seed, PrintWriter out) {
    done++;
    ExpressionCheck found;
    try {
      found = ExpressionCheck.of(seed);
    } catch (RuntimeException e) {
      // An error of the library is what is looked for; the next expression may have another.
      fault(out, seed, "failed: " + String.valueOf(e).replaceAll("\\s+", " "));
      return;
    }
    proven += found.proven().isPresent() ? 1 : 0;
    refused += found.proven().isEmpty() && found.homogeneous() ? 1 : 0;
    compared += found.distances().isEmpty() ? 0 : 1;
    found.distances().forEach((quantity, d) -> farthest.merge(quantity, d, Math::max));
    if (found.isUnsound()) {
      fault(out, seed, "proven to be of degree %s, which numbers refute".formatted(found.proven()));
    }
    if (found.differs()) {
      fault(out, seed, "differs: " + found.distances());
    }
  }

  private void fault(PrintWriter out, long seed, String what) {
    faults++;
    out.printf("  seed %d: %s: %s%n", seed, what, DrawnExpression.draw(seed).steps());
    out.flush();
  }

  private String summary() {
    return "%d expressions: %d faults; %d proven, %d not, though homogeneous by numbers; %d compared, farthest: %s"
        .formatted(
            done,
            faults,
            proven,
            refused,
            compared,
            farthest.entrySet().stream()
                .map(entry -> "%s %.1e".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", ")));
  }
}
