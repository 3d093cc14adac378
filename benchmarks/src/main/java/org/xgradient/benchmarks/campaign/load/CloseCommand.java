package org.xgradient.benchmarks.campaign.load;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.XGradient;
import org.xgradient.benchmarks.campaign.harness.Workplace;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.savedmodel.LoadedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code campaign close}. */
@Command(
    name = "close",
    description =
        "Closes a model at a random moment while several threads ask it for attributions. What was"
            + " begun must end as ever, what comes later be refused, and nothing wait for ever.")
public final class CloseCommand implements Callable<Integer> {

  @Option(names = "--threads", defaultValue = "8", description = "Threads.")
  private int threads;

  @Option(names = "--rounds", defaultValue = "300", description = "How often to close a model.")
  private int rounds;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the moments.")
  private long seed;

  @Spec private @Nullable CommandSpec spec;

  private static final long SECONDS_TO_CLOSE = 30;
  private static final int MOST_MICROSECONDS = 30_000;

  private long attributions;
  private long refused;
  private long different;
  private long longest;
  private final List<String> complaints = new ArrayList<>();

  /** What a thread saw until it was refused. */
  private record Seen(long attributions, long different, String end) {}

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    SplittableRandom random = new SplittableRandom(seed);
    try (Workplace place = Workplace.create("close")) {
      Path model = place.folder().resolve("model");
      LoadCommand.write(model);
      for (int round = 0; round < rounds && complaints.isEmpty(); round++) {
        round(model, random.nextInt(MOST_MICROSECONDS));
      }
    }
    out.printf(
        "%d threads, a model closed %d times: %d attributions, of which %d differ; %d refused after"
            + " it; the longest wait for a close %d ms; otherwise ended: %s%n",
        threads, rounds, attributions, different, refused, longest, complaints);
    return different == 0 && complaints.isEmpty() ? 0 : 1;
  }

  private void round(Path directory, int microseconds)
      throws InterruptedException, ExecutionException {
    FloatArray rows = LoadCommand.inputs().get(1);
    ExecutorService pool = Executors.newFixedThreadPool(threads + 1);
    try {
      LoadedModel model = LoadCommand.load(directory);
      Attributor attributor = Attributor.of(model, new XGradient());
      float[] expected = attributor.attribute(rows).values().values();
      List<Future<Seen>> workers = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        workers.add(pool.submit(() -> untilRefused(attributor, rows, expected)));
      }
      TimeUnit.MICROSECONDS.sleep(microseconds);
      long start = System.nanoTime();
      Future<?> closing = pool.submit(model::close);
      try {
        closing.get(SECONDS_TO_CLOSE, TimeUnit.SECONDS);
        longest = Math.max(longest, (System.nanoTime() - start) / 1_000_000);
        for (Future<Seen> worker : workers) {
          count(worker.get(SECONDS_TO_CLOSE, TimeUnit.SECONDS));
        }
      } catch (TimeoutException e) {
        complaints.add("waited for more than " + SECONDS_TO_CLOSE + " s");
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private void count(Seen seen) {
    attributions += seen.attributions();
    different += seen.different();
    if (seen.end().contains("the session is closed")) {
      refused++;
    } else {
      complaints.add(seen.end());
    }
  }

  private static Seen untilRefused(Attributor attributor, FloatArray rows, float[] expected) {
    long count = 0;
    long different = 0;
    while (true) {
      try {
        float[] found = attributor.attribute(rows).values().values();
        count++;
        different += Arrays.equals(found, expected) ? 0 : 1;
      } catch (RuntimeException e) {
        // Whatever ends a thread is looked at by the caller.
        return new Seen(count, different, String.valueOf(e));
      }
    }
  }
}
