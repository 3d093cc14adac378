package org.xgradient.cli.train.report;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import org.xgradient.data.FloatArray;
import org.xgradient.data.PredictedClass;
import org.xgradient.data.Task;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.report.text.Numbers;
import org.xgradient.training.model.ClassProbabilities;

/**
 * Rows that a model is judged by, with what it makes of them.
 *
 * @param part what they are, such as "test"
 * @param numbers their indices in the data set
 * @param labels what the labels mean
 * @param outputs the logits, of shape {@code [rows, outputs]}
 * @param actual the labels, of shape {@code [rows]}
 */
record JudgedRows(
    String part,
    ImmutableIntArray numbers,
    LabelEncoding labels,
    FloatArray outputs,
    FloatArray actual) {

  int rows() {
    return numbers.length();
  }

  /** The probability of a row's classes; empty for a number. */
  double[] probabilities(int row) {
    return ClassProbabilities.of(labels.task(), outputs.rows(row, row + 1).values());
  }

  /** The most probable class. */
  int predicted(int row) {
    return PredictedClass.ofProbabilities(probabilities(row));
  }

  int actualClass(int row) {
    return (int) actual.values()[row];
  }

  /** In the unit of the label. */
  double predictedNumber(int row) {
    return labels.restore(outputs.values()[row]);
  }

  /** In the unit of the label. */
  double actualNumber(int row) {
    return labels.restore(actual.values()[row]);
  }

  /** The label as it stands in the table. */
  String actualText(int row) {
    return labels.task() == Task.REGRESSION
        ? Numbers.significant(actualNumber(row), 6)
        : labels.classes().get(actualClass(row));
  }

  /** Some of the rows. */
  JudgedRows gather(int... some) {
    return new JudgedRows(
        part,
        ImmutableIntArray.copyOf(Arrays.stream(some).map(numbers::get).toArray()),
        labels,
        outputs.gather(some),
        actual.gather(some));
  }
}
