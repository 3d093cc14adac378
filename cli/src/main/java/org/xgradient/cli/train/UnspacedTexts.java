package org.xgradient.cli.train;

import com.google.common.collect.ImmutableSet;
import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Locale;
import org.xgradient.data.text.Tokenizer;

/**
 * Tells of texts that are written without spaces, whose clauses would be taken for words. The JDK
 * has no dictionary of Chinese, and one of Thai only where it is asked for.
 */
final class UnspacedTexts {

  private static final ImmutableSet<UnicodeScript> SHORT =
      ImmutableSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA);

  /** Idioms of Chinese have four. */
  private static final int MOST_SHORT = 5;

  private static final ImmutableSet<UnicodeScript> LONG =
      ImmutableSet.of(
          UnicodeScript.THAI, UnicodeScript.LAO, UnicodeScript.KHMER, UnicodeScript.MYANMAR);

  /** Letters and the signs above and below them. */
  private static final int MOST_LONG = 20;

  private UnspacedTexts() {}

  /** Warns on the standard error stream if half of the texts or more have such a clause. */
  static void tell(List<String> texts, Tokenizer tokenizer) {
    if (tokenizer.kind() == Tokenizer.Kind.CHARACTERS) {
      return;
    }
    long found =
        texts.stream()
            .filter(text -> tokenizer.words(text).stream().anyMatch(UnspacedTexts::isClause))
            .count();
    if (found > 0 && 2 * found >= texts.size()) {
      System.err.printf(
          Locale.ROOT,
          "warning: %d of %d texts have clauses without spaces, each of which is one word now; take"
              + " --tokens characters, or separate the words and take --tokens whitespace%n",
          found,
          texts.size());
    }
  }

  private static boolean isClause(String word) {
    return count(word, SHORT) > MOST_SHORT || count(word, LONG) > MOST_LONG;
  }

  private static long count(String word, ImmutableSet<UnicodeScript> scripts) {
    return word.codePoints().filter(sign -> scripts.contains(UnicodeScript.of(sign))).count();
  }
}
