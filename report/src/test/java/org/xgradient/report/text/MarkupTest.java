package org.xgradient.report.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xgradient.report.Xml;

class MarkupTest {

  private static final String NASTY = "</a><script>alert('1')</script> & \"q\" ]]> &amp; grün 😀";

  @Test
  void whatIsWrittenIsWhatAParserReads() {
    String xml = new Markup().open("a", "title", NASTY).text(NASTY).close().toString();

    Element element = Xml.parse(xml).getDocumentElement();

    assertThat(element.getAttribute("title")).isEqualTo(NASTY);
    assertThat(element.getTextContent()).isEqualTo(NASTY);
    assertThat(element.getChildNodes().getLength()).isEqualTo(1);
  }

  @Test
  void charactersThatXmlForbidsOrThatTurnTextAreEscaped() {
    String xml = new Markup().element("a", "x\u0000y\u001bz\ud83d!\uffff\u202e\u009b").toString();

    assertThat(Xml.parse(xml).getDocumentElement().getTextContent())
        .isEqualTo("x\\u{0}y\\u{1b}z\\u{d83d}!\\u{ffff}\\u{202e}\\u{9b}");
  }

  @Test
  void isolatedPartsEndWhereTheyShould() {
    String name = "\u05d0\u2069\u202e";
    String xml = new Markup().element("a", SafeText.isolated(name) + " 19.2 %").toString();

    assertThat(Xml.parse(xml).getDocumentElement().getTextContent())
        .isEqualTo("\u2068\u05d0\\u{2069}\\u{202e}\u2069 19.2 %");
    assertThat(new Markup().element("a", "\u2069x\u2068y").toString())
        .isEqualTo("<a>\\u{2069}x\u2068y\u2069</a>");
  }

  @Test
  void anOpenElementIsAnError() {
    Markup markup = new Markup().open("a").open("b").close();

    assertThatThrownBy(markup::toString)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("every element must be closed, found open [a]");
    assertThat(markup.closedCopy()).isEqualTo("<a><b></b></a>");
    assertThatThrownBy(() -> new Markup().close()).isInstanceOf(IllegalStateException.class);
  }
}
