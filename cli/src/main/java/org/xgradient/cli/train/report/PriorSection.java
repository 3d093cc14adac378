package org.xgradient.cli.train.report;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.xgradient.data.Task;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.chart.Axis;
import org.xgradient.report.chart.LineChart;
import org.xgradient.report.chart.Series;
import org.xgradient.report.text.ReportTable;
import org.xgradient.report.text.Sentences;
import org.xgradient.training.LambdaPath;
import org.xgradient.training.LambdaPoint;
import org.xgradient.training.PriorReport;

/** What became of a prior: over its weights, and what it promised. */
final class PriorSection {

  private PriorSection() {}

  /**
   * Adds the section.
   *
   * @param prior what became of it
   * @param tables its tables, as they are printed
   * @param metric the name of the usual metric
   * @param masked the columns that it keeps the model from, perhaps none
   */
  static void addTo(
      HtmlPage page,
      PriorOutcome prior,
      ImmutableList<ReportTable> tables,
      String metric,
      List<String> masked) {
    page.section("What the prior did");
    prior.path().ifPresent(path -> charts(page, path, prior.inUse(), metric));
    prior
        .report()
        .map(PriorReport::broken)
        .ifPresent(
            broken ->
                broken.forEach(
                    sentence ->
                        page.warning("A promise is not kept", Sentences.begin(sentence) + ".")));
    tables.forEach(page::table);
    if (!masked.isEmpty()) {
      page.paragraph(
          "Whether it depends on what is masked is what the swap says. What %s still adds below is"
                  .formatted(String.join(", ", masked))
              + " counted from a baseline that no row has: where a swap changes nothing, that is"
              + " the same for all that a row could have there.");
    }
  }

  private static void charts(
      HtmlPage page, LambdaPath path, ImmutableList<Integer> inUse, String metric) {
    if (path.points().stream().noneMatch(point -> point.lambda() > 0)) {
      return;
    }
    List<LineChart> charts = new ArrayList<>();
    charts.add(chart("What the model is worth", metric, path, LambdaPoint::metric));
    if (path.best().swap().isPresent()) {
      charts.add(
          chart(
              "What a swap of the masked columns changes",
              path.best().swap().get().task() == Task.REGRESSION
                  ? "mean change, % of the label's deviation"
                  : "decisions changed, %",
              path,
              point -> point.swap().map(swap -> 100 * swap.changed()).orElse(Double.NaN)));
    } else {
      charts.add(
          chart("What the prior asks for", "penalty", path, point -> point.penalties().get(0)));
      if (!inUse.isEmpty()) {
        charts.add(
            chart(
                "Columns in use",
                PathTable.IN_USE,
                path,
                point -> inUse.get(path.points().indexOf(point))));
      }
    }
    page.figures(
        charts,
        "On the validation rows, over the weight of the prior. The dashed lines: without the prior,"
            + " and the weight that was taken.");
  }

  private static LineChart chart(
      String title, String quantity, LambdaPath path, ToDoubleFunction<LambdaPoint> value) {
    List<LambdaPoint> weighted = path.points().stream().filter(p -> p.lambda() > 0).toList();
    double[] x = weighted.stream().mapToDouble(LambdaPoint::lambda).toArray();
    double[] y = weighted.stream().mapToDouble(value).toArray();
    LineChart chart =
        LineChart.of(
            title,
            Axis.logarithmic("weight of the prior, lambda"),
            Axis.linear(quantity),
            List.of(Series.of("with the prior", x, y)));
    double without = value.applyAsDouble(path.without());
    if (Doubles.isFinite(without) && path.without().lambda() == 0) {
      chart = chart.withReference("without", without);
    }
    return (path.best().lambda() > 0 ? chart.withMark("taken", path.best().lambda()) : chart)
        .small();
  }
}
