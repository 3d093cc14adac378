package org.xgradient.benchmarks.campaign.load;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.XGradient;
import org.xgradient.benchmarks.campaign.harness.Workplace;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.runtime.ResidentMemory;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.graph.savedmodel.SignatureSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code campaign load}. */
@Command(
    name = "load",
    description =
        "Asks one loaded model for attributions from several threads at a time. Each must be, bit"
            + " for bit, what one thread alone gets, and resident memory must stay flat.")
public final class LoadCommand implements Callable<Integer> {

  @Option(names = "--threads", defaultValue = "8", description = "Threads.")
  private int threads;

  @Option(names = "--calls", defaultValue = "20000", description = "Attributions in all, at least.")
  private long calls;

  @Option(names = "--minutes", defaultValue = "0", description = "Go on for so long, at least.")
  private double minutes;

  @Spec private @Nullable CommandSpec spec;

  private static final int FEATURES = 118;
  private static final int[] BATCHES = {1, 2, 3, 7, 16, 33, 64, 100};

  /** Resident memory may grow by so much after the warm-up. */
  private static final double GROWTH = 0.05;

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    try (Workplace place = Workplace.create("load");
        LoadedModel model = written(place.folder().resolve("model"))) {
      Attributor attributor = Attributor.of(model, new XGradient());
      return run(attributor, out);
    }
  }

  private static LoadedModel written(Path directory) throws IOException {
    write(directory);
    return load(directory);
  }

  static LoadedModel load(Path directory) {
    return SavedModels.load(directory);
  }

  static void write(Path directory) throws IOException {
    try (GraphSession session = GraphSession.open()) {
      Model model = Networks.mlp(FEATURES, 1, 512, 128, 32).withoutBiases().build(session, 1);
      var inputs =
          session.ops().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, FEATURES)));
      SavedModels.write(directory, session, List.of(SignatureSpec.serving(model.forward(inputs))));
    }
  }

  private int run(Attributor attributor, PrintWriter out)
      throws InterruptedException, ExecutionException {
    ImmutableList<FloatArray> inputs = inputs();
    List<Attributions> serial = inputs.stream().map(attributor::attribute).toList();
    runThreads(attributor, inputs, serial, Math.max(calls / 2, threads), 0);
    long warm = ResidentMemory.nowMegabytes().orElse(0);
    ResidentMemory.resetPeak();
    long start = System.nanoTime();
    long[] counts = runThreads(attributor, inputs, serial, calls, minutes);
    double seconds = 1e-9 * (System.nanoTime() - start);
    long peak = ResidentMemory.peakMegabytes().orElse(0);
    boolean flat = peak <= (1 + GROWTH) * warm;
    out.printf(
        "%d threads, %d attributions in %.0f s (%.0f per s): %d differ from the serial ones;"
            + " resident memory %d MB after the warm-up, at most %d MB after it (%+.1f %%)%n",
        threads,
        counts[0],
        seconds,
        counts[0] / seconds,
        counts[1],
        warm,
        peak,
        100.0 * (peak - warm) / Math.max(1, warm));
    return counts[1] == 0 && flat ? 0 : 1;
  }

  /** Rows of mixed numbers. */
  static ImmutableList<FloatArray> inputs() {
    DataRandom random = new DataRandom(7);
    ImmutableList.Builder<FloatArray> inputs = ImmutableList.builder();
    for (int i = 0; i < 40; i++) {
      FloatArray rows = FloatArray.zeros(BATCHES[i % BATCHES.length], FEATURES);
      for (int j = 0; j < rows.size(); j++) {
        rows.values()[j] = (float) random.nextGaussian();
      }
      inputs.add(rows);
    }
    return inputs.build();
  }

  /** Returns how many attributions there were, and how many differ. */
  private long[] runThreads(
      Attributor attributor,
      ImmutableList<FloatArray> inputs,
      List<Attributions> serial,
      long most,
      double duration)
      throws InterruptedException, ExecutionException {
    AtomicLong started = new AtomicLong();
    AtomicLong done = new AtomicLong();
    AtomicLong different = new AtomicLong();
    long end = System.nanoTime() + (long) (duration * 60e9);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        workers.add(
            pool.submit(
                () -> {
                  for (long i = started.getAndIncrement();
                      i < most || System.nanoTime() < end;
                      i = started.getAndIncrement()) {
                    int index = (int) (i % inputs.size());
                    Attributions found = attributor.attribute(inputs.get(index));
                    done.incrementAndGet();
                    if (!same(found, serial.get(index))) {
                      different.incrementAndGet();
                    }
                  }
                }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } finally {
      pool.shutdownNow();
    }
    return new long[] {done.get(), different.get()};
  }

  private static boolean same(Attributions found, Attributions expected) {
    return Arrays.equals(found.values().values(), expected.values().values())
        && Arrays.equals(found.logits().values(), expected.logits().values());
  }
}
