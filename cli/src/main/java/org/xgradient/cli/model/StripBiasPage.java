package org.xgradient.cli.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xgradient.cli.page.ShownFacts;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.data.Task;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.graph.homogeneity.StrippedModel;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.chart.Axis;
import org.xgradient.report.chart.ScatterChart;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.report.text.SafeText;

/**
 * The page beside a model of a table whose biases were removed.
 *
 * @param stripped the model without them
 * @param labels what its outputs mean
 * @param data the name of the file with the rows on which the change was measured; empty for normal
 *     random numbers
 * @param before the outputs for these rows, with the biases
 * @param after those without
 * @param provenance where the model came from
 */
record StripBiasPage(
    StrippedModel stripped,
    LabelEncoding labels,
    Optional<String> data,
    FloatArray before,
    FloatArray after,
    Provenance provenance) {

  /** Fewer equal decisions than that are worth a warning. */
  private static final double SAME_DECISIONS = 0.95;

  private static final int MOST_OUTPUTS = 4;

  HtmlPage page() {
    var change = stripped.change();
    boolean classes = labels.task() != Task.REGRESSION;
    HtmlPage page =
        HtmlPage.titled("What became of the model without its biases")
            .lead(
                "Every constant that the network added is gone, so that its outputs scale with its"
                    + " inputs and one gradient explains them exactly. It is another function now.");
    ImmutableMap.Builder<String, String> figures = ImmutableMap.builder();
    figures.put("constants removed", Numbers.count(stripped.removed().size()));
    if (classes) {
      figures.put("of the decisions stay", Numbers.percent(change.sameDecision()));
    }
    figures.put(
        "change of the outputs, beside their size (root mean square"
            + (classes ? ")" : ", in standard deviations of the label)"),
        Numbers.significant(change.difference(), 3)
            + " beside "
            + Numbers.significant(change.before(), 3));
    page.keyFigures(figures.buildOrThrow()).section("What changed");
    if (classes && change.sameDecision() < SAME_DECISIONS) {
      page.warning(
          "Only %s of the decisions stay".formatted(Numbers.percent(change.sameDecision())),
          "Train the model some more without its biases before it is used, or from the start"
              + " (train without --bias).");
    }
    page.paragraph(
        data.map(
                file ->
                    "Measured on %s of %s."
                        .formatted(Numbers.count(before.rows(), "row"), SafeText.isolated(file)))
            .orElse(
                "Measured on %s of standard normal random features, which are not like rows of"
                        .formatted(Numbers.count(before.rows(), "row"))
                    + " yours: give some with --data FILE.csv."));
    page.figures(charts(), "A point for each row; on the dashed line nothing changed.");
    if (stripped.removed().isEmpty()) {
      page.info("There was nothing to remove", "No operation of the network adds a constant.");
    }
    page.section("What was removed").table(removed());
    return page.section("Limits, and where this comes from")
        .bullets(
            ImmutableList.of(
                "The output for a row of zeros, which is the average row without any level, is 0"
                    + " now, whatever it was.",
                "Biases of the preprocessing stay: numbers are still standardised."))
        .definitions(ShownFacts.of(provenance));
  }

  private List<ScatterChart> charts() {
    int outputs = before.rowSize();
    return IntStream.range(0, Math.min(MOST_OUTPUTS, outputs))
        .mapToObj(
            output ->
                ScatterChart.of(
                        name(output),
                        Axis.linear("before"),
                        Axis.linear("after"),
                        column(before, output),
                        column(after, output))
                    .withDiagonal()
                    .small())
        .toList();
  }

  private String name(int output) {
    return switch (labels.task()) {
      case REGRESSION -> labels.column();
      case BINARY -> "Log-odds of " + labels.classes().get(1);
      case MULTICLASS -> "Logit of " + labels.classes().get(output);
    };
  }

  private double[] column(FloatArray values, int output) {
    return IntStream.range(0, values.rows())
        .mapToDouble(row -> values.values()[row * values.rowSize() + output])
        .map(value -> labels.task() == Task.REGRESSION ? labels.restore(value) : value)
        .toArray();
  }

  private ReportTable removed() {
    return StripBiasCommand.removed(stripped);
  }
}
