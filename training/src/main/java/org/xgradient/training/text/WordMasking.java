package org.xgradient.training.text;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Predictor;
import org.xgradient.graph.embedding.EmbeddedNetwork;
import org.xgradient.metrics.masking.MaskedInputs;
import org.xgradient.metrics.masking.MaskingCurve;
import org.xgradient.metrics.masking.MaskingMetric;

/**
 * Judges attributions by what a model makes of texts of which only some words are left: the others
 * become blanks, the baseline of attributions. Fractions are of the words of each text; padding is
 * no word.
 */
public final class WordMasking {

  private final BoundModel model;
  private final FloatArray tokens;
  private final int[] labels;
  private final ImmutableDoubleArray fractions;

  /**
   * Prepares texts.
   *
   * @param model a model of texts
   * @param tokens the numbers of words, of shape {@code [texts, steps]}, at least one text
   * @param labels the class of each text
   * @param fractions the fractions of words that stay, in increasing order
   * @throws IllegalArgumentException if there is not a label for each text
   */
  public WordMasking(
      BoundModel model, FloatArray tokens, int[] labels, ImmutableDoubleArray fractions) {
    checkArgument(
        labels.length == tokens.rows(),
        "there must be a label for each of %s texts, found %s",
        tokens.rows(),
        labels.length);
    this.model = model;
    this.tokens = tokens;
    this.labels = labels.clone();
    this.fractions = fractions;
  }

  /**
   * Measures a curve.
   *
   * @param method the name of the attribution method
   * @param metric what stays, and what of the output counts
   * @param words the attributions of words, of shape {@code [texts, steps]}
   * @return the score of each text at each fraction
   * @throws IllegalArgumentException if the attributions are not of that shape
   */
  public MaskingCurve curve(String method, MaskingMetric metric, FloatArray words) {
    checkArgument(
        words.shape().equals(tokens.shape()),
        "the attributions must be of shape %s, one number a word, found %s",
        tokens.shape(),
        words.shape());
    int outputs = model.model().outputs();
    FloatArray scores = FloatArray.zeros(tokens.rows(), fractions.length());
    for (int f = 0; f < fractions.length(); f++) {
      FloatArray masked = masked(words, metric, fractions.get(f));
      float[] logits = Predictor.of(model).logits(masked).values();
      for (int row = 0; row < tokens.rows(); row++) {
        scores.values()[row * fractions.length() + f] =
            (float) metric.score().of(logits, row, outputs, labels[row]);
      }
    }
    ImmutableList.Builder<String> ids = ImmutableList.builder();
    for (int row = 0; row < tokens.rows(); row++) {
      ids.add("text " + row);
    }
    return new MaskingCurve(method, metric, fractions, scores, ids.build());
  }

  /**
   * The texts with some words left.
   *
   * @param words the attributions of words, of shape {@code [texts, steps]}
   * @param metric what stays
   * @param fraction how much of the words of each text stays, in {@code [0, 1]}
   * @return the numbers of words, with blanks in place of the others
   */
  public FloatArray masked(FloatArray words, MaskingMetric metric, double fraction) {
    int steps = tokens.rowSize();
    FloatArray masked = FloatArray.of(tokens.values().clone(), tokens.rows(), steps);
    for (int row = 0; row < tokens.rows(); row++) {
      int length = 0;
      while (length < steps && tokens.values()[row * steps + length] > EmbeddedNetwork.PADDING) {
        length++;
      }
      if (length == 0) {
        continue;
      }
      FloatArray own = FloatArray.zeros(1, length);
      System.arraycopy(words.values(), row * steps, own.values(), 0, length);
      boolean[] stays = MaskedInputs.stays(own, 0, metric, fraction);
      for (int step = 0; step < length; step++) {
        if (!stays[step]) {
          masked.values()[row * steps + step] = EmbeddedNetwork.BLANK;
        }
      }
    }
    return masked;
  }
}
