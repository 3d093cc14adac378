package org.xgradient.cli.option;

import com.google.common.primitives.Ints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.data.FloatArray;
import org.xgradient.report.text.Numbers;
import picocli.CommandLine.Option;

/** Where attributions start to count. */
@HelpGroup("Attribution")
public final class BaselineOption {

  private static final String BASELINE = "--baseline";

  private static final String ZERO = "zero";
  private static final String MEAN = "mean";
  private static final String ROW = "row:";

  /** Rows of a mean at most, so that a table may be larger than memory. */
  private static final int MOST_ROWS = 100_000;

  @Option(
      names = BASELINE,
      paramLabel = "WHAT",
      converter = BaselineChoice.Converter.class,
      description =
          "Where attributions start to count: zero (which is the mean row to a model of"
              + " xgradient's), mean (of the rows of --data), row:N (one of them, from 1), or a file"
              + " like --data, whose rows are averaged, such as one of padding tokens (default:"
              + " zero). Another than zero takes Integrated Gradients.")
  private BaselineChoice choice = new BaselineChoice(ZERO);

  public BaselineOption() {}

  /** {@return whether another than the default is given} */
  public boolean isGiven() {
    return !choice.text().equals(ZERO);
  }

  /** {@return what rows are compared with, as the end of a sentence} */
  public String describe() {
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
   * Lets a method count from the baseline.
   *
   * @throws IllegalArgumentException if another than zero is given and the method has its own
   */
  public AttributionMethod applyTo(AttributionMethod method, Baseline from) {
    if (method instanceof IntegratedGradients integrated) {
      return integrated.withBaseline(from);
    }
    if (isGiven()) {
      throw new IllegalArgumentException(
          "--baseline goes with the methods auto and ig, found "
              + method.getClass().getSimpleName());
    }
    return method;
  }

  /**
   * Makes the baseline.
   *
   * @param data the file whose rows are explained
   * @param rows opens a file
   * @throws IllegalArgumentException if it is none of those, or there is no such row
   */
  public Baseline of(Path data, Function<Path, ExplainedRows> rows) {
    String given = choice.text();
    if (given.equals(ZERO)) {
      return Baseline.zero();
    }
    if (DialectOptions.isStandardInput(data) && !Files.isRegularFile(Path.of(given))) {
      throw new IllegalArgumentException(
          "--baseline %s reads --data twice, which the standard input can't be; give a file"
              .formatted(given));
    }
    if (given.startsWith(ROW)) {
      Integer row = Ints.tryParse(given.substring(ROW.length()));
      if (row == null || row < 1) {
        throw new IllegalArgumentException(
            "--baseline row:N must name a row from 1, found \"%s\"".formatted(given));
      }
      try (ExplainedRows source = rows.apply(data)) {
        return Baseline.example(row(source, data, row));
      }
    }
    boolean mean = given.equals(MEAN);
    if (!mean && !Files.exists(Path.of(given))) {
      throw new IllegalArgumentException(
          "--baseline must be zero, mean, row:N or a file, found \"%s\"".formatted(given));
    }
    try (ExplainedRows source = rows.apply(mean ? data : Path.of(given))) {
      FloatArray from = mean(source);
      if (!mean) {
        // The rows that are explained are judged where they are.
        source.judge(BASELINE);
      }
      return Baseline.example(from);
    }
  }

  private static FloatArray row(ExplainedRows rows, Path file, int row) {
    long before = 0;
    while (rows.hasNext()) {
      FloatArray chunk = rows.next();
      if (row <= before + chunk.rows()) {
        int index = (int) (row - before - 1);
        return example(chunk.rows(index, index + 1));
      }
      before += chunk.rows();
    }
    throw new IllegalArgumentException(
        "--baseline row:%s asks for a row of %s, found %s"
            .formatted(row, file, Numbers.count(before, "row")));
  }

  private static FloatArray mean(ExplainedRows rows) {
    FloatArray chunk = rows.next();
    FloatArray mean = example(chunk.rows(0, 1));
    double[] sums = new double[mean.size()];
    long count = 0;
    while (true) {
      for (int i = 0; i < chunk.size(); i++) {
        sums[i % sums.length] += chunk.values()[i];
      }
      count += chunk.rows();
      if (!rows.hasNext() || count >= MOST_ROWS) {
        break;
      }
      chunk = rows.next();
    }
    for (int i = 0; i < mean.size(); i++) {
      mean.values()[i] = (float) (sums[i] / count);
    }
    return mean;
  }

  /** One row without the axis of rows. */
  private static FloatArray example(FloatArray row) {
    return FloatArray.of(row.values(), row.rowShape().toArray());
  }
}
