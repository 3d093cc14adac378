package org.xgradient.data.text;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xgradient.data.FloatArray;

/** How texts become what a network takes: numbers of words, of shape {@code [texts, steps]}. */
public final class TextPreprocessing {

  /** A text of so many words fills a book; a damaged number must not ask for all memory. */
  static final int MOST_STEPS = 1 << 16;

  private final Tokenizer tokenizer;
  private final Vocabulary vocabulary;
  private final int steps;
  private final ImmutableMap<String, Integer> numbers;

  /**
   * Puts the parts together.
   *
   * @param tokenizer what makes words
   * @param vocabulary the words that are known
   * @param steps the number of words that a text is filled up or cut to, in [1, 65536]
   * @throws IllegalArgumentException if {@code steps} is not in that range
   */
  public TextPreprocessing(Tokenizer tokenizer, Vocabulary vocabulary, int steps) {
    checkArgument(
        steps >= 1 && steps <= MOST_STEPS, "steps must be in [1, %s], found %s", MOST_STEPS, steps);
    this.tokenizer = tokenizer;
    this.vocabulary = vocabulary;
    this.steps = steps;
    Map<String, Integer> normalized = new LinkedHashMap<>();
    vocabulary
        .numbers()
        .forEach((word, number) -> normalized.putIfAbsent(tokenizer.normalize(word), number));
    this.numbers = ImmutableMap.copyOf(normalized);
  }

  /**
   * Fits the vocabulary and the number of steps.
   *
   * @param training the training texts, and no others
   * @param tokenizer what makes words
   * @param options how many words, and how long texts may be
   * @return the preprocessing
   * @throws IllegalArgumentException if no word is frequent enough, or no text has a word
   */
  public static TextPreprocessing fit(
      List<String> training, Tokenizer tokenizer, VocabularyOptions options) {
    ImmutableList<ImmutableList<String>> words =
        training.stream()
            .map(
                text ->
                    tokenizer.words(text).stream()
                        .map(tokenizer::normalize)
                        .collect(ImmutableList.toImmutableList()))
            .collect(ImmutableList.toImmutableList());
    int longest = words.stream().mapToInt(List::size).max().orElse(0);
    checkArgument(longest > 0, "the training texts must have words, found none");
    return new TextPreprocessing(
        tokenizer,
        Vocabulary.fit(words, options.mostWords(), options.leastCount()),
        Math.min(longest, options.longestText()));
  }

  /** {@return what makes words} */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** {@return the words that are known} */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** {@return the number of words that a text is filled up or cut to} */
  public int steps() {
    return steps;
  }

  /**
   * {@return the number of a word}
   *
   * @param word the word as it is written
   */
  public int number(String word) {
    return numbers.getOrDefault(tokenizer.normalize(word), Vocabulary.UNKNOWN);
  }

  /**
   * Encodes a text.
   *
   * @param text the text
   * @return its words and their numbers
   */
  public EncodedText encode(String text) {
    ImmutableList<String> all = tokenizer.words(text);
    ImmutableList<String> words = all.subList(0, Math.min(steps, all.size()));
    ImmutableIntArray.Builder found = ImmutableIntArray.builder(words.size());
    words.forEach(word -> found.add(number(word)));
    return new EncodedText(words, found.build(), all.size() - words.size());
  }

  /**
   * Fills texts up.
   *
   * @param texts encoded texts, at least one
   * @return the numbers of words, of shape {@code [texts, steps]}
   */
  public FloatArray tokens(List<EncodedText> texts) {
    FloatArray tokens = FloatArray.zeros(texts.size(), steps);
    for (int row = 0; row < texts.size(); row++) {
      ImmutableIntArray found = texts.get(row).numbers();
      for (int step = 0; step < found.length(); step++) {
        tokens.values()[row * steps + step] = found.get(step);
      }
    }
    return tokens;
  }

  /** {@return this as JSON, with the version of the format} */
  public String toJson() {
    return TextJson.write(this);
  }

  /**
   * Reads what {@link #toJson()} wrote.
   *
   * @param json the JSON text
   * @param file where it was, for messages
   * @return the preprocessing
   * @throws org.xgradient.data.DataException if the text is damaged or of another format version
   */
  public static TextPreprocessing fromJson(String json, String file) {
    return TextJson.read(json, file);
  }
}
