package org.xgradient.benchmarks.command;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.xgradient.data.DataRandom;

/** Generated tables, and models that were trained on them, in a folder that is deleted. */
final class CommandFiles implements AutoCloseable {

  private static final int TRAINING_ROWS = 2000;

  private final Path folder;

  CommandFiles() throws IOException {
    folder = Files.createTempDirectory("xgradient-bench");
  }

  Path out(String name) {
    return folder.resolve(name);
  }

  /** A table of normal numbers and a label of two classes, made once. */
  Path table(int rows, int columns) throws IOException {
    Path table = folder.resolve("table-%d-%d.csv".formatted(rows, columns));
    if (!Files.exists(table)) {
      try (BufferedWriter out = Files.newBufferedWriter(table)) {
        write(out, rows, columns);
      }
    }
    return table;
  }

  private static void write(BufferedWriter out, int rows, int columns) throws IOException {
    for (int column = 0; column < columns; column++) {
      out.write("c" + column + ",");
    }
    out.write("label\n");
    DataRandom random = new DataRandom(1);
    StringBuilder line = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      line.setLength(0);
      double score = random.nextGaussian();
      for (int column = 0; column < columns; column++) {
        double value = random.nextGaussian();
        score += column < 5 ? value : 0;
        line.append(Math.round(value * 1e4) / 1e4).append(',');
      }
      out.append(line.append(score > 0 ? "yes" : "no").append('\n'));
    }
  }

  /** A model of a table of so many columns, trained once. */
  Path model(CommandRunner runner, int columns) throws IOException, InterruptedException {
    Path model = folder.resolve("model-" + columns);
    if (!Files.exists(model)) {
      runner.run(
          List.of(
              "train",
              "--data",
              table(TRAINING_ROWS, columns).toString(),
              "--label",
              "label",
              "--epochs",
              "1",
              "--no-report",
              "--out",
              model.toString()));
    }
    return model;
  }

  @Override
  public void close() throws IOException {
    MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
  }
}
