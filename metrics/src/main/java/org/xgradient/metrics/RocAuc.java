package org.xgradient.metrics;

import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;
import org.xgradient.data.FloatArray;

/**
 * The area under the receiver operating characteristic: {@code (R_1 - n_1 (n_1 + 1) / 2) / (n_0
 * n_1)}, where {@code R_1} is the sum of the ranks of the positive examples.
 *
 * <p>In {@code [0, 1]}, higher is better, 0.5 is chance. Equal scores share the mean of their
 * ranks. It is the Mann-Whitney statistic over {@code n_0 n_1}: the probability that a positive
 * example has a higher score than a negative one, ties counted half.
 *
 * <p>For a model with one logit, the score is that logit and the labels are 0 and 1; for one with
 * two, it is the second less the first.
 *
 * @see <a href="https://doi.org/10.1148/radiology.143.1.7063747">Hanley and McNeil (1982), The
 *     meaning and use of the area under a receiver operating characteristic curve</a>
 */
public record RocAuc() implements ModelMetric {

  @Override
  public String name() {
    return "ROC-AUC";
  }

  @Override
  public Direction direction() {
    return Direction.HIGHER_IS_BETTER;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UndefinedMetricException if all labels are the same
   */
  @Override
  public double of(FloatArray outputs, FloatArray labels) {
    var examples = LabelledOutputs.of(name(), outputs, labels);
    if (examples.columns() > 2) {
      throw new IllegalArgumentException(
          "ROC-AUC needs one or two outputs for each row, found " + examples.columns());
    }
    double[] ranks = new NaturalRanking(TiesStrategy.AVERAGE).rank(scores(examples));
    double positiveRanks = 0;
    long positives = 0;
    for (int i = 0; i < ranks.length; i++) {
      if (examples.label(i) == 1) {
        positives++;
        positiveRanks += ranks[i];
      }
    }
    long negatives = ranks.length - positives;
    if (positives == 0 || negatives == 0) {
      throw new UndefinedMetricException(
          "ROC-AUC needs examples of both classes, found %s of class 0 and %s of class 1"
              .formatted(negatives, positives));
    }
    return (positiveRanks - positives * (positives + 1) / 2.0) / ((double) negatives * positives);
  }

  private static double[] scores(LabelledOutputs examples) {
    double[] scores = new double[examples.rows()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] =
          examples.columns() == 1
              ? examples.output(i)
              : (double) examples.output(i, 1) - examples.output(i, 0);
    }
    return scores;
  }
}
