package org.xgradient.benchmarks.campaign.kill;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.xgradient.benchmarks.campaign.harness.Cli;
import org.xgradient.benchmarks.campaign.harness.Sample;
import org.xgradient.data.DataRandom;

/** What is killed, and run again to its end. */
enum KilledWork {
  /** With shuffling, and a prior that draws; goes on from its checkpoint. */
  TRAIN,
  /** A grid of trainings on several workers; goes on with those that are missing. */
  EXPERIMENT,
  /** Begins anew. */
  EVALUATE,
  /** Begins anew. */
  EXPORT,
  /** Begins anew. */
  ATTRIBUTE;

  /** The name of what a command writes. */
  static final String OUT = "out";

  private static final String TABLE = "table.csv";
  private static final String MODEL = "model";
  private static final String LARGE_MODEL = "large";
  private static final String GRID = "grid.json";
  private static final String LOG = "results.jsonl";
  private static final int ROWS = 6_000;

  private static final String TRAINING = "train --label sick --bias --patience 1000";

  private static final String CONFIGURATION =
      """
      {
        "data": {"kind": "synthetic", "rows": 2000, "seed": 1},
        "hidden": [64, 32], "epochs": 30, "repetitions": 6, "lambdas": [1],
        "methods": [
          {"name": "XG", "attribution": "xg", "points": 1, "prior": "gini", "biases": false},
          {"name": "EG(1)", "attribution": "eg", "points": 1, "prior": "gini", "biases": true},
          {"name": "none", "attribution": "none", "points": 1, "prior": "none", "biases": true}
        ]
      }
      """;

  /** Writes a table, and trains models on it: a large one takes time to be written. */
  static void prepare(Path folder) throws IOException, InterruptedException {
    DataRandom random = new DataRandom(3);
    List<String> lines = new ArrayList<>(List.of("a,b,c,sick"));
    for (int i = 0; i < ROWS; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double noise = random.nextGaussian();
      lines.add(
          String.format(
              Locale.ROOT, "%.4f,%.4f,%.4f,%s", a, b, noise, a - b + noise > 0 ? "yes" : "no"));
    }
    Files.write(folder.resolve(TABLE), lines);
    Files.writeString(folder.resolve(GRID), CONFIGURATION);
    train(folder, MODEL, "64,32", 3);
    train(folder, LARGE_MODEL, "2000,2000", 1);
  }

  private static void train(Path folder, String name, String hidden, int epochs)
      throws IOException, InterruptedException {
    String words =
        "%s --epochs %d --hidden %s --data %s --out %s"
            .formatted(TRAINING, epochs, hidden, folder.resolve(TABLE), folder.resolve(name));
    Cli.run(Splitter.on(' ').splitToList(words));
  }

  /**
   * The command.
   *
   * @param folder where {@link #prepare} wrote
   * @param place the folder to write in
   * @param again whether it was begun before
   */
  List<String> command(Path folder, Path place, boolean again) {
    String table = " --data " + folder.resolve(TABLE);
    String model = " --model " + folder.resolve(MODEL);
    String words =
        switch (this) {
          case TRAIN ->
              TRAINING
                  + " --prior gini --method eg --hidden 64,32 --epochs 25 --batch-size 64"
                  + " --checkpoint-every 1"
                  + table;
          case EXPERIMENT -> "experiment sparsity --workers 3 --config " + folder.resolve(GRID);
          case EVALUATE -> "evaluate --methods ig,grad --rows 250" + model + table;
          case EXPORT -> "export --method ig --model " + folder.resolve(LARGE_MODEL);
          case ATTRIBUTE -> "attribute --method ig" + model + table;
        };
    List<String> command = new ArrayList<>(Splitter.on(' ').splitToList(words));
    Path out = place.resolve(OUT);
    command.addAll(List.of("--out", (this == ATTRIBUTE ? out.resolve("a.csv") : out).toString()));
    if (again && goesOn()) {
      command.add("--resume");
    }
    return command;
  }

  /** Whether a run goes on with what an earlier one kept. */
  boolean goesOn() {
    return this == TRAIN || this == EXPERIMENT;
  }

  /** Whether there is something to go on with: a checkpoint, or a result. */
  boolean hasKept(Path place) throws IOException {
    return switch (this) {
      case TRAIN -> Files.exists(place.resolve(OUT + ".training/checkpoint.safetensors"));
      case EXPERIMENT -> {
        Path log = place.resolve(OUT).resolve(LOG);
        // The first line is not a result.
        yield Files.exists(log) && lines(Files.readAllBytes(log)).size() > 1;
      }
      case EVALUATE, EXPORT, ATTRIBUTE -> false;
    };
  }

  /** Whether all output is there. */
  boolean isDone(Path place) {
    Path out = place.resolve(OUT);
    return switch (this) {
      case EXPERIMENT -> Files.exists(out.resolve("report.html"));
      case ATTRIBUTE -> Files.exists(out.resolve("a.csv"));
      case TRAIN, EVALUATE, EXPORT -> Files.exists(out);
    };
  }

  /** Whether each file that is there, and not hidden, is as in a whole output. */
  boolean isWhole(Path place, Sample reference) throws IOException {
    Path out = place.resolve(OUT);
    if (!Files.exists(out)) {
      return true;
    }
    Sample found = Sample.read(out);
    List<String> names = found.names().stream().filter(name -> !name.startsWith(".")).toList();
    return (this == EXPERIMENT || this == ATTRIBUTE || names.equals(reference.names()))
        && names.stream().allMatch(name -> isWhole(name, found, reference));
  }

  /** Results are in the order in which they came; of those that are there each must be as ever. */
  private static boolean isWhole(String name, Sample found, Sample reference) {
    if (!reference.names().contains(name)) {
      return false;
    }
    return name.equals(LOG)
        ? lines(reference.bytes(name)).containsAll(lines(found.bytes(name)))
        : Arrays.equals(found.bytes(name), reference.bytes(name));
  }

  /** Whether the output is, bit for bit, another; results may have come in another order. */
  boolean isSame(Path place, Sample reference) throws IOException {
    Sample found = Sample.read(place.resolve(OUT));
    return found.names().equals(reference.names())
        && found.size() == reference.size()
        && isWhole(place, reference);
  }

  /** Lines that have an end. */
  private static ImmutableSet<String> lines(byte[] text) {
    String content = new String(text, StandardCharsets.UTF_8);
    String whole = content.substring(0, content.lastIndexOf('\n') + 1);
    return whole.lines().collect(ImmutableSet.toImmutableSet());
  }
}
