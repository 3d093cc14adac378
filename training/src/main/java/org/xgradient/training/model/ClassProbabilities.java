package org.xgradient.training.model;

import org.xgradient.data.Task;

/** The probabilities that a model gives to the classes of a row. */
public final class ClassProbabilities {

  private ClassProbabilities() {}

  /**
   * The probabilities of a row.
   *
   * @param task what the labels mean
   * @param logits the outputs for the row: one of a binary task, whose sigmoid is the probability
   *     of class 1; one for each class of a multi-class task, of which the softmax is taken
   * @return one for each class, which add up to 1; empty for a regression
   */
  public static double[] of(Task task, float... logits) {
    return switch (task) {
      case REGRESSION -> new double[0];
      case BINARY -> {
        double probability = 1 / (1 + Math.exp(-logits[0]));
        yield new double[] {1 - probability, probability};
      }
      case MULTICLASS -> softmax(logits);
    };
  }

  private static double[] softmax(float... logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    double[] probabilities = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = Math.exp(logits[i] - largest) / sum;
    }
    return probabilities;
  }
}
