package org.xgradient.report;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.xgradient.data.AtomicFiles;
import org.xgradient.report.chart.Chart;
import org.xgradient.report.chart.LineChart;
import org.xgradient.report.text.Markup;
import org.xgradient.report.text.ReportTable;

/**
 * Puts a report together as one file that needs no network and no font, and is whole without a
 * script.
 *
 * <p>What is added appears in order. All texts are plain and are escaped; names in tables and
 * pictures, and parts that {@link org.xgradient.report.text.SafeText#isolated} marks, are isolated,
 * so that a name can't turn the direction of the numbers beside it. The page follows the reader's
 * choice of light or dark, fits a phone and can be printed; it is well-formed XML.
 *
 * <p>A page may have scripts of ours and data for them: {@link #script}, {@link #data}, {@link
 * #place} for what a script draws, and {@link #fallback} for what stands there without one. No
 * other script runs, whatever is in the data: the page's own policy names ours by their checksums.
 */
public final class HtmlPage {

  private static final String NO_NETWORK =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

  /** What the pages of this library say of themselves, by which they are known again. */
  private static final String GENERATOR = "xgradient";

  private static final String SECTION = "section-";
  private static final int HEAD_CHARACTERS = 1000;

  private final String title;
  private final Markup header = new Markup();
  private final Markup body = new Markup();
  private final List<String> headings = new ArrayList<>();
  private final Set<PageScript> scripts = new LinkedHashSet<>();
  private final Map<String, String> data = new LinkedHashMap<>();

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
   * Adds texts whose words are coloured by a number each, with a legend. With a script, which this
   * adds too, readers search and sort all of them, page through them and show the numbers; without
   * one they see the first hundred. A page has one such list.
   *
   * @param texts the texts
   * @return this page
   */
  public HtmlPage texts(List<ColouredText> texts) {
    return texts(texts, ImmutableMap.of());
  }

  /**
   * Adds texts whose words are coloured, as {@link #texts(List)} does, that can be sorted by
   * numbers of theirs too.
   *
   * @param texts the texts
   * @param measures what they can be sorted by: a number for each text by its name; NaN or infinite
   *     where there is none
   * @return this page
   * @throws IllegalArgumentException if a measure has another number of texts
   */
  public HtmlPage texts(
      List<ColouredText> texts, ImmutableMap<String, ImmutableDoubleArray> measures) {
    place("text-tools", "search and sort the texts");
    TextBlocks.texts(body, texts);
    data(
        "coloured-texts-data",
        ImmutableMap.of(
            "texts",
            texts.stream().map(TextBlocks.Data::of).toList(),
            "measures",
            Measures.of(measures, texts.size())));
    return script(PageScript.resource(HtmlPage.class, "order.js"))
        .script(PageScript.resource(HtmlPage.class, "texts.js"));
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

  /**
   * Adds a script, which runs when all of the page is there; one that is there already is not added
   * again.
   *
   * @param script the script
   * @return this page
   */
  public HtmlPage script(PageScript script) {
    scripts.add(script);
    return this;
  }

  /**
   * Adds values that a script reads: {@code JSON.parse(document.getElementById(id).textContent)}.
   *
   * @param id the id of the element, a letter and then letters, digits and hyphens
   * @param values a record, map, list, array, text or number, or a tree of them; a text that ends
   *     up in the page must be set as text, never as markup
   * @return this page
   * @throws IllegalArgumentException if the id is another, or taken, or the values have no form in
   *     JSON
   */
  public HtmlPage data(String id, Object values) {
    checkId(id);
    checkArgument(!data.containsKey(id), "there must be one element of id '%s', found another", id);
    data.put(id, PageData.json(values));
    return this;
  }

  /**
   * Adds an empty element for a script to fill and to show; without one it stays hidden.
   *
   * @param id the id of the element, a letter and then letters, digits and hyphens
   * @param label what it is called, for those who do not see it
   * @return this page
   * @throws IllegalArgumentException if the id is another
   */
  public HtmlPage place(String id, String label) {
    checkId(id);
    body.open(
        "div",
        "id",
        id,
        "class",
        "place",
        "role",
        "group",
        "aria-label",
        label,
        "hidden",
        "hidden");
    body.close().newline();
    return this;
  }

  /**
   * Adds what stands in a place without a script; the script hides it: {@code
   * document.querySelector('[data-fallback="id"]').hidden = true}. On paper it is shown again.
   *
   * @param id the id of the place
   * @param content adds it, no section
   * @return this page
   */
  public HtmlPage fallback(String id, Consumer<? super HtmlPage> content) {
    checkId(id);
    int sections = headings.size();
    body.open("div", "data-fallback", id);
    content.accept(this);
    checkState(headings.size() == sections, "what stands in a place must not have a section");
    body.close().newline();
    return this;
  }

  private static void checkId(String id) {
    checkArgument(
        id.matches("[A-Za-z][A-Za-z0-9-]*") && !id.startsWith(SECTION),
        "an id must be a letter and then letters, digits and hyphens, and no section's, found '%s'",
        id);
  }

  /** {@return the page} */
  public String html() {
    Markup page = new Markup();
    page.raw("<!DOCTYPE html>").newline();
    page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en").newline();
    head(page);
    page.open("body").newline();
    page.element("a", "Skip to the content", "class", "skip", "href", "#main").newline();
    page.open("header");
    HtmlBlocks.text(page, "h1", title);
    page.raw(header.toString()).close().newline();
    contents(page);
    page.open("main", "id", "main").newline().raw(body.closedCopy()).close().newline();
    scripts(page);
    return page.close().newline().close().newline().toString();
  }

  private void scripts(Markup page) {
    data.forEach(
        (id, json) ->
            page.open("script", "type", "application/json", "id", id).raw(json).close().newline());
    scripts.forEach(script -> page.open("script").raw(script.content()).close().newline());
  }

  /**
   * Checks that a page may be written to a file; to be called before the work begins.
   *
   * @param file where to
   * @throws IOException if there is a file that is no page of this library, or there can be none
   */
  public static void checkReplaceable(Path file) throws IOException {
    AtomicFiles.checkFile(file);
    if (Files.isRegularFile(file) && !isOurs(file)) {
      throw new FileAlreadyExistsException(
          file.toString(), null, "is no page of xgradient and is not replaced; move it");
    }
  }

  private static boolean isOurs(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String begin = new String(in.readNBytes(HEAD_CHARACTERS), StandardCharsets.UTF_8);
      Markup meta = new Markup();
      generator(meta);
      return begin.contains(meta.toString());
    }
  }

  private static void generator(Markup page) {
    page.empty("meta", "name", "generator", "content", GENERATOR);
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
    generator(page);
    page.newline();
    page.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy()).newline();
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.newline().empty("meta", "name", "color-scheme", "content", "light dark").newline();
    page.element("title", title).newline();
    page.open("style")
        .raw(PageScript.text(HtmlPage.class, "report.css"))
        .close()
        .newline()
        .close()
        .newline();
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

  private String policy() {
    String permitted =
        scripts.stream().map(PageScript::permission).collect(Collectors.joining(" "));
    return permitted.isEmpty() ? NO_NETWORK : NO_NETWORK + "; script-src " + permitted;
  }

  private static String id(int section) {
    return SECTION + section;
  }
}
