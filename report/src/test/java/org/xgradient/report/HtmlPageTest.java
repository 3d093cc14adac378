package org.xgradient.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xgradient.report.chart.Axis;
import org.xgradient.report.chart.BarChart;
import org.xgradient.report.chart.Category;
import org.xgradient.report.chart.Chart;
import org.xgradient.report.text.Estimate;
import org.xgradient.report.text.ReportTable;
import org.xgradient.report.text.SafeText;

class HtmlPageTest {

  private static final String NASTY = "</p></style><script>alert(1)</script> & \"x\" 'y'";

  @TempDir Path folder;

  @Test
  void everyTextIsShownAsItIs() throws IOException {
    Document page = Xml.parse(everything(NASTY).html());

    assertThat(Xml.all(page, "script")).isEmpty();
    for (String name :
        List.of("title", "h1", "h2", "h3", "dt", "dd", "th", "td", "caption", "figcaption", "li")) {
      assertThat(Xml.all(page, name).stream().map(Element::getTextContent))
          .as(name)
          .contains(NASTY);
    }
    assertThat(Xml.all(page, "img").get(0).getAttribute("alt")).isEqualTo(NASTY);
    assertThat(Xml.all(page, "code").get(0).getTextContent()).isEqualTo(NASTY);
  }

  @Test
  void namesAreIsolatedFromTheNumbersBesideThem() throws IOException {
    String name = "\u05d0\u202e";
    HtmlPage page =
        HtmlPage.titled("t")
            .table(ReportTable.titled("").text("name").number("n").row(name, "19.2 %").build())
            .paragraph(SafeText.isolated(name) + " 19.2 %")
            .images(
                ImageGrid.withColumns("photo")
                    .row(SafeText.isolated(name) + " 19.2 %", List.of(PngImage.of(png(4, 4), name)))
                    .build(),
                "");

    String html = page.html();

    String isolated = "<bdi>\u05d0\\u{202e}</bdi>";
    assertThat(html)
        .contains(
            "<td class=\"text\">%s</td>".formatted(isolated),
            "<p>%s 19.2 %%</p>".formatted(isolated),
            "<th scope=\"row\">%s 19.2 %%</th>".formatted(isolated))
        .doesNotContain("\u202e", "\u2068");
  }

  @Test
  void theContentsLeadToTheSections() throws IOException {
    Document page = Xml.parse(everything("x").section("second").html());

    List<String> sections =
        Xml.all(page, "section").stream().map(e -> "#" + e.getAttribute("id")).toList();
    assertThat(sections).hasSize(2).doesNotHaveDuplicates();
    assertThat(Xml.all(page, "a").stream().skip(1).map(a -> a.getAttribute("href")))
        .containsExactlyElementsOf(sections);
    assertThat(Xml.all(page, "a").get(0).getAttribute("href")).isEqualTo("#main");
    assertThat(Xml.all(page, "a").get(2).getTextContent()).isEqualTo("second");
  }

  @Test
  void aSingleSectionNeedsNoContents() throws IOException {
    assertThat(Xml.all(Xml.parse(everything("x").html()), "nav")).isEmpty();
  }

