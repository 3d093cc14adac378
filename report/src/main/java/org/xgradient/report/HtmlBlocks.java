package org.xgradient.report;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import org.xgradient.report.chart.Chart;
import org.xgradient.report.text.Markup;
import org.xgradient.report.text.ReportTable;

/** Writes the parts of an {@link HtmlPage}. */
final class HtmlBlocks {

  /** Up to this many pixels a picture is enlarged without smoothing, so that each pixel is seen. */
  private static final int SMALL_IMAGE = 96;

  private HtmlBlocks() {}

  /** An element that holds a text, whose isolated parts get elements of their own. */
  static void text(Markup out, String element, String text, String... attributes) {
    out.open(element, attributes);
    IsolatedParts.write(out, text);
    out.close();
  }

  /** An element that holds a name, which may be of others. */
  static void name(Markup out, String element, String name, String... attributes) {
    out.open(element, attributes);
    if (!name.isEmpty()) {
      out.open("bdi");
      IsolatedParts.write(out, name);
      out.close();
    }
    out.close();
  }

  static void bullets(Markup out, List<String> points, String style) {
    out.open("ul", "class", style);
    points.forEach(point -> text(out, "li", point));
    out.close().newline();
  }

  static void definitions(Markup out, Map<String, String> definitions) {
    out.open("dl");
    definitions.forEach(
        (name, text) -> {
          out.open("div");
          name(out, "dt", name);
          name(out, "dd", text);
          out.close().newline();
        });
    out.close().newline();
  }

  static void keyFigures(Markup out, Map<String, String> figures) {
    out.open("div", "class", "key-figures");
    figures.forEach(
        (name, value) -> {
          out.open("div", "class", "key-figure");
          name(out, "span", value, "class", "value");
          out.text(" ");
          name(out, "span", name, "class", "name");
          out.close().newline();
        });
    out.close().newline();
  }

  static void table(Markup out, ReportTable table) {
    scroll(out, table.caption().isEmpty() ? "table" : table.caption());
    out.open("table");
    if (!table.caption().isEmpty()) {
      text(out, "caption", table.caption());
    }
    out.open("thead").open("tr");
    for (ReportTable.Column column : table.columns()) {
      name(out, "th", column.name(), "scope", "col", "class", style(column));
    }
    out.close().close().newline().open("tbody");
    for (int i = 0; i < table.rows().size(); i++) {
      out.open("tr", "class", table.emphasized().contains(i) ? "emphasized" : "plain");
      cells(out, table.columns(), table.rows().get(i));
      out.close().newline();
    }
    out.close().close().close().newline();
    if (!table.footnotes().isEmpty()) {
      bullets(out, table.footnotes(), "footnotes");
    }
  }

  /** What is too wide scrolls, also by the keyboard. */
  private static void scroll(Markup out, String label) {
    out.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", label);
  }

  static void figure(Markup out, List<? extends Chart> charts, String caption) {
    out.open("figure");
    if (charts.size() == 1) {
      chart(out, charts.get(0));
    } else {
      out.open("div", "class", "side-by-side");
      charts.forEach(chart -> out.raw(chart.svg()).newline());
      out.close();
    }
    text(out, "figcaption", caption);
    out.close().newline();
  }

  /** Twice if it is wide: the style shows the one that has room, and hides the other wholly. */
  private static void chart(Markup out, Chart chart) {
    String wide = chart.svg();
    String narrow = chart.svg(Chart.NARROW);
    if (narrow.equals(wide)) {
      out.raw(wide).newline();
      return;
    }
    out.open("div", "class", "wide").raw(wide).close().newline();
    out.open("div", "class", "narrow").raw(narrow).close().newline();
  }

  static void images(Markup out, ImageGrid grid, String caption) {
    boolean above = grid.rows().stream().anyMatch(row -> row.label().contains("\n"));
    boolean before = !above && grid.rows().stream().anyMatch(row -> !row.label().isEmpty());
    out.open("figure");
    scroll(out, "pictures");
    out.open("table", "class", above ? "images labels-above" : "images").open("thead").open("tr");
    if (before) {
      out.element("td", "");
    }
    grid.columns().forEach(column -> name(out, "th", column, "scope", "col"));
    out.close().close().newline().open("tbody");
    for (ImageGrid.Row row : grid.rows()) {
      out.open("tr");
      if (above) {
        String width = Integer.toString(grid.columns().size());
        text(out, "th", row.label(), "colspan", width);
        out.close().open("tr");
      } else if (before) {
        text(out, "th", row.label(), "scope", "row");
      }
      row.images().forEach(image -> image(out, image));
      out.close().newline();
    }
    out.close().close().close();
    text(out, "figcaption", caption);
    out.close().newline();
  }

  static void callout(Markup out, String kind, String heading, String text) {
    out.open("div", "class", "callout " + kind, "role", "note");
    text(out, "p", heading, "class", "heading");
    text(out, "p", text);
    out.close().newline();
  }

  private static void image(Markup out, PngImage image) {
    boolean small = Math.max(image.width(), image.height()) <= SMALL_IMAGE;
    out.open("td");
    out.empty(
        "img",
        "src",
        image.dataUri(),
        "alt",
        image.title(),
        "title",
        image.title(),
        "width",
        Integer.toString(image.width()),
        "height",
        Integer.toString(image.height()),
        "class",
        small ? "small" : "large");
    if (!image.caption().isEmpty()) {
      name(out, "p", image.caption());
    }
    out.close();
  }

  private static void cells(
      Markup out, ImmutableList<ReportTable.Column> columns, List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      if (columns.get(i).numeric()) {
        text(out, "td", cells.get(i), "class", style(columns.get(i)));
      } else {
        name(out, "td", cells.get(i), "class", style(columns.get(i)));
      }
    }
  }

  private static String style(ReportTable.Column column) {
    return column.numeric() ? "number" : "text";
  }
}
