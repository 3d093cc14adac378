package org.xgradient.metrics;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.data.FloatArray;

/** Checked outputs and labels of some examples: what a model metric looks at. */
final class LabelledOutputs {

  private final String metric;
  private final float[] outputs;
  private final float[] labels;
  private final int columns;

  private LabelledOutputs(String metric, float[] outputs, float[] labels, int columns) {
    this.metric = metric;
    this.outputs = outputs;
    this.labels = labels;
    this.columns = columns;
  }

  static LabelledOutputs of(String metric, FloatArray outputs, FloatArray labels) {
    int rank = outputs.shape().length();
    checkArgument(
        (rank == 1 || rank == 2) && outputs.size() > 0,
        "the outputs for %s must be of shape [rows, outputs] with at least one row, found %s",
        metric,
        outputs.shape());
    checkArgument(
        labels.shape().length() == 1 && labels.size() == outputs.rows(),
        "the labels for %s must be of shape [%s], one for each row, found %s",
        metric,
        outputs.rows(),
        labels.shape());
    var checked = new LabelledOutputs(metric, outputs.values(), labels.values(), outputs.rowSize());
    checked.checkFinite();
    return checked;
  }

  private void checkFinite() {
    for (int i = 0; i < outputs.length; i++) {
      checkArgument(
          Float.isFinite(outputs[i]),
          "the outputs for %s must be finite, found %s in row %s, output %s",
          metric,
          outputs[i],
          i / columns,
          i % columns);
    }
  }

  int rows() {
    return labels.length;
  }

  /** The number of outputs of a row. */
  int columns() {
    return columns;
  }

  float output(int row, int column) {
    return outputs[row * columns + column];
  }

  /** The only output of a row, after {@link #requireOneOutput}. */
  float output(int row) {
    return outputs[row];
  }

  LabelledOutputs requireOneOutput() {
    checkArgument(columns == 1, "%s needs one output for each row, found %s", metric, columns);
    return this;
  }

  /** The label as a real number. */
  float value(int row) {
    checkArgument(
        Float.isFinite(labels[row]),
        "the labels for %s must be finite, found %s in row %s",
        metric,
        labels[row],
        row);
    return labels[row];
  }

  /** The label as a class: 0 or 1 where there is one output. */
  int label(int row) {
    int classes = Math.max(2, columns);
    int label = (int) labels[row];
    checkArgument(
        label == labels[row] && label >= 0 && label < classes,
        "the labels for %s must be whole numbers in [0, %s), found %s in row %s",
        metric,
        classes,
        labels[row],
        row);
    return label;
  }
}
