package org.xgradient.spark.model;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.xgradient.attribution.Attributions;
import org.xgradient.data.FloatArray;
import org.xgradient.data.PredictedClass;
import org.xgradient.data.Task;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.training.model.ClassProbabilities;
import org.xgradient.training.table.ExplainedOutput;

/** Adds cells to rows: what was found, in the words of the label where the model knows them. */
final class RowWriter {

  private static final double[] NONE = {};
  private static final float[] NO_LOGITS = {};

  private final OutputCells cells;
  private final Optional<LabelEncoding> labels;
  private final Task task;
  private final ImmutableList<ExplainedOutput> explained;
  private final boolean byRow;

  /** What knows the words of texts; null for other rows. */
  private final @Nullable TextRows texts;

  /** Most jobs don't ask for probabilities, which cost as much as all else here. */
  private final boolean needsProbabilities;

  private RowWriter(ExplainPartition job, ExecutorModel model, RowReader reader) {
    texts = reader instanceof TextRows words ? words : null;
    cells = job.output();
    labels = model.labels();
    int outputs = model.model().outputs();
    task = labels.map(LabelEncoding::task).orElse(outputs > 1 ? Task.MULTICLASS : Task.REGRESSION);
    explained = labels.map(meaning -> explained(meaning, job.spec())).orElse(ImmutableList.of());
    byRow = job.classes().isGiven();
    needsProbabilities =
        cells.prediction()
            || cells.probability()
            || (!byRow && explained.stream().anyMatch(one -> one.oneClass().isEmpty()));
  }

  static RowWriter of(ExplainPartition job, ExecutorModel model, RowReader reader) {
    return new RowWriter(job, model, reader);
  }

  private static ImmutableList<ExplainedOutput> explained(LabelEncoding labels, ModelSpec spec) {
    if (spec.outputs().isEmpty()) {
      return ImmutableList.of(ExplainedOutput.usual(labels));
    }
    return spec.outputs().stream()
        .map(
            output ->
                output == ModelSpec.PREDICTED
                    ? ExplainedOutput.predicted(labels)
                    : ExplainedOutput.ofClass(labels, output))
        .collect(ImmutableList.toImmutableList());
  }

  /** The row with null in all cells that are added. */
  Row writeNothing(Row row) {
    return new WiderRow(row, new Object[cells.count()]);
  }

  /**
   * The row with what was found.
   *
   * @param found of its batch
   * @param index which row of the batch it is
   * @param classOfRow the class that the row says is explained, if rows do
   */
  Row write(Row row, Explanations found, int index, int classOfRow) {
    double[] probabilities = NONE;
    float[] logits = NO_LOGITS;
    if (needsProbabilities) {
      logits = found.attributions().get(0).logits().rows(index, index + 1).values();
      probabilities = ClassProbabilities.of(task, logits);
    }
    int outputs = found.attributions().size();
    ImmutableList<String> words = texts == null ? ImmutableList.of() : texts.words(row);
    Object[] shares = new Object[outputs];
    Object[] explainedOutputs = new Object[outputs];
    @Nullable Object[] baselines = new Object[outputs];
    for (int k = 0; k < outputs; k++) {
      Attributions of = found.attributions().get(k);
      int ofClass = byRow ? classOfRow : classOf(k, probabilities);
      shares[k] = form(shares(k, found.parts().get(k), index, ofClass), words);
      explainedOutputs[k] = output(k, of.explained().values()[index], ofClass);
      int number = k;
      baselines[k] =
          of.baselineOutput()
              .map(baseline -> output(number, baseline.values()[index], ofClass))
              .orElse(null);
    }
    @Nullable Object[] all = new Object[cells.count()];
    int at = 0;
    all[at++] = cells.several() ? shares : shares[0];
    if (cells.explained()) {
      all[at++] = cells.several() ? explainedOutputs : explainedOutputs[0];
    }
    if (cells.baseline()) {
      all[at++] = cells.several() ? baselines : baselines[0];
    }
    if (cells.prediction()) {
      all[at++] = prediction(logits, probabilities);
    }
    if (cells.probability()) {
      all[at] = Vectors.dense(probabilities);
    }
    return new WiderRow(row, all);
  }

  private int classOf(int k, double... probabilities) {
    return explained.isEmpty() || task == Task.REGRESSION
        ? 0
        : explained.get(k).classOf(Doubles.asList(probabilities));
  }

  private double output(int k, float value, int ofClass) {
    return explained.isEmpty() ? value : explained.get(k).output(value, ofClass);
  }

  private double[] shares(int k, FloatArray attributions, int index, int ofClass) {
    double[] shares = new double[attributions.rowSize()];
    int from = index * shares.length;
    for (int i = 0; i < shares.length; i++) {
      float value = attributions.values()[from + i];
      shares[i] = explained.isEmpty() ? value : explained.get(k).share(value, ofClass);
    }
    return shares;
  }

  private Object form(double[] shares, ImmutableList<String> words) {
    // There are places behind a text's last word.
    double[] all = texts == null ? shares : Arrays.copyOf(shares, words.size());
    return switch (cells.form()) {
      case ARRAY -> all;
      case VECTOR -> Vectors.dense(all);
      case STRUCT -> texts == null ? RowFactory.create(boxed(all)) : ofWords(words, all);
    };
  }

  private static Object[] ofWords(ImmutableList<String> words, double... shares) {
    Object[] all = new Object[shares.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = RowFactory.create(words.get(i), shares[i]);
    }
    return all;
  }

  private static Object[] boxed(double... shares) {
    Object[] boxed = new Object[shares.length];
    for (int i = 0; i < boxed.length; i++) {
      boxed[i] = shares[i];
    }
    return boxed;
  }

  /** A class by its name, or a number; of a plain SavedModel the index of a class. */
  private Object prediction(float[] logits, double... probabilities) {
    if (task == Task.REGRESSION) {
      return labels.map(meaning -> meaning.restore(logits[0])).orElse((double) logits[0]);
    }
    int index = PredictedClass.ofProbabilities(probabilities);
    return labels.<Object>map(meaning -> meaning.classes().get(index)).orElse((double) index);
  }
}
