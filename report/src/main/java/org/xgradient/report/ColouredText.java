package org.xgradient.report;

import com.google.common.collect.ImmutableList;

/**
 * A text whose words are coloured by a number each.
 *
 * @param heading what stands above it
 * @param words its words, in order
 * @param sum what the numbers add up to, in words
 * @param marked whether it stands out, such as a wrong prediction
 */
public record ColouredText(String heading, ImmutableList<Word> words, String sum, boolean marked) {

  /**
   * A word.
   *
   * @param word the word
   * @param value its number, finite
   */
  public record Word(String word, double value) {}

  /** {@return the largest absolute number; 0 if there is none} */
  double largest() {
    return words.stream().mapToDouble(word -> Math.abs(word.value())).max().orElse(0);
  }
}
