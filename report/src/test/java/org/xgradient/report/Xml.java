package org.xgradient.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xgradient.report.chart.Chart;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads what the reports write with a parser that knows nothing of them. */
@SuppressWarnings("exports")
public final class Xml {

  private static final String SLIM = "fijlrtI.,:;'|!() ";

  private Xml() {}

  public static Document parse(String text) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(text)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError("must be well-formed XML", e);
    }
  }

  /** A chart as it is drawn where there is room, after a look at how a phone shows it. */
  public static Document draw(Chart chart) {
    assertInside(parse(chart.svg(Chart.NARROW)));
    Document svg = parse(chart.svg());
    assertInside(svg);
    return svg;
  }

  public static List<Element> all(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  public static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  /** The visible text of an element, without its tooltip. */
  static String label(Element text) {
    return text.getFirstChild().getTextContent();
  }

  public static List<String> labels(Document svg) {
    return all(svg, "text").stream()
        .filter(t -> t.getFirstChild() != null)
        .map(Xml::label)
        .toList();
  }

  public static Element textWith(Document svg, String label) {
    return all(svg, "text").stream()
        .filter(t -> t.getFirstChild() != null && label(t).equals(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no label '" + label + "' in " + labels(svg)));
  }

  /** Shapes whose tooltip begins so. */
  public static List<Element> withTooltip(Document svg, String shape, String tooltip) {
    return all(svg, shape).stream().filter(e -> e.getTextContent().startsWith(tooltip)).toList();
  }

  /** The corners of a polyline or polygon, as x and y. */
  public static double[][] points(Element element) {
    return Arrays.stream(element.getAttribute("points").split(" ", -1))
        .map(p -> Arrays.stream(p.split(",", -1)).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }

  /** Every text and shape is inside the picture. */
  public static void assertInside(Document svg) {
    String[] box = svg.getDocumentElement().getAttribute("viewBox").split(" ", -1);
    double width = Double.parseDouble(box[2]);
    double height = Double.parseDouble(box[3]);
    for (Element text : all(svg, "text")) {
      double length = number(text, "font-size") * textLength(text);
      double share =
          switch (text.getAttribute("text-anchor")) {
            case "start" -> 0;
            case "middle" -> 0.5;
            default -> 1;
          };
      double left = number(text, "x") - share * length;
      assertThat(left).as(text.getTextContent()).isBetween(-0.01, width);
      assertThat(left + length).as(text.getTextContent()).isBetween(0.0, width);
      assertThat(number(text, "y")).as(text.getTextContent()).isBetween(8.0, height - 3);
    }
    for (Element shape : all(svg, "rect")) {
      assertThat(number(shape, "x")).isBetween(0.0, width);
      assertThat(number(shape, "x") + number(shape, "width")).isBetween(0.0, width);
      assertThat(number(shape, "y") + number(shape, "height")).isBetween(0.0, height);
    }
    for (String name : List.of("polyline", "polygon")) {
      for (Element shape : all(svg, name)) {
        for (double[] point : points(shape)) {
          assertThat(point[0]).isBetween(0.0, width);
          assertThat(point[1]).isBetween(0.0, height);
        }
      }
    }
  }

  /** In sans-serif fonts, slim characters are about a quarter as wide as high, others half. */
  private static double textLength(Element text) {
    return text.getFirstChild() == null
        ? 0
        : label(text).codePoints().mapToDouble(c -> SLIM.indexOf(c) >= 0 ? 0.25 : 0.5).sum();
  }
}
