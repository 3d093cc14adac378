package org.xgradient.report;

import java.util.List;
import org.xgradient.report.text.Markup;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.SafeText;

/**
 * Writes coloured texts. Colours are orange and blue, as on other pages, which people who do not
 * see red and green tell apart; beside them raised words are underlined and lowered ones dotted,
 * for print and for those who see no colours.
 */
final class TextBlocks {

  /** Strengths of a colour. */
  private static final int LEVELS = 4;

  /** What a page has without a script; with one it has all, some at a time. */
  private static final int WITHOUT_SCRIPT = 100;

  private TextBlocks() {}

  static void texts(Markup out, List<ColouredText> texts) {
    legend(out);
    out.open("ol", "class", "coloured-texts", "id", "coloured-texts");
    texts.stream().limit(WITHOUT_SCRIPT).forEach(text -> text(out, text));
    out.close().newline();
    if (texts.size() > WITHOUT_SCRIPT) {
      out.open("noscript")
          .element(
              "p",
              "The first %s of %s texts; with scripts the page shows them all."
                  .formatted(WITHOUT_SCRIPT, Numbers.count(texts.size())),
              "class",
              "status")
          .close();
    }
  }

  /**
   * A text as the script reads it.
   *
   * @param levels how strongly each word is coloured, from -4 to 4
   * @param values the number of each word
   * @param strength the largest absolute number
   */
  record Data(
      String heading,
      List<String> words,
      List<Integer> levels,
      List<String> values,
      String sum,
      boolean marked,
      double strength) {

    static Data of(ColouredText text) {
      double largest = text.largest();
      return new Data(
          text.heading(),
          text.words().stream().map(word -> SafeText.of(word.word())).toList(),
          text.words().stream().map(word -> level(word.value(), largest)).toList(),
          text.words().stream().map(word -> signed(word.value())).toList(),
          text.sum(),
          text.marked(),
          largest);
    }
  }

  private static void legend(Markup out) {
    out.open("p", "class", "legend").text("Lowers ");
    for (int level = -LEVELS; level <= LEVELS; level++) {
      out.element(
          "span", level == 0 ? "none" : Integer.toString(Math.abs(level)), "class", style(level));
      out.text(" ");
    }
    out.text("raises. 4 is at least three quarters of the strongest word of the text.");
    out.close().newline();
  }

  private static void text(Markup out, ColouredText text) {
    double largest = text.largest();
    out.open("li", "class", text.marked() ? "coloured marked" : "coloured");
    HtmlBlocks.text(out, "p", text.heading(), "class", "heading");
    out.open("p", "class", "words", "dir", "auto");
    for (ColouredText.Word word : text.words()) {
      out.element(
          "span",
          SafeText.of(word.word()),
          "class",
          style(level(word.value(), largest)),
          "title",
          signed(word.value()),
          "data-value",
          signed(word.value()));
      out.text(" ");
    }
    out.close();
    HtmlBlocks.text(out, "p", text.sum(), "class", "sum");
    out.close().newline();
  }

  /** From -4 to 4: the share of the strongest word, rounded up from a twentieth on. */
  private static int level(double value, double largest) {
    double share = largest == 0 ? 0 : Math.abs(value) / largest;
    int level = share < 0.05 ? 0 : Math.min(LEVELS, (int) Math.floor(share * LEVELS) + 1);
    return value < 0 ? -level : level;
  }

  private static String style(int level) {
    return level == 0 ? "w" : (level > 0 ? "w up" : "w down") + Math.abs(level);
  }

  private static String signed(double value) {
    String number = Numbers.significant(value, 3);
    return value > 0 ? "+" + number : number;
  }
}
