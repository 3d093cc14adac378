package org.xgradient.data.text;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How large a vocabulary may get, and how long texts.
 *
 * @param mostWords the most words to know, at least 1
 * @param leastCount how often a word must be in the training texts, at least 1
 * @param longestText the most words of a text that count, in [1, 65536]; what is behind them is
 *     left out
 */
public record VocabularyOptions(int mostWords, int leastCount, int longestText) {

  private static final VocabularyOptions DEFAULTS = new VocabularyOptions(20_000, 2, 100);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is less than 1, or {@code longestText} is larger
   */
  public VocabularyOptions {
    checkArgument(
        mostWords >= 1, "the size of the vocabulary must be at least 1, found %s", mostWords);
    checkArgument(leastCount >= 1, "the least count must be at least 1, found %s", leastCount);
    checkArgument(
        longestText >= 1 && longestText <= TextPreprocessing.MOST_STEPS,
        "the longest text must have 1 to %s words, found %s",
        TextPreprocessing.MOST_STEPS,
        longestText);
  }

  /** {@return 20,000 words that are there at least twice, texts of up to 100 words} */
  public static VocabularyOptions withDefaults() {
    return DEFAULTS;
  }
}
