package org.xgradient.cli.train.report;

import java.util.Locale;
import java.util.Optional;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Predictor;
import org.xgradient.metrics.CrossEntropy;

/**
 * What is known of the classes without looking at a row: how frequent each is. A network without
 * biases has nothing to know that by, unless something is the same in all rows, as the sum over the
 * levels of a category is.
 *
 * @param logits the logits of such a guess, of shape {@code [outputs]}
 */
@SuppressWarnings("ArrayRecordComponent")
public record ClassShares(float[] logits) {

  /**
   * Counts.
   *
   * @param outputs the outputs of the model: 1 for two classes, else one for each
   * @param training the training rows
   */
  public static ClassShares of(int outputs, Dataset training) {
    double[] counts = new double[Math.max(2, outputs)];
    for (float label : training.all().labels().values()) {
      counts[(int) label]++;
    }
    float[] logits = new float[outputs];
    for (int i = 0; i < outputs; i++) {
      logits[i] =
          (float)
              (outputs == 1 ? Math.log(counts[1] / counts[0]) : Math.log(Math.max(1, counts[i])));
    }
    return new ClassShares(logits);
  }

  /**
   * Holds a model against them.
   *
   * @param rows rows that it was not trained on
   * @param more what a training needs besides biases, such as " and --method ig"; perhaps empty
   * @return a warning; empty if the model knows more, or there are no rows
   */
  public Optional<String> warning(BoundModel model, Dataset rows, String more) {
    if (rows.size() == 0) {
      return Optional.empty();
    }
    FloatArray inputs = rows.all().inputs();
    FloatArray labels = rows.all().labels();
    FloatArray shares = FloatArray.zeros(rows.size(), logits.length);
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(logits, 0, shares.values(), row * logits.length, logits.length);
    }
    double known = new CrossEntropy().of(shares, labels);
    double found = new CrossEntropy().of(Predictor.of(model).logits(inputs), labels);
    return found < known
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "on the validation rows the probabilities are no better than the shares of the classes"
                    + " (cross-entropy %.3f, %.3f): a network without biases knows these only where"
                    + " something is the same in all rows; train with --bias%s, or take no"
                    + " probabilities from it",
                found,
                known,
                more));
  }
}
