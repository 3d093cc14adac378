package org.xgradient.data.text;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;

/**
 * A text as a model sees it.
 *
 * @param words its words as they are written, those that the model has places for
 * @param numbers the number of each of these words in the vocabulary
 * @param leftOut how many words behind them the model has no places for
 */
public record EncodedText(ImmutableList<String> words, ImmutableIntArray numbers, int leftOut) {

  /** {@return how many of the words are not in the vocabulary} */
  public int unknown() {
    return (int) numbers.stream().filter(number -> number == Vocabulary.UNKNOWN).count();
  }
}
