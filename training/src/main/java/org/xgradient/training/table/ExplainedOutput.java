package org.xgradient.training.table;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Doubles;
import java.util.List;
import java.util.OptionalInt;
import org.xgradient.data.PredictedClass;
import org.xgradient.data.Task;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.graph.Target;

/**
 * Which output of a {@link TableModel} is explained, and what attributions of it say of the label:
 * they are of the logit of a class, or of a number in the label's own unit.
 *
 * <p>A binary model has one logit, that of its second class; that of the first is its negative. A
 * regression's output is standardised, and so are its attributions: times the scale they are in the
 * label's unit, and add up to the prediction.
 *
 * @param labels what the outputs mean
 * @param oneClass the class of all rows; empty for the predicted class of each row, and for a
 *     regression
 */
public record ExplainedOutput(LabelEncoding labels, OptionalInt oneClass) {

  /**
   * Checks the class.
   *
   * @throws IllegalArgumentException if there is no such class
   */
  public ExplainedOutput {
    checkArgument(
        oneClass.isEmpty() || (oneClass.getAsInt() >= 0 && oneClass.getAsInt() < classes(labels)),
        "the class must be in [0, %s), found %s",
        classes(labels),
        oneClass);
  }

  private static int classes(LabelEncoding labels) {
    return labels.classes().size();
  }

  /**
   * The usual choice.
   *
   * @param labels what the outputs mean
   * @return the second class of two, so that all signs speak of the same; the predicted one of
   *     several; the number of a regression
   */
  public static ExplainedOutput usual(LabelEncoding labels) {
    return labels.task() == Task.BINARY ? ofClass(labels, 1) : predicted(labels);
  }

  /**
   * The predicted class of each row, or the number of a regression.
   *
   * @param labels what the outputs mean
   * @return the choice
   */
  public static ExplainedOutput predicted(LabelEncoding labels) {
    return new ExplainedOutput(labels, OptionalInt.empty());
  }

  /**
   * One class for all rows.
   *
   * @param labels what the outputs mean
   * @param index the index of the class in {@code labels.classes()}
   * @return the choice
   * @throws IllegalArgumentException if there is no such class
   */
  public static ExplainedOutput ofClass(LabelEncoding labels, int index) {
    return new ExplainedOutput(labels, OptionalInt.of(index));
  }

  /** {@return the logit whose attributions are computed} */
  public Target target() {
    return labels.task() == Task.MULTICLASS && oneClass.isPresent()
        ? Target.index(oneClass.getAsInt())
        : Target.predicted();
  }

  /**
   * The class that is explained of a row.
   *
   * @param probabilities those of the row's classes, not empty
   * @return its index: that of all rows, or the first of the most probable
   */
  public int classOf(List<Double> probabilities) {
    return oneClass.orElseGet(() -> PredictedClass.ofProbabilities(Doubles.toArray(probabilities)));
  }

  /**
   * A computed output as it is said of the explained class, or in the label's unit.
   *
   * @param output the explained output, or that at the baseline
   * @param explainedClass the class; any number for a regression
   * @return the logit of the class, or the number
   */
  public double output(float output, int explainedClass) {
    return labels.task() == Task.REGRESSION
        ? labels.restore(output)
        : ofClass(output, explainedClass);
  }

  /**
   * A computed attribution as it is said of the explained class, or in the label's unit.
   *
   * @param attribution the attribution of a feature or a column
   * @param explainedClass the class; any number for a regression
   * @return what it adds to {@link #output}
   */
  public double share(float attribution, int explainedClass) {
    return labels.task() == Task.REGRESSION
        ? attribution * labels.standardizer().scale()
        : ofClass(attribution, explainedClass);
  }

  /** The logit of the first class of two is the negative of that of the second. */
  private float ofClass(float value, int explainedClass) {
    // 0 - x, for there is no negative zero in a table.
    return labels.task() == Task.BINARY && explainedClass == 0 ? 0 - value : value;
  }
}
