package org.xgradient.benchmarks.campaign;

import static java.util.Objects.requireNonNull;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code campaign kill}. */
@Command(
    name = "kill",
    description =
        "Kills commands (SIGKILL) at random moments, looks at what is there then, runs them again"
            + " to their end, and compares the result, bit by bit, with that of a run that was"
            + " never killed.")
final class KillCommand implements Callable<Integer> {

  @Parameters(arity = "0..*", paramLabel = "WORK", description = "${COMPLETION-CANDIDATES}.")
  private List<KilledWork> works = new ArrayList<>();

  @Option(names = "--kills", defaultValue = "50", description = "Kills of each.")
  private int kills;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the moments.")
  private long seed;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    boolean held = true;
    Path folder = Files.createTempDirectory("kill");
    try {
      KilledWork.prepare(folder);
      for (KilledWork work : works.isEmpty() ? Arrays.asList(KilledWork.values()) : works) {
        held &= run(work, folder, out);
      }
    } finally {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }
    return held ? 0 : 1;
  }

  private boolean run(KilledWork work, Path folder, PrintWriter out)
      throws IOException, InterruptedException {
    Path reference = folder.resolve(work + "-reference").resolve("out");
    Cli.run(work.command(folder, reference, false));
    // Again, so that what is read the first time doesn't count.
    KilledWork.delete(reference);
    long start = System.nanoTime();
    Cli.run(work.command(folder, reference, false));
    long nanos = System.nanoTime() - start;
    var random = new SplittableRandom(seed);
    int killed = 0;
    int broken = 0;
    int different = 0;
    for (int i = 0; i < kills; i++) {
      Path output = folder.resolve(work + "-" + i).resolve("out");
      Process process = Cli.start(work.command(folder, output, false));
      boolean ended = process.waitFor(random.nextLong(nanos), TimeUnit.NANOSECONDS);
      process.destroyForcibly().waitFor();
      killed += ended ? 0 : 1;
      // What was written at that moment is whole, or not there.
      broken += work.isThere(output) && !work.same(output, reference) ? 1 : 0;
      Cli.run(work.command(folder, output, true));
      different += work.same(output, reference) ? 0 : 1;
      KilledWork.delete(output);
    }
    out.printf(
        "%s: %d of %d runs killed (the others had ended) within %.1f s: %d left something that is"
            + " not whole, %d ended otherwise than the reference%n",
        work, killed, kills, 1e-9 * nanos, broken, different);
    out.flush();
    return broken == 0 && different == 0;
  }
}
