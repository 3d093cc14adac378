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
  void charactersThatXmlForbidsAreReplaced() {
    String xml = new Markup().element("a", "x\u0000y\u001bz\ud83d!\uffff").toString();

    assertThat(Xml.parse(xml).getDocumentElement().getTextContent())
        .isEqualTo("x\ufffdy\ufffdz\ufffd!\ufffd");
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
