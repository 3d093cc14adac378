package org.xgradient.cli.page;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Floats;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.xgradient.attribution.Attributions;
import org.xgradient.data.FloatArray;
import org.xgradient.data.NearestName;
import org.xgradient.data.Task;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.graph.Target;
import org.xgradient.training.table.ExplainedOutput;
import org.xgradient.training.table.TablePredictions;

/**
 * What attributions of rows speak of, in the words of the label column: the logit of a class, or a
 * number in the label's own unit.
 *
 * @param labels what the outputs mean
 * @param oneClass the class of all rows; empty for the predicted class of each row, and for a
 *     regression
 * @param probability whether the probability of the class is explained instead of its logit
 */
public record Explained(LabelEncoding labels, OptionalInt oneClass, boolean probability) {

  private static final String PREDICTED = "predicted";
  private static final String ALL = "all";

  /**
   * What to explain.
   *
   * @param target a class, {@value #PREDICTED} or {@value #ALL}; the usual choice if empty: the
   *     named second class of two, the predicted one of several
   * @param probability whether the probability of the class is explained
   * @throws IllegalArgumentException if there is no such class, or no class at all
   */
  public static ImmutableList<Explained> of(
      LabelEncoding labels, Optional<String> target, boolean probability) {
    List<String> classes = labels.classes();
    if (labels.task() == Task.REGRESSION) {
      if (target.isPresent()) {
        throw new IllegalArgumentException(
            "--target is for classes, but \"%s\" is a number; leave it out"
                .formatted(labels.column()));
      }
      if (probability) {
        throw new IllegalArgumentException(
            "--probability is for classes, but \"%s\" is a number; leave it out"
                .formatted(labels.column()));
      }
      return ImmutableList.of(new Explained(labels, OptionalInt.empty(), false));
    }
    if (target.isEmpty()) {
      return ImmutableList.of(
          new Explained(
              labels,
              labels.task() == Task.BINARY ? OptionalInt.of(1) : OptionalInt.empty(),
              probability));
    }
    int index = classes.indexOf(target.get());
    if (index >= 0) {
      return ImmutableList.of(new Explained(labels, OptionalInt.of(index), probability));
    }
    return switch (target.get()) {
      case PREDICTED -> ImmutableList.of(new Explained(labels, OptionalInt.empty(), probability));
      case ALL ->
          IntStream.range(0, classes.size())
              .mapToObj(i -> new Explained(labels, OptionalInt.of(i), probability))
              .collect(ImmutableList.toImmutableList());
      default ->
          throw new IllegalArgumentException(
              "--target must be a class of \"%s\", %s or %s, found \"%s\"; %sthe classes are %s"
                  .formatted(
                      labels.column(),
                      PREDICTED,
                      ALL,
                      target.get(),
                      NearestName.closeTo(target.get(), classes)
                          .map("did you mean \"%s\"? "::formatted)
                          .orElse(""),
                      String.join(", ", classes)));
    };
  }

  /** The logit whose attributions are computed. */
  public Target target() {
    return output().target();
  }

  private ExplainedOutput output() {
    return new ExplainedOutput(labels, oneClass);
  }

  /**
   * The names of the columns that say what is explained.
   *
   * @param all what is explained in the same table
   */
  public static ImmutableList<String> header(List<Explained> all) {
    Explained first = all.get(0);
    if (first.labels.task() == Task.REGRESSION) {
      String output = "prediction of " + first.labels.column();
      return ImmutableList.of("explained", output, output + " at the baseline");
    }
    String of =
        all.size() == 1 && first.oneClass.isPresent()
            ? first.labels.classes().get(first.oneClass.getAsInt())
            : "the class";
    if (first.probability) {
      String output = "probability of " + of;
      return ImmutableList.of("explained", output, output + " at the baseline");
    }
    return ImmutableList.of(
        "explained",
        "logit of " + of,
        "logit of " + of + " at the baseline",
        "probability of " + of);
  }

  /** The cells of these columns for a row, and its contributions. */
  public List<Object> cells(ExplainedRow explained) {
    List<Object> cells = new ArrayList<>(4 + explained.contributions().length());
    cells.add(
        explained.isNumber() ? labels.column() : labels.classes().get(explained.explainedClass()));
    cells.add(cell(explained, explained.end()));
    cells.add(
        explained.start().isPresent() ? cell(explained, explained.start().getAsDouble()) : "");
    if (!explained.isNumber() && !probability) {
      cells.add(explained.probability());
    }
    explained.contributions().forEach(amount -> cells.add(cell(explained, amount)));
    return cells;
  }

  /** Logits have the digits of a float; numbers those that the scale of the label gives them. */
  private static Object cell(ExplainedRow explained, double value) {
    return explained.isNumber() ? (Object) value : (Object) (float) value;
  }

  /** What is said of a row, in the words and the unit of the label. */
  public ExplainedRow row(Attributions attributions, int row, float[] contributions) {
    ExplainedOutput of = output();
    float output = attributions.explained().values()[row];
    Optional<Float> baseline = attributions.baselineOutput().map(b -> b.values()[row]);
    boolean number = labels.task() == Task.REGRESSION;
    List<Double> probabilities = number ? ImmutableList.of() : probabilities(attributions, row);
    int explained = number ? 0 : of.classOf(probabilities);
    double[] shares = new double[contributions.length];
    Arrays.setAll(shares, i -> of.share(contributions[i], explained));
    OptionalDouble start =
        baseline.isPresent()
            ? OptionalDouble.of(output(of, baseline.get(), explained))
            : OptionalDouble.empty();
    double end = output(of, output, explained);
    return number
        ? ExplainedRow.ofNumber(end, start, shares)
        : new ExplainedRow(
            explained,
            end,
            start,
            probabilities.get(explained),
            ImmutableDoubleArray.copyOf(shares));
  }

  /** That of the first class of two follows from that of the second. */
  private double output(ExplainedOutput of, float output, int explained) {
    boolean other = labels.task() == Task.BINARY && explained == 0;
    return probability && other ? 1 - output : probability ? output : of.output(output, explained);
  }

  /**
   * What is explained, with its unit, for the axes of charts.
   *
   * @param outputs how many outputs of each row are explained together
   */
  public String quantityOf(int outputs) {
    String of =
        outputs > 1
            ? "each class"
            : oneClass.isPresent()
                ? labels.classes().get(oneClass.getAsInt())
                : "the predicted class";
    if (probability) {
      return "probability of " + of;
    }
    return switch (labels.task()) {
      case REGRESSION -> labels.column();
      case BINARY -> "log-odds of " + of;
      case MULTICLASS -> "logit of " + of;
    };
  }

  private List<Double> probabilities(Attributions attributions, int row) {
    FloatArray outputs = attributions.logits().rows(row, row + 1);
    if (!probability) {
      return new TablePredictions(labels, outputs).probabilities(0);
    }
    float[] values = outputs.values();
    return labels.task() == Task.BINARY
        ? ImmutableList.of(1.0 - values[0], (double) values[0])
        : Floats.asList(values).stream().map(Float::doubleValue).toList();
  }
}
