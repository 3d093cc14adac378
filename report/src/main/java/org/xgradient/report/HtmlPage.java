package org.xgradient.report;

import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.xgradient.data.AtomicFiles;
import org.xgradient.report.chart.Chart;
import org.xgradient.report.chart.LineChart;
import org.xgradient.report.text.Markup;
import org.xgradient.report.text.ReportTable;

/**
 * Puts a report together as one file that needs no network, no script and no font.
 *
 * <p>What is added appears in order. All texts are plain and are escaped; names in tables and
 * pictures, and parts that {@link org.xgradient.report.text.SafeText#isolated} marks, are isolated,
 * so that a name can't turn the direction of the numbers beside it. The page follows the reader's
 * choice of light or dark, fits a phone and can be printed; it is well-formed XML.
 */
public final class HtmlPage {

  private static final String NO_NETWORK =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

  private final String title;
  private final Markup header = new Markup();
  private final Markup body = new Markup();
  private final List<String> headings = new ArrayList<>();

  private HtmlPage(String title) {
    this.title = title;
  }

  /**
   * Starts a page.
   *
   * @param title what the page is called
   * @return a page without content
   */
  public static HtmlPage titled(String title) {
    return new HtmlPage(title);
  }

  /**
   * Adds a paragraph under the title that says what a reader finds here.
   *
   * @param text the paragraph
   * @return this page
   */
  public HtmlPage lead(String text) {
    HtmlBlocks.text(header, "p", text, "class", "lead");
    return this;
  }

  /**
   * Starts a section, which the table of contents lists. What is added before the first section
   * stands above the contents of all.
   *
   * @param heading the heading
   * @return this page
   */
  public HtmlPage section(String heading) {
    if (!headings.isEmpty()) {
      body.close().newline();
    }
    headings.add(heading);
    body.open("section", "id", id(headings.size()));
    HtmlBlocks.text(body, "h2", heading);
    body.newline();
    return this;
  }

  /**
   * Adds a heading inside the section.
   *
   * @param heading the heading
   * @return this page
   */
  public HtmlPage subsection(String heading) {
    HtmlBlocks.text(body, "h3", heading);
    body.newline();
    return this;
  }

  /**
   * Adds a paragraph.
   *
   * @param text the paragraph
   * @return this page
   */
  public HtmlPage paragraph(String text) {
    HtmlBlocks.text(body, "p", text);
    body.newline();
    return this;
  }

  /**
   * Adds a list of points.
   *
   * @param points the points, at least one
   * @return this page
   */
  public HtmlPage bullets(List<String> points) {
    HtmlBlocks.bullets(body, points, "points");
    return this;
  }

  /**
   * Adds text in which spaces and line ends count, such as a command.
   *
   * @param text the text
   * @return this page
   */
  public HtmlPage code(String text) {
    body.open("pre", "tabindex", "0").element("code", text).close().newline();
    return this;
  }

  /**
   * Adds names with what they stand for, such as the provenance of a run.
   *
   * @param definitions names and texts, in the order of the map
   * @return this page
   */
  public HtmlPage definitions(Map<String, String> definitions) {
    HtmlBlocks.definitions(body, definitions);
    return this;
  }

  /**
   * Adds the few numbers that a reader should remember, large.
   *
   * @param figures what they measure and the numbers, in the order of the map
   * @return this page
   */
  public HtmlPage keyFigures(Map<String, String> figures) {
    HtmlBlocks.keyFigures(body, figures);
    return this;
  }

  /**
   * Adds a table.
   *
   * @param table the table
   * @return this page
   */
  public HtmlPage table(ReportTable table) {
    HtmlBlocks.table(body, table);
    return this;
  }

  /**
   * Adds a chart.
   *
   * @param chart the chart
   * @param caption how to read it
   * @return this page
   */
  public HtmlPage figure(Chart chart, String caption) {
    HtmlBlocks.figure(body, ImmutableList.of(chart), caption);
    return this;
  }

  /**
   * Adds small charts side by side, or below one another where there is no room.
   *
   * @param charts the charts, such as {@link LineChart#small} ones
   * @param caption how to read them
   * @return this page
   */
  public HtmlPage figures(List<? extends Chart> charts, String caption) {
    HtmlBlocks.figure(body, charts, caption);
    return this;
  }

  /**
   * Adds pictures in rows and columns.
   *
   * @param grid the pictures
   * @param caption how to read them
   * @return this page
   */
  public HtmlPage images(ImageGrid grid, String caption) {
    HtmlBlocks.images(body, grid, caption);
    return this;
  }

  /**
   * Adds a box that helps to understand.
   *
   * @param heading what it is about
   * @param text what it says
   * @return this page
   */
  public HtmlPage info(String heading, String text) {
    HtmlBlocks.callout(body, "info", heading, text);
    return this;
  }

  /**
   * Adds a box that warns.
   *
   * @param heading what it is about
   * @param text what it says
   * @return this page
   */
  public HtmlPage warning(String heading, String text) {
    HtmlBlocks.callout(body, "warning", heading, text);
    return this;
  }

  /** {@return the page} */
  public String html() {
    Markup page = new Markup();
    page.raw("<!DOCTYPE html>").newline();
    page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en").newline();
    head(page);
    page.open("body").newline().open("header");
    HtmlBlocks.text(page, "h1", title);
    page.raw(header.toString()).close().newline();
    contents(page);
    page.open("main").newline().raw(body.closedCopy()).close().newline();
    return page.close().newline().close().newline().toString();
  }

  /**
   * Writes the page; an earlier file is replaced only by a whole one.
   *
   * @param file where to
   * @throws IOException if the file cannot be written
   */
  public void write(Path file) throws IOException {
    AtomicFiles.writeText(file, html());
  }

  private void head(Markup page) {
    page.open("head").newline().empty("meta", "charset", "utf-8").newline();
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", NO_NETWORK).newline();
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.newline().empty("meta", "name", "color-scheme", "content", "light dark").newline();
    page.element("title", title).newline();
    page.open("style").raw(styleSheet()).close().newline().close().newline();
  }

  private void contents(Markup page) {
    if (headings.size() < 2) {
      return;
    }
    page.open("nav", "aria-label", "Contents").element("h2", "Contents").open("ol");
    for (int i = 0; i < headings.size(); i++) {
      page.open("li");
      HtmlBlocks.text(page, "a", headings.get(i), "href", "#" + id(i + 1));
      page.close().newline();
    }
    page.close().close().newline();
  }

  private static String id(int section) {
    return "section-" + section;
  }

  private static String styleSheet() {
    try {
      return Resources.toString(
          Resources.getResource(HtmlPage.class, "report.css"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the style sheet of the reports cannot be read", e);
    }
  }
}
