package org.xgradient.training.objective;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.embedding.EmbeddedNetwork;

/**
 * Words that a model of texts must not depend on. Without them there are blanks in their places.
 *
 * @param words the numbers of the words, at least one
 */
public record MaskedWords(ImmutableIntArray words) implements Masked {

  /**
   * Checks that there is a word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public MaskedWords {
    WordLists.check(words);
  }

  @Override
  public FloatArray without(FloatArray inputs) {
    float[] values = Arrays.copyOf(inputs.values(), inputs.size());
    for (int i = 0; i < values.length; i++) {
      if (words.contains((int) values[i])) {
        values[i] = EmbeddedNetwork.BLANK;
      }
    }
    return FloatArray.of(values, inputs.shape().toArray());
  }
}
