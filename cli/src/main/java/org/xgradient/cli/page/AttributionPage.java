package org.xgradient.cli.page;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.Gradient;
import org.xgradient.attribution.RandomAttribution;
import org.xgradient.attribution.RrrGradient;
import org.xgradient.attribution.Saliency;
import org.xgradient.attribution.completeness.Completeness;
import org.xgradient.data.Provenance;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.table.AttributedRows;
import org.xgradient.report.table.RowExplorer;
import org.xgradient.report.table.RowTable;
import org.xgradient.report.table.WhatIf;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.SafeText;

/**
 * The page beside the explanations of the rows of a file.
 *
 * @param file the name of the file
 * @param label what is predicted
 * @param quantity what is explained, with its unit
 * @param outputs how many outputs of each row are explained
 * @param method the name of the method
 * @param baseline what rows are compared with, as the end of a sentence; empty if with nothing
 * @param cause why contributions that do not add up do not, with what to do, as sentences; empty if
 *     that is not known
 * @param provenance where the model came from
 */
public record AttributionPage(
    String file,
    String label,
    String quantity,
    int outputs,
    String method,
    String baseline,
    Optional<String> cause,
    Provenance provenance) {

  /** What there is to say where nothing is known of the model. */
  private static final String ANY_CAUSE =
      "They are an approximation that has not converged, or the output jumps on the way from the"
          + " baseline. Take more --steps, --method auto, or another --baseline, such as mean.";

  private static final ImmutableSet<Class<?>> COMPARE_WITH_NOTHING =
      ImmutableSet.of(Gradient.class, Saliency.class, RrrGradient.class, RandomAttribution.class);

  /** Gaps of this share of what there is to explain are worth a warning. */
  private static final double LARGE_GAP = 0.05;

  /**
   * The page.
   *
   * @param sample the rows
   * @param whatIf whether cells may be changed
   */
  public HtmlPage of(RowSample sample, WhatIf whatIf) {
    RowTable table = sample.table(quantity);
    AttributedRows rows = table.rows();
    HtmlPage page =
        HtmlPage.titled("Why the model says so: " + SafeText.isolated(label))
            .lead(
                "%s of %s, each explained by what its cells add to the %s."
                    .formatted(
                        Numbers.count(sample.seen() / outputs, "row"),
                        SafeText.isolated(file),
                        SafeText.isolated(quantity)));
    if (sample.isDrawn()) {
      page.info(
          "%s of %s %s are on this page"
              .formatted(
                  Numbers.count(rows.rows()),
                  Numbers.count(sample.seen()),
                  outputs > 1 ? "explanations" : "rows"),
          "They were drawn at random, each with the same chance; all are in the file beside it.");
    }
    gap(page, rows);
    AttributionSections.addTo(
        page, rows, sample.isDrawn() ? "the rows drawn" : "all rows", baseline);
    page.section("Row by row");
    RowExplorer.addTo(page, table, whatIf);
    limits(page);
    return page;
  }

  private void gap(HtmlPage page, AttributedRows rows) {
    if (rows.starts().isEmpty()) {
      warnOfShares(page);
      return;
    }
    double gap = relativeGap(rows);
    if (gap > LARGE_GAP) {
      page.warning(
          "The contributions miss %s of what there is to explain".formatted(Numbers.percent(gap)),
          "That is the mean over the rows. " + cause.orElse(ANY_CAUSE));
    }
  }

  private void warnOfShares(HtmlPage page) {
    if (isOfReferences(method)) {
      page.warning(
          "These contributions add up on average only",
          "Over many draws Expected Gradients add up to the distance of the output from the mean"
              + " output of the references; of a few draws they do so roughly. Take --method auto"
              + " for those that add up.");
    } else {
      page.warning(
          "These contributions do not add up to the output",
          "Amounts compare within a row, and are no shares of its output, for the method is not"
              + " complete. Take --method auto for those that add up.");
    }
  }

  /**
   * {@return what rows are compared with by a method, as the end of a sentence; empty if it
   * compares them with nothing}
   *
   * @param method the method
   * @param baseline where it starts to count, if it counts from somewhere
   */
  public static String comparedWith(AttributionMethod method, String baseline) {
    if (isOfReferences(method.getClass().getSimpleName())) {
      return "the rows of --references";
    }
    return COMPARE_WITH_NOTHING.contains(method.getClass()) ? "" : baseline;
  }

  private static boolean isOfReferences(String method) {
    return method.equals(ExpectedGradients.class.getSimpleName());
  }

  /** What is missing on average, relative to the mean distance from the baseline, if any is. */
  private static double relativeGap(AttributedRows rows) {
    double gap =
        Completeness.of(rows.contributions(), rows.ends(), rows.starts().orElseThrow())
            .relativeGap();
    return Double.isInfinite(gap) ? 0 : gap;
  }

  private void limits(HtmlPage page) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("explained by", method);
    facts.putAll(ShownFacts.of(provenance));
    String start = isOfReferences(method) ? "references" : "a baseline";
    ImmutableList.Builder<String> bullets = ImmutableList.builder();
    if (!baseline.isEmpty()) {
      bullets.add(
          "Contributions are compared with %s: %s. %s would give others."
              .formatted(
                  start,
                  baseline,
                  isOfReferences(method) ? "Other references" : "Another baseline"));
    }
    page.section("Limits, and where this comes from")
        .bullets(
            bullets
                .add(
                    "A column that goes with another can have its contribution in its place, or"
                        + " share it: what the model would do without one of them is another"
                        + " question.")
                .add(
                    "Similar rows and changed cells say what the model does, not what would happen"
                        + " in the world if a cell were changed.")
                .build())
        .subsection("The model")
        .definitions(facts);
  }
}
