package org.xgradient.benchmarks.campaign.damage;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.benchmarks.campaign.harness.Sample;
import org.xgradient.benchmarks.campaign.harness.Workplace;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.savedmodel.InputValues;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.graph.savedmodel.SignatureSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code campaign swap}. */
@Command(
    name = "swap",
    description =
        "Loads a model while another thread swaps its files for those of another model, for links,"
            + " for what is damaged and for pipes. What is loaded must be one of the two models, and"
            + " whole, or refused, within ten seconds.")
public final class SwapCommand implements Callable<Integer> {

  @Option(names = "--loads", defaultValue = "1000", description = "How often to load.")
  private int loads;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the swaps.")
  private long seed;

  @Spec private @Nullable CommandSpec spec;

  private static final int FEATURES = 4;
  private static final double MOST_SECONDS = 10;
  private static final FloatArray ROWS =
      FloatArray.of(new float[] {1, -2, 3, 0.5f, 0.25f, 4, -1, 2}, 2, FEATURES);

  /** What came of a load. */
  private enum Outcome {
    FIRST,
    SECOND,
    REFUSED,
    MIXED,
    SLOW,
    FAILED
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    long swaps;
    try (Workplace place = Workplace.create("swap")) {
      Path first = write(place.folder().resolve("first"), 1);
      Path second = write(place.folder().resolve("second"), 2);
      ImmutableList<float[]> known = ImmutableList.of(outputs(first), outputs(second));
      Path model = place.folder().resolve("model");
      Sample.read(first).write(model);
      Swapper swapper = new Swapper(model, List.of(first, second), seed);
      Thread thread = new Thread(swapper);
      thread.start();
      try {
        for (int i = 0; i < loads; i++) {
          outcomes.merge(load(model, known, out), 1, Integer::sum);
        }
      } finally {
        swapper.ends.set(true);
        thread.join();
      }
      swaps = swapper.swaps.get();
    }
    out.printf("%d loads during %d swaps: %s%n", loads, swaps, outcomes);
    return outcomes.containsKey(Outcome.MIXED)
            || outcomes.containsKey(Outcome.SLOW)
            || outcomes.containsKey(Outcome.FAILED)
        ? 1
        : 0;
  }

  private static Path write(Path directory, long weights) throws IOException {
    try (GraphSession session = GraphSession.open()) {
      var model = Networks.mlp(FEATURES, 1, 8).build(session, weights);
      var inputs =
          session.ops().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, FEATURES)));
      SavedModels.write(directory, session, List.of(SignatureSpec.serving(model.forward(inputs))));
    }
    return directory;
  }

  private static float[] outputs(Path model) {
    try (LoadedModel loaded = SavedModels.load(model)) {
      return loaded.logits(loaded.examples(InputValues.of(ROWS))).values();
    }
  }

  private static Outcome load(Path model, List<float[]> known, PrintWriter out) {
    long start = System.nanoTime();
    Outcome outcome;
    try {
      float[] found = outputs(model);
      outcome =
          Arrays.equals(found, known.get(0))
              ? Outcome.FIRST
              : Arrays.equals(found, known.get(1)) ? Outcome.SECOND : Outcome.MIXED;
    } catch (DataException e) {
      outcome = Outcome.REFUSED;
    } catch (RuntimeException e) {
      // Whatever it is, a user would have seen it.
      out.println("  failed: " + e);
      outcome = Outcome.FAILED;
    }
    return (System.nanoTime() - start) * 1e-9 > MOST_SECONDS ? Outcome.SLOW : outcome;
  }

  /** Swaps files, one after the other, as fast as it can. */
  private static final class Swapper implements Runnable {
    private final Path model;
    private final List<Path> models;
    private final ImmutableList<String> names;
    private final SplittableRandom random;
    private final AtomicBoolean ends = new AtomicBoolean();
    private final AtomicLong swaps = new AtomicLong();

    Swapper(Path model, List<Path> models, long seed) throws IOException {
      this.model = model;
      this.models = models;
      this.names = ImmutableList.copyOf(Sample.read(models.get(0)).names());
      this.random = new SplittableRandom(seed);
    }

    @Override
    public void run() {
      try {
        while (!ends.get()) {
          swap();
          swaps.incrementAndGet();
        }
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException("the files can't be swapped", e);
      }
    }

    private void swap() throws IOException, InterruptedException {
      Path source = models.get(random.nextInt(models.size()));
      switch (random.nextInt(6)) {
        case 0 -> {
          String name = names.get(random.nextInt(names.size()));
          Path other = Files.createTempFile(model.getParent(), "damaged", "");
          byte[] bytes = Files.readAllBytes(source.resolve(name));
          bytes[random.nextInt(bytes.length)]++;
          Files.write(other, bytes);
          put(other, name);
        }
        case 1 -> {
          String name = names.get(random.nextInt(names.size()));
          Path link = fresh();
          Files.createSymbolicLink(link, source.resolve(name));
          put(link, name);
        }
        case 2 -> {
          Path pipe = fresh();
          new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
          put(pipe, names.get(random.nextInt(names.size())));
        }
        default -> {
          // All files of one model, so that there often is a whole one.
          for (String name : names) {
            Path copy = fresh();
            Files.copy(source.resolve(name), copy);
            put(copy, name);
          }
          // A load takes some milliseconds.
          Thread.sleep(random.nextInt(40));
        }
      }
    }

    private Path fresh() {
      return model.resolveSibling("next-" + random.nextLong());
    }

    private void put(Path file, String name) throws IOException {
      Files.move(
          file,
          model.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
