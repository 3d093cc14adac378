package org.xgradient.benchmarks.campaign.kill;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xgradient.benchmarks.campaign.harness.Cli;
import org.xgradient.benchmarks.campaign.harness.Sample;
import org.xgradient.benchmarks.campaign.harness.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code campaign limits}. */
@Command(
    name = "limits",
    description =
        "Runs commands with too little heap, stack and address space. Each must end with the bits of a"
            + " run that has enough, or with an error that says so and no output, and never wait for"
            + " ever.")
public final class LimitsCommand implements Callable<Integer> {

  /** How a command may end. */
  private enum End {
    WHOLE,
    TOLD,
    /** Java itself, or the memory of native code, which nobody catches. */
    ENDED_BY_THE_SYSTEM
  }

  private static final String ERROR = "xgradient: ";
  private static final int ABORTED = 128;

  @Parameters(arity = "0..*", paramLabel = "WORK", description = "${COMPLETION-CANDIDATES}.")
  private List<KilledWork> works =
      List.of(
          KilledWork.TRAIN,
          KilledWork.ATTRIBUTE,
          KilledWork.PREDICT,
          KilledWork.EVALUATE,
          KilledWork.EXPORT);

  @Option(names = "--seconds", defaultValue = "120", description = "Longest time of a command.")
  private int seconds;

  @Spec private @Nullable CommandSpec spec;

  private final List<String> complaints = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    try (Workplace place = Workplace.create("limits")) {
      new KillFiles(place.folder()).write();
      for (KilledWork work : works) {
        Path whole = place.folder().resolve(work + "-reference");
        Cli.run(work.command(place.folder(), whole, false));
        Sample reference = Sample.read(whole.resolve(KilledWork.OUT));
        Map<End, Integer> ends = new EnumMap<>(End.class);
        for (Limit limit : Limit.all()) {
          end(work, limit, place.folder(), reference)
              .ifPresent(found -> ends.merge(found, 1, Integer::sum));
        }
        out.printf("%s under %d limits: %s%n", work, Limit.all().size(), ends);
        out.flush();
      }
    }
    complaints.forEach(out::println);
    out.printf("Otherwise ended: %d%n", complaints.size());
    return complaints.isEmpty() ? 0 : 1;
  }

  private Optional<End> end(KilledWork work, Limit limit, Path folder, Sample reference)
      throws IOException, InterruptedException {
    Path place = folder.resolve("limited");
    Path errors = folder.resolve("errors");
    Process process =
        Cli.start(limit.before(), limit.options(), work.command(folder, place, false), errors);
    boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    String said = Files.readString(errors);
    String last = said.lines().reduce("", (before, line) -> line);
    Optional<End> end = ended ? end(process.exitValue(), last) : Optional.empty();
    boolean nothing = !Files.exists(place.resolve(KilledWork.OUT));
    boolean held =
        end.isPresent()
            && (end.get() == End.WHOLE
                ? work.isSame(place, reference)
                : nothing || work.isWhole(place, reference));
    if (!held) {
      complaints.add(
          "%s with a %s: %s, %s"
              .formatted(
                  work,
                  limit.name(),
                  ended ? "ended with " + process.exitValue() : "did not end",
                  last));
    }
    Workplace.delete(place);
    return held ? end : Optional.empty();
  }

  private static Optional<End> end(int code, String last) {
    if (code == 0) {
      return Optional.of(End.WHOLE);
    }
    if (code == 1 && last.startsWith(ERROR)) {
      return Optional.of(End.TOLD);
    }
    boolean system = code > ABORTED || !last.contains("Exception");
    return system ? Optional.of(End.ENDED_BY_THE_SYSTEM) : Optional.empty();
  }
}
