package org.xgradient.cli.train;

import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.xgradient.cli.option.ConsoleProgress;
import org.xgradient.data.text.LineForm;
import org.xgradient.data.text.TextPreprocessing;
import org.xgradient.data.text.TextReader;
import org.xgradient.data.text.Vocabulary;

/**
 * The words of texts that must not count, as they are named on the command line.
 *
 * @param named words, and between slashes regular expressions that words of a kind match, which may
 *     have been split at their commas
 * @param file a list of words, one a line
 */
record WordsToMask(List<String> named, Optional<Path> file) {

  /** What stands around a regular expression. */
  private static final String KIND = "/";

  /**
   * {@return the numbers of the words; perhaps none}
   *
   * @throws IllegalArgumentException if a word is not in the vocabulary, no word is of a kind, or
   *     an expression is none
   */
  ImmutableIntArray numbers(TextPreprocessing preprocessing) {
    // A word may be named, and be of a kind that is.
    Set<Integer> numbers = new LinkedHashSet<>();
    List<String> unknown = new ArrayList<>();
    for (String word : wordsAndKinds()) {
      if (isKind(word)) {
        addKind(numbers, word.substring(1, word.length() - 1), preprocessing);
        continue;
      }
      int number = preprocessing.number(word);
      if (number == Vocabulary.UNKNOWN) {
        unknown.add(word);
      } else {
        numbers.add(number);
      }
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "--mask must name words of the vocabulary, found \"%s\", not in enough training texts; a longer list may be given in a file, with %s"
              .formatted(String.join("\", \"", unknown), ObjectiveOptions.MASK_WORDS));
    }
    file.ifPresent(listed -> numbers.addAll(listed(listed, preprocessing)));
    return ImmutableIntArray.copyOf(numbers);
  }

  /** A comma between the slashes of a kind is none between words. */
  private List<String> wordsAndKinds() {
    List<String> whole = new ArrayList<>();
    for (String part : named) {
      String last = whole.isEmpty() ? "" : whole.get(whole.size() - 1);
      if (last.startsWith(KIND) && !isKind(last)) {
        whole.set(whole.size() - 1, last + "," + part);
      } else {
        whole.add(part);
      }
    }
    return whole;
  }

  private static boolean isKind(String word) {
    return word.length() > 2 && word.startsWith(KIND) && word.endsWith(KIND);
  }

  private static Set<Integer> listed(Path file, TextPreprocessing preprocessing) {
    List<String> words =
        TextReader.withDefaults().withForm(LineForm.NONE).readLines(file).texts().stream()
            .map(String::strip)
            .toList();
    Set<Integer> numbers =
        words.stream()
            .map(preprocessing::number)
            .filter(number -> number != Vocabulary.UNKNOWN)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (numbers.isEmpty()) {
      throw new IllegalArgumentException(
          "%s must have words of the vocabulary, one a line, found none in %s; the training texts have none of them often enough"
              .formatted(ObjectiveOptions.MASK_WORDS, file));
    }
    ConsoleProgress.note(
        "%s: %s of %s words are in the vocabulary",
        ObjectiveOptions.MASK_WORDS, numbers.size(), words.size());
    return numbers;
  }

  private static void addKind(
      Set<Integer> numbers, String expression, TextPreprocessing preprocessing) {
    Predicate<String> kind;
    try {
      kind = Pattern.compile(expression).asMatchPredicate();
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "--mask must be a regular expression between slashes, found /%s/: %s"
              .formatted(expression, e.getDescription()),
          e);
    }
    List<String> words = preprocessing.vocabulary().words().stream().filter(kind).toList();
    if (words.isEmpty()) {
      throw new IllegalArgumentException(
          "--mask must match words of the vocabulary, found /%s/, which matches none"
              .formatted(expression));
    }
    words.forEach(word -> numbers.add(preprocessing.number(word)));
  }
}
