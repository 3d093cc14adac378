package org.xgradient.training.table;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import org.xgradient.data.FloatArray;
import org.xgradient.data.PredictedClass;
import org.xgradient.data.Task;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.training.model.ClassProbabilities;

/**
 * What a {@link TableModel} says of rows.
 *
 * @param labels what the outputs mean
 * @param logits the outputs of the network, of shape {@code [rows, outputs]}
 */
public record TablePredictions(LabelEncoding labels, FloatArray logits) {

  /** {@return the number of rows} */
  public int rows() {
    return logits.rows();
  }

  /**
   * The probabilities of the classes, in the order of {@code labels().classes()}.
   *
   * @param row the row
   * @return the probabilities, which add up to 1; empty for a regression
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public ImmutableList<Double> probabilities(int row) {
    return ImmutableList.copyOf(
        Doubles.asList(ClassProbabilities.of(labels.task(), logits.rows(row, row + 1).values())));
  }

  /**
   * The prediction as it would stand in the label column: a class, or a number.
   *
   * @param row the row
   * @return the prediction
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public String label(int row) {
    if (labels.task() == Task.REGRESSION) {
      return Double.toString(labels.restore(logits.rows(row, row + 1).values()[0]));
    }
    double[] probabilities = Doubles.toArray(probabilities(row));
    return labels.classes().get(PredictedClass.ofProbabilities(probabilities));
  }
}
