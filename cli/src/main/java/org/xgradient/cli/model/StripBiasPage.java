package org.xgradient.cli.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xgradient.cli.page.ShownFacts;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.graph.homogeneity.StrippedModel;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.chart.Axis;
import org.xgradient.report.chart.ScatterChart;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.SafeText;

/**
 * The page beside a model whose biases were removed.
 *
 * @param stripped the model without them
 * @param outputs what its outputs are called
 * @param classes whether its outputs decide for a class
 * @param standardized whether it is of a table and ours, with features that are standardised
 * @param data the name of the file with the rows on which the change was measured; empty for normal
 *     random numbers
 * @param before the outputs for these rows, with the biases, in their own units
 * @param after those without
 * @param provenance where the model came from
 */
record StripBiasPage(
    StrippedModel stripped,
    ImmutableList<String> outputs,
    boolean classes,
    boolean standardized,
    Optional<String> data,
    FloatArray before,
    FloatArray after,
    Provenance provenance) {

  /** Fewer equal decisions than that are worth a warning. */
  private static final double SAME_DECISIONS = 0.95;

  private static final int MOST_OUTPUTS = 4;

  HtmlPage page() {
    var change = stripped.change();
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
            + (classes || !standardized ? ")" : ", in standard deviations of the label)"),
        Numbers.significant(change.difference(), 3)
            + " beside "
            + Numbers.significant(change.before(), 3));
    page.keyFigures(figures.buildOrThrow()).section("What changed");
    if (classes && change.sameDecision() < SAME_DECISIONS) {
      page.warning(
          "Only %s of the decisions stay".formatted(Numbers.percent(change.sameDecision())),
          standardized
              ? "Train the model some more without its biases before it is used, or from the start"
                  + " (train without --bias)."
              : "Train the model some more without its biases before it is used (train --model).");
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
    page.section("What was removed").table(StripBiasCommand.removed(stripped));
    return page.section("Limits, and where this comes from")
        .bullets(
            standardized
                ? ImmutableList.of(
                    "The output for a row of zeros, which is the average row without any level, is 0"
                        + " now, whatever it was.",
                    "Biases of the preprocessing stay: numbers are still standardised.")
                : ImmutableList.of("The output for inputs of zeros is 0 now, whatever it was."))
        .definitions(ShownFacts.of(provenance));
  }

  private List<ScatterChart> charts() {
    return IntStream.range(0, Math.min(MOST_OUTPUTS, before.rowSize()))
        .mapToObj(
            output ->
                ScatterChart.of(
                        outputs.get(output),
                        Axis.linear("before"),
                        Axis.linear("after"),
                        column(before, output),
                        column(after, output))
                    .withDiagonal()
                    .small())
        .toList();
  }

  private static double[] column(FloatArray values, int output) {
    return IntStream.range(0, values.rows())
        .mapToDouble(row -> values.values()[row * values.rowSize() + output])
        .toArray();
  }
}
