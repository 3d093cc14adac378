package org.xgradient.training.text;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import org.xgradient.data.FloatArray;
import org.xgradient.data.PredictedClass;
import org.xgradient.data.text.TextClasses;
import org.xgradient.training.model.ClassProbabilities;

/**
 * What a {@link TextModel} says of texts.
 *
 * @param classes the classes
 * @param logits the outputs of the network, of shape {@code [texts, outputs]}
 */
public record TextPredictions(TextClasses classes, FloatArray logits) {

  /** {@return the number of texts} */
  public int size() {
    return logits.rows();
  }

  /**
   * The probabilities of the classes.
   *
   * @param text the index of the text
   * @return the probabilities, in the order of the classes
   */
  public ImmutableList<Double> probabilities(int text) {
    float[] outputs = logits.rows(text, text + 1).values();
    return ImmutableList.copyOf(Doubles.asList(ClassProbabilities.of(classes.task(), outputs)));
  }

  /**
   * {@return the index of the most probable class}
   *
   * @param text the index of the text
   */
  public int predicted(int text) {
    return PredictedClass.ofProbabilities(Doubles.toArray(probabilities(text)));
  }
}
