package org.xgradient.benchmarks.campaign.kill;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xgradient.benchmarks.campaign.harness.Workplace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code campaign kill}. */
@Command(
    name = "kill",
    description =
        "Kills commands at random moments, looks at what is there then, runs them again"
            + " to their end, and compares the result, bit by bit, with that of a run that was"
            + " never killed.")
public final class KillCommand implements Callable<Integer> {

  @Parameters(arity = "0..*", paramLabel = "WORK", description = "${COMPLETION-CANDIDATES}.")
  private List<KilledWork> works = new ArrayList<>();

  @Option(names = "--kills", defaultValue = "50", description = "Kills of each.")
  private int kills;

  @Option(
      names = "--signal",
      defaultValue = "KILL",
      description =
          "${COMPLETION-CANDIDATES}; INT is what Ctrl-C sends: the command must end with one line and"
              + " code 130, and leave nothing behind.")
  private KillSignal signal = KillSignal.KILL;

  @Option(
      names = "--same-pid",
      description =
          "Give all commands the process number 1, as in containers, by namespaces (unshare). Not with"
              + " INT.")
  private boolean samePid;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the moments.")
  private long seed;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    boolean held = true;
    signal.check();
    if (samePid && signal == KillSignal.INT) {
      throw new IllegalArgumentException("--same-pid is for --signal KILL, found INT");
    }
    try (Workplace place = Workplace.create("kill")) {
      new KillFiles(place.folder()).write();
      for (KilledWork work : works.isEmpty() ? Arrays.asList(KilledWork.values()) : works) {
        KillRun run = KillRun.of(work, signal, samePid, place.folder(), seed).kill(kills);
        out.println(run);
        out.flush();
        held &= run.held();
      }
    }
    return held ? 0 : 1;
  }
}
