package org.xgradient.data;

import static com.google.common.base.Preconditions.checkArgument;

/** The class that a model decides for. */
public final class PredictedClass {

  private PredictedClass() {}

  /**
   * By the outputs of a model of classes.
   *
   * @param logits one, whose sign tells two classes apart, or one for each class
   * @return of one logit 1 if it is positive and 0 otherwise; of several the index of the first of
   *     the largest
   * @throws IllegalArgumentException if there are none
   */
  public static int ofLogits(float... logits) {
    checkArgument(logits.length > 0, "there must be at least one logit, found none");
    if (logits.length == 1) {
      return logits[0] > 0 ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  /**
   * By the probabilities of the classes.
   *
   * @param probabilities one for each class
   * @return the index of the first of the largest
   * @throws IllegalArgumentException if there are none
   */
  public static int ofProbabilities(double... probabilities) {
    checkArgument(probabilities.length > 0, "there must be at least one class, found none");
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    return best;
  }
}
