package org.xgradient.cli.text;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.cli.page.ShownFacts;
import org.xgradient.data.Provenance;
import org.xgradient.data.text.LabelledTexts;
import org.xgradient.report.ColouredText;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.report.text.SafeText;

/** The page of explained texts. */
final class TextReport {

  private static final int SHOWN = 10_000;
  private static final int TRIGGERS = 12;
  private static final int LEAST_TEXTS = 3;

  private TextReport() {}

  static HtmlPage of(
      ImmutableList<ExplainedText> explained, LabelledTexts.Unit unit, Provenance provenance) {
    HtmlPage page =
        HtmlPage.titled("Texts, word by word")
            .lead(
                "What each word adds to the logit of a class. Orange and underlined raises it, blue"
                    + " and dotted lowers it; the stronger the colour, the more.")
            .keyFigures(figures(explained));
    if (explained.get(0).baseline().isPresent()) {
      page.paragraph(
          "The contributions of a text and the logit of a text of blanks add up to its logit.");
    } else {
      page.warning(
          "These contributions do not add up to the logit",
          "The method is not complete: amounts compare within a text, and mean no share of its"
              + " logit. Take --method auto for those that do.");
    }
    page.section("The texts");
    if (explained.size() > SHOWN) {
      page.paragraph(
          "The first %s of %s; all are in texts.csv and words.csv."
              .formatted(Numbers.count(SHOWN), Numbers.count(explained.size())));
    }
    List<ExplainedText> shown = explained.subList(0, Math.min(SHOWN, explained.size()));
    page.texts(
        shown.stream().map(text -> coloured(text, unit)).collect(ImmutableList.toImmutableList()),
        measures(shown));
    page.section("Words that trigger a class").table(triggers(explained, TRIGGERS));
    if (explained.get(0).label().isPresent()) {
      page.section("Confusions").table(confusions(explained));
    }
    return page.section("Where this comes from").definitions(ShownFacts.of(provenance));
  }

  /** The few words of each class that add most. */
  static ReportTable summary(ImmutableList<ExplainedText> explained) {
    return triggers(explained, 5);
  }

  private static ImmutableMap<String, String> figures(List<ExplainedText> explained) {
    ImmutableMap.Builder<String, String> figures = ImmutableMap.builder();
    figures.put("texts", Numbers.count(explained.size()));
    if (explained.get(0).label().isPresent()) {
      long right =
          explained.stream().filter(text -> text.label().get().equals(text.predicted())).count();
      figures.put("accuracy", Numbers.significant((double) right / explained.size(), 3));
    }
    explained.stream()
        .flatMapToDouble(text -> text.completenessError().stream())
        .max()
        .ifPresent(gap -> figures.put("largest completeness error", Numbers.significant(gap, 2)));
    return figures.buildOrThrow();
  }

  /** What texts can be sorted by: how sure the model is, and how far words miss their sum. */
  private static ImmutableMap<String, ImmutableDoubleArray> measures(List<ExplainedText> shown) {
    ImmutableMap.Builder<String, ImmutableDoubleArray> measures = ImmutableMap.builder();
    measures.put(
        "probability of the class",
        ImmutableDoubleArray.copyOf(shown.stream().mapToDouble(ExplainedText::probability)));
    if (shown.get(0).baseline().isPresent()) {
      measures.put(
          "completeness error",
          ImmutableDoubleArray.copyOf(
              shown.stream().mapToDouble(text -> text.completenessError().orElse(Double.NaN))));
    }
    return measures.buildOrThrow();
  }

  private static ColouredText coloured(ExplainedText text, LabelledTexts.Unit unit) {
    ImmutableList.Builder<ColouredText.Word> words = ImmutableList.builder();
    for (int i = 0; i < text.words().size(); i++) {
      words.add(new ColouredText.Word(text.words().get(i), text.contributions().get(i)));
    }
    boolean wrong = text.label().filter(label -> !label.equals(text.predicted())).isPresent();
    String heading =
        "%s %d: %s, probability %s%s%s"
            .formatted(
                unit,
                text.line(),
                SafeText.isolated(text.explained()),
                Numbers.significant(text.probability(), 3),
                text.label()
                    .map(
                        label ->
                            (wrong ? "; wrong, label " : "; label ") + SafeText.isolated(label))
                    .orElse(""),
                text.leftOut() == 0
                    ? ""
                    : "; the last %s words are left out".formatted(Numbers.count(text.leftOut())));
    String sum =
        "words %s%s: logit %s"
            .formatted(
                Numbers.significant(text.sum(), 3),
                text.baseline().isPresent()
                    ? ", blanks " + Numbers.significant(text.baseline().getAsDouble(), 3)
                    : "",
                Numbers.significant(text.output(), 3));
    return new ColouredText(heading, words.build(), sum, wrong);
  }

  private static ReportTable triggers(List<ExplainedText> explained, int most) {
    var all = TriggerWord.in(explained, Math.min(LEAST_TEXTS, explained.size()));
    var builder =
        ReportTable.titled("Words that add most to a class, on average where they are")
            .text("class", "word")
            .number("mean contribution", "texts");
    for (String name : names(explained)) {
      all.stream()
          .filter(trigger -> trigger.name().equals(name) && trigger.mean() > 0)
          .limit(most)
          .forEach(
              trigger ->
                  builder.row(
                      name,
                      trigger.word(),
                      Numbers.significant(trigger.mean(), 3),
                      Numbers.count(trigger.texts())));
    }
    return builder
        .footnote(
            "Of the texts of which the class is explained; words that are in at least %d of them."
                .formatted(Math.min(LEAST_TEXTS, explained.size())))
        .build();
  }

  private static ImmutableSortedSet<String> names(List<ExplainedText> explained) {
    return explained.stream()
        .map(ExplainedText::explained)
        .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
  }

  private static ReportTable confusions(List<ExplainedText> explained) {
    ImmutableSortedSet.Builder<String> all = ImmutableSortedSet.naturalOrder();
    explained.forEach(text -> all.add(text.predicted()).add(text.label().orElseThrow()));
    ImmutableList<String> classes = all.build().asList();
    var builder =
        ReportTable.titled("How many texts of each label were predicted as what").text("label");
    builder.number(classes.toArray(String[]::new));
    for (String label : classes) {
      List<String> cells = new ArrayList<>(List.of(label));
      for (String predicted : classes) {
        cells.add(
            Numbers.count(
                explained.stream()
                    .filter(text -> text.label().orElseThrow().equals(label))
                    .filter(text -> text.predicted().equals(predicted))
                    .count()));
      }
      builder.row(cells);
    }
    return builder.build();
  }
}
