package org.xgradient.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** Words in colours. */
class ColouredTextTest {

  private static String page(ColouredText.Word... words) {
    return HtmlPage.titled("texts")
        .section("all")
        .texts(List.of(new ColouredText("line 1", ImmutableList.copyOf(words), "together 1", true)))
        .html();
  }

  @Test
  void theStrongestWordHasTheStrongestColourAndAWeakOneNone() {
    String html =
        page(
            new ColouredText.Word("how", 2.5),
            new ColouredText.Word("old", -1.25),
            new ColouredText.Word("is", 0.01),
            new ColouredText.Word("it", -2.25));
    assertThat(html)
        .contains("class=\"w up4\" title=\"+2.50\" data-value=\"+2.50\">how<")
        .contains("class=\"w down3\" title=\"-1.25\" data-value=\"-1.25\">old<")
        .contains("class=\"w\" title=\"+0.0100\" data-value=\"+0.0100\">is<")
        .contains("class=\"w down4\"")
        .contains("class=\"coloured marked\"")
        .contains("together 1");
  }

  /** What texts say is no markup, and what can't be seen is shown. */
  @Test
  void wordsAreTextOnly() throws Exception {
    String html = page(new ColouredText.Word("<script>", 1), new ColouredText.Word("a\u202eb", 0));
    assertThat(html).contains("&lt;script").doesNotContain("\u202e");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  /** A number that there is none of has no form in JSON, and no place in an order. */
  @Test
  void textsAreSortedByNumbersOfTheirs() {
    List<ColouredText> texts =
        List.of(
            new ColouredText("one", ImmutableList.of(), "", false),
            new ColouredText("two", ImmutableList.of(), "", false));
    HtmlPage page = HtmlPage.titled("texts").section("all");
    assertThatThrownBy(
            () -> page.texts(texts, ImmutableMap.of("sure", ImmutableDoubleArray.of(0.5))))
        .hasMessage("measure 'sure' must have 2 numbers, one for each row, found 1");
    String html =
        HtmlPage.titled("texts")
            .section("all")
            .texts(texts, ImmutableMap.of("sure", ImmutableDoubleArray.of(0.5, Double.NaN)))
            .html();
    assertThat(html).contains("[{\"name\":\"sure\",\"values\":[0.5,null]}]");
  }

  /** With a script a reader searches all; without one there are the first hundred. */
  @Test
  void allTextsAreInThePage() {
    List<ColouredText> texts =
        IntStream.range(0, 250)
            .mapToObj(
                i ->
                    new ColouredText(
                        "line " + i,
                        ImmutableList.of(new ColouredText.Word("word" + i, i - 100)),
                        "together",
                        false))
            .toList();
    String html = HtmlPage.titled("texts").section("all").texts(texts).html();
    assertThat(html.split("<li class=\"coloured", -1)).hasSize(101);
    assertThat(html)
        .contains("\"words\":[\"word249\"],\"levels\":[4],\"values\":[\"+149\"]")
        .contains("\"words\":[\"word0\"],\"levels\":[-4],\"values\":[\"-100\"]");
  }
}
