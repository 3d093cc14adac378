package org.xgradient.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xgradient.data.json.Json;

class PageScriptTest {

  private static final PageScript SCRIPT = new PageScript("if (1 < 2 && 3 > 2) { var a = 1; }");

  @TempDir Path folder;

  @Test
  void noTextOfTheDataCanEndTheElementOfTheScript() throws JsonProcessingException {
    List<String> nasty =
        List.of(
            "</script><script>alert(1)</script>",
            "<!--<script>",
            "]]>",
            "& &amp; \u2028\u2029 \ufffe \uffff \ud800 \udc00 \ud83d\ude00 \u0000 \u202e",
            "'\"\\");

    String html = HtmlPage.titled("t").data("rows", ImmutableMap.of("names", nasty)).html();

    Matcher element =
        Pattern.compile("<script type=\"application/json\" id=\"rows\">(.*?)</script>")
            .matcher(html);
    assertThat(element.find()).isTrue();
    assertThat(element.group(1)).doesNotContain("<", ">", "&");
    assertThat(Json.MAPPER.readTree(element.group(1)).get("names"))
        .isEqualTo(Json.MAPPER.valueToTree(nasty));
    assertThat(html.split("<script", -1)).hasSize(2);
    Document page = Xml.parse(html);
    assertThat(Xml.all(page, "script")).hasSize(1);
  }

  @Test
  void onlyOurScriptsMayRun() throws NoSuchAlgorithmException {
    String html = HtmlPage.titled("t").script(SCRIPT).script(SCRIPT).html();

    Matcher element = Pattern.compile("(?s)<script>(.*?)</script>").matcher(html);
    assertThat(element.find()).isTrue();
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(element.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(html)
        .contains("script-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'")
        .doesNotContain("unsafe-eval", "script-src 'unsafe-inline'");
    assertThat(element.find()).as("a script is there once").isFalse();
    assertThat(Xml.all(Xml.parse(html), "script").get(0).getTextContent()).contains("1 < 2 && 3");
  }

  @Test
  void aScriptThatWouldEndItselfIsRefused() {
    assertThatThrownBy(() -> new PageScript("var a = '</script>';"))
        .hasMessage("a script must not contain </, which ends it in a page; write it in two parts");
    assertThatThrownBy(() -> new PageScript("a <!-- b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PageScript("a[b[0]]>1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPlaceIsHiddenUntilAScriptShowsIt() {
    Document page =
        Xml.parse(
            HtmlPage.titled("t")
                .section("rows")
                .place("explorer", "the rows")
                .fallback("explorer", p -> p.paragraph("without"))
                .html());

    Element place =
        Xml.all(page, "div").stream()
            .filter(div -> div.getAttribute("id").equals("explorer"))
            .findFirst()
            .orElseThrow();
    assertThat(place.hasAttribute("hidden")).isTrue();
    assertThat(place.getAttribute("aria-label")).isEqualTo("the rows");
    Element fallback =
        Xml.all(page, "div").stream()
            .filter(div -> div.getAttribute("data-fallback").equals("explorer"))
            .findFirst()
            .orElseThrow();
    assertThat(fallback.hasAttribute("hidden")).isFalse();
    assertThat(fallback.getTextContent().strip()).isEqualTo("without");
  }

  @Test
  void refusesIdsOfOthers() {
    HtmlPage page = HtmlPage.titled("t").data("rows", 1);

    assertThatThrownBy(() -> page.data("rows", 2))
        .hasMessage("there must be one element of id 'rows', found another");
    assertThatThrownBy(() -> page.place("section-1", "x")).hasMessageContaining("section-1");
    assertThatThrownBy(() -> page.place("\"><p", "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> page.fallback("rows", p -> p.section("x")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void onlyPagesOfOursAreReplaced() throws IOException {
    Path ours = folder.resolve("ours.html");
    HtmlPage.titled("t").write(ours);
    Path theirs = Files.writeString(folder.resolve("theirs.html"), "<p>xgradient</p>");

    HtmlPage.checkReplaceable(ours);
    HtmlPage.checkReplaceable(folder.resolve("none.html"));
    assertThatThrownBy(() -> HtmlPage.checkReplaceable(theirs))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("theirs.html: is no page of xgradient and is not replaced");
  }
}
