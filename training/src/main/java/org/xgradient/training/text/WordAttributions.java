package org.xgradient.training.text;

import java.util.Optional;
import org.xgradient.attribution.Attributions;
import org.xgradient.data.FloatArray;

/**
 * Attributions of embeddings summed for each word.
 *
 * @param values what each word adds to the explained output, of shape {@code [texts, steps]}; zero
 *     for padding
 * @param explained the explained output of each text, of shape {@code [texts]}
 * @param baseline the explained output of the text of blanks, of shape {@code [texts]}; empty for a
 *     method that is not complete
 */
public record WordAttributions(
    FloatArray values, FloatArray explained, Optional<FloatArray> baseline) {

  /**
   * Sums over the numbers of each embedding.
   *
   * @param attributions those of embeddings, of shape {@code [texts, steps, dimension]}
   * @return those of words
   */
  public static WordAttributions of(Attributions attributions) {
    return new WordAttributions(
        attributions.values().sumOverLast(),
        attributions.explained(),
        attributions.baselineOutput());
  }
}
