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
                "Sizes and times are on logarithmic axes, memory is from 0. A slope of 1 is growth in"
                    + " proportion, one of 0 is none; it is between the last two sizes, for at the"
                    + " beginning it is the start that counts. Times are medians.")
            .table(table());
    for (GrowthLine line : lines) {
      List<LineChart> charts = new ArrayList<>();
      String slopes = "Slope of the time at the end: %s".formatted(slope(line.slopeOfTime()));
      charts.add(chart(line, Axis.logarithmic("seconds"), line.seconds()));
      if (hasMemory(line)) {
        Axis megabytes = Axis.linear("peak of resident memory, MB").including(0);
        charts.add(chart(line, megabytes, line.megabytes()));
        slopes += ", of the memory: %s".formatted(slope(line.slopeOfMemory()));
      }
      page.section(line.work()).figures(charts, slopes + ".");
    }
    page.write(file);
  }

  private static boolean hasMemory(GrowthLine line) {
    return !line.megabytes().isEmpty();
  }

  private static LineChart chart(GrowthLine line, Axis quantity, ImmutableDoubleArray values) {
    double[] sizes = line.sizes().toArray();
    return LineChart.of(
        "%s by %s".formatted(quantity.label(), line.size()),
        Axis.logarithmic(line.size()).withTicks(sizes),
        quantity,
        List.of(Series.of(quantity.label(), sizes, values.toArray())));
  }

  /** {@return the table as text} */
  String text() {
    return TextTable.plain(table());
  }

  private ReportTable table() {
    var table =
        ReportTable.titled("How cost grows")
            .text("work", "what grows")
            .number(
                "from",
                "to",
                "seconds",
                "seconds at the end",
                "slope",
                "MB",
                "MB at the end",
                "slope of MB");
    for (GrowthLine line : lines) {
      boolean memory = hasMemory(line);
      table.row(
          line.work(),
          line.size(),
          whole(first(line.sizes())),
          whole(last(line.sizes())),
          threeDigits(first(line.seconds())),
          threeDigits(last(line.seconds())),
          slope(line.slopeOfTime()),
          memory ? whole(first(line.megabytes())) : "-",
          memory ? whole(last(line.megabytes())) : "-",
          memory ? slope(line.slopeOfMemory()) : "-");
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

  private static String threeDigits(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  private static String slope(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
