package org.xgradient.report.chart;

import org.xgradient.report.text.TextWidth;

/**
 * How a text is drawn.
 *
 * @param size the font size
 * @param anchor which end of the text is at the given place
 * @param bold whether the text is bold
 * @param opacity 1 for the text colour of the page, less for what matters less
 */
record TextStyle(double size, Anchor anchor, boolean bold, double opacity) {

  enum Anchor {
    START,
    MIDDLE,
    END
  }

  static final TextStyle TITLE = new TextStyle(16, Anchor.START, true, 1);
  static final TextStyle LABEL = new TextStyle(13, Anchor.START, false, 1);
  static final TextStyle NOTE = new TextStyle(12.5, Anchor.START, false, 0.72);

  TextStyle anchored(Anchor newAnchor) {
    return new TextStyle(size, newAnchor, bold, opacity);
  }

  TextStyle bolder() {
    return new TextStyle(size, anchor, true, opacity);
  }

  /** {@return the estimated width of a text in this style} */
  double width(String text) {
    return TextWidth.of(text, size) * (bold ? 1.07 : 1);
  }

  /** {@return the text, shortened if it is wider than that} */
  String fit(String text, double width) {
    return TextWidth.fit(text, size, bold ? width / 1.07 : width);
  }
}
