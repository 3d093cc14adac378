package org.xgradient.data.text;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Makes words of a text.
 *
 * @param kind where words begin and end
 * @param language the language, by whose rules words end and are put into lower case
 * @param lowerCase whether upper and lower case are one
 */
public record Tokenizer(Kind kind, Locale language, boolean lowerCase) {

  /** Where words begin and end. */
  public enum Kind {
    /**
     * By the rules of Unicode for the language, as the JDK's {@link BreakIterator} knows them.
     * Punctuation is a word of its own.
     */
    WORDS,
    /** At white space: for texts whose words were separated before. */
    WHITESPACE,
    /**
     * Each character as a reader sees it is a word, with its accents: for languages that are
     * written without spaces, such as Chinese, Japanese and Thai.
     */
    CHARACTERS;

    /** {@return the name on the command line} */
    @Override
    public String toString() {
      return Ascii.toLowerCase(name());
    }
  }

  /** {@return words by the rules of Unicode, in lower case, of no language in particular} */
  public static Tokenizer withDefaults() {
    return new Tokenizer(Kind.WORDS, Locale.ROOT, true);
  }

  /**
   * The words of a text as they are written there; {@link #normalize} makes those of a vocabulary
   * of them.
   *
   * @param text the text
   * @return its words, in order, without white space
   */
  public ImmutableList<String> words(String text) {
    ImmutableList.Builder<String> words = ImmutableList.builder();
    if (kind == Kind.WHITESPACE) {
      for (String word : text.strip().split("\\s+", -1)) {
        if (!word.isEmpty()) {
          words.add(word);
        }
      }
      return words.build();
    }
    BreakIterator breaks =
        kind == Kind.CHARACTERS
            ? BreakIterator.getCharacterInstance(language)
            : BreakIterator.getWordInstance(language);
    breaks.setText(text);
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      String word = text.substring(start, end);
      if (!word.isBlank()) {
        words.add(word);
      }
      start = end;
    }
    return words.build();
  }

  /**
   * {@return a word as a vocabulary has it}
   *
   * @param word the word as it was written
   */
  public String normalize(String word) {
    // An accent may be a character of its own, or one with its letter.
    String composed = Normalizer.normalize(word, Normalizer.Form.NFC);
    return lowerCase ? composed.toLowerCase(language) : composed;
  }
}
