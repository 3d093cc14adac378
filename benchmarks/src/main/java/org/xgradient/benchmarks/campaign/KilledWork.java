package org.xgradient.benchmarks.campaign;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Splitter;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xgradient.data.DataRandom;

/** What is killed, and run again to its end. */
enum KilledWork {
  /** Goes on from its checkpoint. */
  TRAIN,
  /** Begins anew. */
  EVALUATE,
  /** Begins anew. */
  EXPORT,
  /** Begins anew. */
  ATTRIBUTE,
  /** Goes on with the runs that are missing. */
  EXPERIMENT;

  private static final String TABLE = "table.csv";
  private static final String MODEL = "model";
  private static final int ROWS = 2_000;

  /** Writes a table, and trains a model on it. */
  static void prepare(Path folder) throws IOException, InterruptedException {
    DataRandom random = new DataRandom(3);
    List<String> lines = new ArrayList<>(List.of("a,b,c,sick"));
    for (int i = 0; i < ROWS; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double noise = random.nextGaussian();
      lines.add("%.4f,%.4f,%.4f,%s".formatted(a, b, noise, a - b + noise > 0 ? "yes" : "no"));
    }
    Files.write(folder.resolve(TABLE), lines);
    Cli.run(TRAIN.command(folder, folder.resolve(MODEL), false));
  }

  /**
   * The command.
   *
   * @param folder where {@link #prepare} wrote
   * @param out where to write
   * @param again whether it was begun before
   */
  List<String> command(Path folder, Path out, boolean again) {
    String table = folder.resolve(TABLE).toString();
    String model = folder.resolve(MODEL).toString();
    String words =
        switch (this) {
          case TRAIN ->
              "train --label sick --hidden 64,32 --bias --prior gini --method eg --epochs"
                  + " 60 --patience 60 --batch-size 64 --checkpoint-every 3 --data "
                  + table;
          case EVALUATE ->
              "evaluate --methods ig,grad --rows 300 --model " + model + " --data " + table;
          case EXPORT -> "export --method ig --model " + model;
          case ATTRIBUTE -> "attribute --method ig --model " + model + " --data " + table;
          case EXPERIMENT -> "experiment axioms --quick";
        };
    List<String> command = new ArrayList<>(Splitter.on(' ').splitToList(words));
    command.addAll(List.of("--out", (this == ATTRIBUTE ? out.resolve("a.csv") : out).toString()));
    if (again && (this == TRAIN || this == EXPERIMENT)) {
      command.add("--resume");
    }
    return command;
  }

  /** Whether something was written that must be whole. */
  boolean isThere(Path out) {
    return this == EXPERIMENT ? Files.exists(out.resolve("report.html")) : Files.exists(out);
  }

  /** Whether two outputs have the same files with the same bytes. */
  boolean same(Path out, Path reference) throws IOException {
    Sample found = Sample.read(out);
    Sample expected = Sample.read(reference);
    return found.names().equals(expected.names())
        && found.names().stream()
            .allMatch(name -> Arrays.equals(found.bytes(name), expected.bytes(name)));
  }

  /** Removes an output, and what lies beside it. */
  static void delete(Path out) throws IOException {
    Path parent = requireNonNull(out.getParent());
    if (Files.exists(parent)) {
      MoreFiles.deleteRecursively(parent, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }
}
