package org.xgradient.report.chart;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.xgradient.report.chart.drawing.Point;
import org.xgradient.report.chart.drawing.Surface;
import org.xgradient.report.chart.drawing.TextStyle;

/** The title and the legend of a chart, above the data so that it never covers them. */
final class Header {

  private static final double TITLE_LINE = 20;
  private static final double BELOW_TITLE = 8;
  private static final int MOST_LINES = 3;
  private static final double ROW_HEIGHT = 21;
  private static final double SYMBOL_WIDTH = 30;
  private static final double GAP = 20;

  private final String title;
  private final ImmutableList<String> lines;
  private final ImmutableList<Placed> entries;
  private final double width;
  private final int rows;

  /** Draws what stands for a series, centred at the given place. */
  @FunctionalInterface
  interface Symbol {
    void draw(Surface svg, Point center);
  }

  record Entry(String label, Symbol symbol) {}

  private record Placed(Entry entry, double x, int row) {}

  Header(String title, List<Entry> legend, double width) {
    this.title = title;
    this.lines = TextStyle.TITLE.lines(title, width, MOST_LINES);
    this.width = width;
    ImmutableList.Builder<Placed> placed = ImmutableList.builder();
    double x = 0;
    int row = 0;
    for (Entry entry : legend) {
      double needed = SYMBOL_WIDTH + TextStyle.LABEL.width(entry.label());
      if (x > 0 && x + needed > width) {
        x = 0;
        row++;
      }
      placed.add(new Placed(entry, x, row));
      x += needed + GAP;
    }
    this.entries = placed.build();
    this.rows = legend.isEmpty() ? 0 : row + 1;
  }

  double height() {
    return titleHeight() + rows * ROW_HEIGHT + (rows > 0 ? 4 : 0);
  }

  private double titleHeight() {
    return lines.size() * TITLE_LINE + BELOW_TITLE;
  }

  void draw(Surface svg) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String fitted = TextStyle.TITLE.fit(line, width);
      String tooltip = fitted.equals(line) ? "" : title;
      svg.text(0, 17 + i * TITLE_LINE, fitted, TextStyle.TITLE, tooltip);
    }
    for (Placed placed : entries) {
      double y = titleHeight() + placed.row() * ROW_HEIGHT + ROW_HEIGHT / 2;
      placed.entry().symbol().draw(svg, new Point(placed.x() + SYMBOL_WIDTH / 2 - 3, y));
      svg.fittedText(
          placed.x() + SYMBOL_WIDTH,
          y + 4.5,
          placed.entry().label(),
          TextStyle.LABEL,
          width - placed.x() - SYMBOL_WIDTH);
    }
  }
}
