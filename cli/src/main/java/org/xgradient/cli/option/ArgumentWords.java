package org.xgradient.cli.option;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.xgradient.data.DataException;

/**
 * The words of a file of arguments, as a shell would tell them apart: blanks and ends of lines are
 * between them, unless they stand in quotation marks, which may begin within a word; {@code #}
 * begins a remark. In double ones a backslash stands before a quotation mark or a backslash that is
 * meant as such, and {@code \n} is the end of a line.
 */
public final class ArgumentWords {

  private static final Pattern PLAIN = Pattern.compile("[^\\s\"'\\\\#]+");
  private static final char NONE = 0;
  private static final char LITERAL = '\'';
  private static final char ESCAPING = '"';
  private static final char REMARK = '#';
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final ImmutableList.Builder<String> words = ImmutableList.builder();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;

  private ArgumentWords(Path file) {
    this.file = file;
  }

  /**
   * Takes a text apart.
   *
   * @param file what messages call it
   * @throws DataException if a quotation mark is not closed in its line
   */
  static ImmutableList<String> of(Path file, String text) {
    String unmarked = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    ArgumentWords words = new ArgumentWords(file);
    int number = 0;
    for (String line : unmarked.lines().toList()) {
      number++;
      words.add(line, number);
    }
    return words.words.build();
  }

  private void add(String line, int number) {
    char open = NONE;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (open == ESCAPING && c == '\\' && i + 1 < line.length() && isEscaped(line.charAt(i + 1))) {
        i++;
        word.append(line.charAt(i) == 'n' ? '\n' : line.charAt(i));
      } else if (open != NONE) {
        if (c == open) {
          open = NONE;
        } else {
          word.append(c);
        }
      } else if (c == LITERAL || c == ESCAPING) {
        open = c;
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        end();
      } else if (c == REMARK && !inWord) {
        return;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (open != NONE) {
      throw new DataException(
          "%s, line %d: the quotation mark %s is not closed; close it, or put the whole argument in %s"
              .formatted(file, number, open, open == LITERAL ? "double ones" : "single ones"));
    }
    end();
  }

  private static boolean isEscaped(char c) {
    return c == ESCAPING || c == '\\' || c == 'n';
  }

  private void end() {
    if (inWord) {
      words.add(word.toString());
    }
    word.setLength(0);
    inWord = false;
  }

  /** {@return an argument as such a file has it} */
  public static String quoted(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : ESCAPING
            + argument.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
            + ESCAPING;
  }
}
