package org.xgradient.report.chart.drawing;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.report.text.TextWidth;

/**
 * How a text is drawn.
 *
 * @param size the font size
 * @param anchor which end of the text is at the given place
 * @param bold whether the text is bold
 * @param opacity 1 for the text colour of the page, less for what matters less
 */
public record TextStyle(double size, Anchor anchor, boolean bold, double opacity) {

  public enum Anchor {
    START,
    MIDDLE,
    END
  }

  public static final TextStyle TITLE = new TextStyle(16, Anchor.START, true, 1);
  public static final TextStyle LABEL = new TextStyle(13, Anchor.START, false, 1);
  public static final TextStyle NOTE = new TextStyle(12.5, Anchor.START, false, 0.72);

  public TextStyle anchored(Anchor newAnchor) {
    return new TextStyle(size, newAnchor, bold, opacity);
  }

  public TextStyle bolder() {
    return new TextStyle(size, anchor, true, opacity);
  }

  /** {@return the estimated width of a text in this style} */
  public double width(String text) {
    return TextWidth.of(text, size) * (bold ? 1.07 : 1);
  }

  /** {@return the text in lines no wider than that where words allow it, the rest in the last} */
  public ImmutableList<String> lines(String text, double width, int most) {
    List<String> lines = new ArrayList<>();
    for (String word : Splitter.on(' ').split(text)) {
      int last = lines.size() - 1;
      String longer = lines.isEmpty() ? word : lines.get(last) + ' ' + word;
      if (!lines.isEmpty() && (lines.size() == most || width(longer) <= width)) {
        lines.set(last, longer);
      } else {
        lines.add(word);
      }
    }
    return ImmutableList.copyOf(lines);
  }

  /** {@return the text, shortened if it is wider than that} */
  public String fit(String text, double width) {
    return TextWidth.fit(text, size, bold ? width / 1.07 : width);
  }
}