  @Test
  void needsNoNetworkAndNoScript() throws IOException {
    String html = everything("x").html();

    assertThat(html)
        .doesNotContain("<script", "<link", "@import", "url(", " onload", "javascript:");
    assertThat(
            html.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/", ""))
        .doesNotContain("http:", "https:", "//");
    assertThat(html).contains("default-src &apos;none&apos;".replace("&apos;", "'"));
  }

  @Test
  void browsersReadItAsHtmlToo() throws IOException {
    String html = everything("x").html();

    assertThat(html).startsWith("<!DOCTYPE html>").contains("<meta charset=\"utf-8\"/>");
    assertThat(html.replaceAll("(?s)<svg.*?</svg>", ""))
        .as("HTML knows no empty div and the like")
        .doesNotContainPattern("<(?!meta|img)[a-z0-9]+[^<>]*/>");
  }

  @Test
  void picturesAreInThePage() throws IOException {
    byte[] png = png(28, 20);

    Document page =
        Xml.parse(
            HtmlPage.titled("t")
                .images(
                    ImageGrid.withColumns("XG", "IG")
                        .row("cat", List.of(PngImage.of(png, "one"), PngImage.of(png, "two")))
                        .build(),
                    "heat maps")
                .html());

    Element image = Xml.all(page, "img").get(1);
    String data = image.getAttribute("src");
    assertThat(data).startsWith("data:image/png;base64,");
    assertThat(Base64.getDecoder().decode(data.substring(data.indexOf(',') + 1))).isEqualTo(png);
    assertThat(image.getAttribute("width")).isEqualTo("28");
    assertThat(image.getAttribute("height")).isEqualTo("20");
    assertThat(image.getAttribute("alt")).isEqualTo("two");
  }

  @Test
  void labelsOfSeveralLinesStandAboveTheirRow() throws IOException {
    PngImage image = PngImage.of(png(4, 4), "cat").captioned("3.1e-7");

    Document page =
        Xml.parse(
            HtmlPage.titled("t")
                .images(
                    ImageGrid.withColumns("XG", "IG").row("a\nb", List.of(image, image)).build(),
                    "heat maps")
                .html());

    List<Element> rows = Xml.all(page, "tr");
    assertThat(rows).hasSize(3);
    Element label = Xml.all(page, "th").get(2);
    assertThat(label.getParentNode()).isEqualTo(rows.get(1));
    assertThat(label.getTextContent()).isEqualTo("a\nb");
    assertThat(label.getAttribute("colspan")).isEqualTo("2");
    assertThat(rows.get(2).getTextContent()).isEqualTo("3.1e-73.1e-7");
  }

  @Test
  void numbersAreAlignedAtTheRight() throws IOException {
    Document page = Xml.parse(everything("x").html());

    assertThat(Xml.all(page, "td").get(0).getAttribute("class")).isEqualTo("text");
    assertThat(Xml.all(page, "td").get(1).getAttribute("class")).isEqualTo("number");
  }

  @Test
  void aPageCanGoOnAfterItHasBeenRead() throws IOException {
    HtmlPage page = HtmlPage.titled("t").section("one").paragraph("first");
    Path file = folder.resolve("report/index.html");

    page.write(file);
    assertThat(file).content().contains("first").doesNotContain("later");
    page.paragraph("later").write(file);
    assertThat(file).content().contains("first", "later");
    assertThat(Xml.all(Xml.parse(page.html()), "section")).hasSize(1);
  }

  @Test
  void refusesWhatIsNotAPicture() {
    assertThatThrownBy(() -> PngImage.of(new byte[40], "cat"))
        .hasMessage("picture 'cat' must be in PNG format, found 40 other bytes");
    assertThatThrownBy(() -> ImageGrid.withColumns("a").row("cat", List.of()).build())
        .hasMessage("row 'cat' must have 1 pictures, one for each column, found 0");
    assertThatThrownBy(() -> ImageGrid.withColumns("a").build())
        .hasMessage("an image grid must have a row, found none");
  }

  private static HtmlPage everything(String text) throws IOException {
    Chart chart =
        BarChart.of(
            text, Axis.linear(text), List.of(Category.of(text, Estimate.withError(1, 0.1))));
    return HtmlPage.titled(text)
        .lead(text)
        .section(text)
        .subsection(text)
        .paragraph(text)
        .keyFigures(ImmutableMap.of(text, text))
        .definitions(ImmutableMap.of(text, text))
        .bullets(List.of(text))
        .code(text)
        .info(text, text)
        .warning(text, text)
        .table(
            ReportTable.titled(text).text(text).number(text).row(text, text).footnote(text).build())
        .figure(chart, text)
        .figures(List.of(chart, chart), text)
        .images(
            ImageGrid.withColumns(text).row(text, List.of(PngImage.of(png(4, 4), text))).build(),
            text);
  }

  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }
}
