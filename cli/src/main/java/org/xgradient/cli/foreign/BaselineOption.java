package org.xgradient.cli.foreign;

import com.google.common.primitives.Ints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xgradient.attribution.Baseline;
import org.xgradient.cli.option.HelpGroup;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.savedmodel.LoadedModel;
import picocli.CommandLine.Option;

/** Where attributions start to count. */
@HelpGroup("SavedModels of others")
public final class BaselineOption {

  private static final String ZERO = "zero";
  private static final String MEAN = "mean";
  private static final String ROW = "row:";

  /** Rows of a mean at most, so that a table may be larger than memory. */
  private static final int MOST_ROWS = 100_000;

  private static final int ROWS_PER_CHUNK = 1024;

  @Option(
      names = "--baseline",
      paramLabel = "WHAT",
      converter = BaselineChoice.Converter.class,
      description =
          "Where attributions start to count: zero, mean (of the rows of --data), row:N (one of"
              + " them, from 1), or a file like --data, whose rows are averaged, such as one of"
              + " padding tokens (default: zero).")
  private BaselineChoice choice = new BaselineChoice(ZERO);

  public BaselineOption() {}

  /** {@return whether another than the default is given} */
  public boolean isGiven() {
    return !choice.text().equals(ZERO);
  }

  /**
   * Refuses this option where a model has its own baseline.
   *
   * @throws IllegalArgumentException if it is given
   */
  public void requireNone() {
    if (isGiven()) {
      throw new IllegalArgumentException(
          "--baseline is for SavedModels of others; models of xgradient's count from the mean row"
              + " or colour, which is zero to them");
    }
  }

  /** {@return what rows are compared with, as the end of a sentence} */
  String describe() {
    String given = choice.text();
    if (given.equals(ZERO)) {
      return "zeros";
    }
    if (given.startsWith(ROW)) {
      return "row %s of the file".formatted(given.substring(ROW.length()));
    }
    return given.equals(MEAN) ? "the mean of the rows" : "the mean of " + given;
  }

  /**
   * Makes the baseline.
   *
   * @param model the model, borrowed
   * @param data the rows that are explained
   * @param reading how tables are read
   * @throws IllegalArgumentException if it is none of those, or there is no such row
   */
  public Baseline of(LoadedModel model, Path data, TableReading reading) {
    String given = choice.text();
    if (given.equals(ZERO)) {
      return Baseline.zero();
    }
    if (given.startsWith(ROW)) {
      Integer row = Ints.tryParse(given.substring(ROW.length()));
      if (row == null || row < 1) {
        throw new IllegalArgumentException(
            "--baseline row:N must name a row from 1, found \"%s\"".formatted(given));
      }
      return Baseline.example(row(model, data, reading, row));
    }
    boolean mean = given.equals(MEAN);
    if (!mean && !Files.exists(Path.of(given))) {
      throw new IllegalArgumentException(
          "--baseline must be zero, mean, row:N or a file, found \"%s\"".formatted(given));
    }
    return Baseline.example(mean(model, mean ? data : Path.of(given), reading));
  }

  private static FloatArray row(LoadedModel model, Path data, TableReading reading, int row) {
    long before = 0;
    try (ForeignData rows = ForeignData.open(model, data, reading, List.of(), ROWS_PER_CHUNK)) {
      while (rows.hasNext()) {
        ForeignChunk chunk = rows.next();
        if (row <= before + chunk.rows()) {
          int index = (int) (row - before - 1);
          return example(model.examples(chunk.values()).explained().rows(index, index + 1));
        }
        before += chunk.rows();
      }
    }
    throw new IllegalArgumentException(
        "--baseline row:%s asks for a row of %s, found %s rows".formatted(row, data, before));
  }

  private static FloatArray mean(LoadedModel model, Path file, TableReading reading) {
    List<double[]> sums = new ArrayList<>();
    long count = 0;
    Optional<FloatArray> first = Optional.empty();
    try (ForeignData rows = ForeignData.open(model, file, reading, List.of(), ROWS_PER_CHUNK)) {
      while (rows.hasNext() && count < MOST_ROWS) {
        FloatArray explained = model.examples(rows.next().values()).explained();
        if (first.isEmpty()) {
          first = Optional.of(explained.rows(0, 1));
          sums.add(new double[explained.rowSize()]);
        }
        double[] sum = sums.get(0);
        for (int i = 0; i < explained.size(); i++) {
          sum[i % sum.length] += explained.values()[i];
        }
        count += explained.rows();
      }
    }
    FloatArray mean = example(first.orElseThrow());
    for (int i = 0; i < mean.size(); i++) {
      mean.values()[i] = (float) (sums.get(0)[i] / count);
    }
    return mean;
  }

  /** One row without the axis of rows. */
  private static FloatArray example(FloatArray row) {
    return FloatArray.of(row.values(), row.rowShape().toArray());
  }
}
