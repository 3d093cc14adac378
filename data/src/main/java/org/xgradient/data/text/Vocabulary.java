package org.xgradient.data.text;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words that a model knows, by their numbers. The first three numbers are reserved: padding, a
 * blank, and the words that it does not know.
 *
 * @param words the words from number {@value #FIRST_WORD} on, all different
 */
public record Vocabulary(ImmutableList<String> words) {

  /** What fills a text up to the length of the longest. */
  public static final int PADDING = 0;

  /** The place of a word that was taken out. */
  public static final int BLANK = 1;

  /** A word that is not in the vocabulary. */
  public static final int UNKNOWN = 2;

  /** The number of the first word. */
  public static final int FIRST_WORD = 3;

  /**
   * Checks the words.
   *
   * @throws IllegalArgumentException if there is none, or a word is there twice
   */
  public Vocabulary {
    checkArgument(!words.isEmpty(), "a vocabulary must have at least one word, found none");
    index(words);
  }

  private static ImmutableMap<String, Integer> index(ImmutableList<String> words) {
    ImmutableMap.Builder<String, Integer> numbers =
        ImmutableMap.builderWithExpectedSize(words.size());
    for (int i = 0; i < words.size(); i++) {
      numbers.put(words.get(i), FIRST_WORD + i);
    }
    return numbers.buildOrThrow();
  }

  /**
   * Takes the most frequent words of texts; of words as frequent, those that are first by {@link
   * String#compareTo}.
   *
   * @param texts the words of each training text, normalized
   * @param most the most words to take, at least 1
   * @param leastCount how often a word must be there, at least 1
   * @return the vocabulary
   * @throws IllegalArgumentException if a number is less than 1, or no word is so frequent
   */
  public static Vocabulary fit(List<ImmutableList<String>> texts, int most, int leastCount) {
    checkArgument(most >= 1, "the size of the vocabulary must be at least 1, found %s", most);
    checkArgument(leastCount >= 1, "the least count must be at least 1, found %s", leastCount);
    Map<String, Integer> counts = new HashMap<>();
    texts.forEach(text -> text.forEach(word -> counts.merge(word, 1, Integer::sum)));
    ImmutableList<String> chosen =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() >= leastCount)
            .sorted(
                Comparator.comparing((Map.Entry<String, Integer> entry) -> -entry.getValue())
                    .thenComparing(Map.Entry::getKey))
            .limit(most)
            .map(Map.Entry::getKey)
            .collect(ImmutableList.toImmutableList());
    checkArgument(
        !chosen.isEmpty(),
        "the training texts must have a word at least %s times, found none; lower the least count",
        leastCount);
    return new Vocabulary(chosen);
  }

  /** {@return how many numbers there are, the reserved ones among them} */
  public int size() {
    return FIRST_WORD + words.size();
  }

  /** {@return the number of each word} */
  public ImmutableMap<String, Integer> numbers() {
    return index(words);
  }
}
