package org.xgradient.benchmarks.growth;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.chart.Axis;
import org.xgradient.report.chart.LineChart;
import org.xgradient.report.chart.Series;
import org.xgradient.report.text.ReportTable;
import org.xgradient.report.text.TextTable;

/** Shows how costs grow. */
record GrowthPage(ImmutableList<GrowthLine> lines) {

  /** Writes a page with a chart for each. */
  void write(Path file) throws IOException {
    HtmlPage page =
        HtmlPage.titled("How cost grows")
            .lead(
                "Both axes are logarithmic. A slope of 1 is growth in proportion; it is that of the last"
                    + " step, for at the beginning it is the start that counts. Times are medians.")
            .table(table());
    for (GrowthLine line : lines) {
      List<LineChart> charts = new ArrayList<>();
      charts.add(chart(line, "seconds", line.seconds()));
      if (!line.megabytes().isEmpty()) {
        charts.add(chart(line, "peak of resident memory, MB", line.megabytes()));
      }
      page.section(line.work())
          .figures(charts, "Slope of the time at the end: %s.".formatted(slope(line)));
    }
    page.write(file);
  }

  private static LineChart chart(GrowthLine line, String quantity, ImmutableDoubleArray values) {
    double[] sizes = line.sizes().toArray();
    return LineChart.of(
        "%s by %s".formatted(quantity, line.size()),
        Axis.logarithmic(line.size()).withTicks(sizes),
        Axis.logarithmic(quantity),
        List.of(Series.of(quantity, sizes, values.toArray())));
  }

  /** {@return the table as text} */
  String text() {
    return TextTable.plain(table());
  }

  private ReportTable table() {
    var table =
        ReportTable.titled("How cost grows")
            .text("work", "what grows")
            .number("from", "to", "seconds", "seconds at the end", "slope", "MB", "MB at the end");
    for (GrowthLine line : lines) {
      boolean memory = !line.megabytes().isEmpty();
      table.row(
          line.work(),
          line.size(),
          whole(first(line.sizes())),
          whole(last(line.sizes())),
          digits(first(line.seconds())),
          digits(last(line.seconds())),
          slope(line),
          memory ? whole(first(line.megabytes())) : "-",
          memory ? whole(last(line.megabytes())) : "-");
    }
    return table.build();
  }

  private static double first(ImmutableDoubleArray values) {
    return values.get(0);
  }

  private static double last(ImmutableDoubleArray values) {
    return values.get(values.length() - 1);
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String digits(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  private static String slope(GrowthLine line) {
    return String.format(Locale.ROOT, "%.2f", line.slope());
  }
}
