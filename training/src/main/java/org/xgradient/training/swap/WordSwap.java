package org.xgradient.training.swap;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.embedding.EmbeddedNetwork;

/**
 * Texts in which each word of a list is replaced by another of the list or a blank, each as likely
 * as the others.
 *
 * @param rows the numbers of the words, of shape {@code [texts, steps]}
 * @param words the numbers of the words of the list
 */
record WordSwap(FloatArray rows, ImmutableIntArray words) implements Replacement {

  @Override
  public FloatArray draw(long seed) {
    DataRandom random = new DataRandom(seed);
    float[] swapped = Arrays.copyOf(rows.values(), rows.size());
    for (int i = 0; i < swapped.length; i++) {
      int place = words.indexOf((int) swapped[i]);
      if (place >= 0) {
        // Of the list and a blank behind it, all but the word itself.
        int drawn = random.nextInt(words.length());
        int other = drawn < place ? drawn : drawn + 1;
        swapped[i] = other < words.length() ? words.get(other) : EmbeddedNetwork.BLANK;
      }
    }
    return FloatArray.of(swapped, rows.shape().toArray());
  }
}
