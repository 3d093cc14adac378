package org.xgradient.report;

import org.xgradient.report.text.Markup;
import org.xgradient.report.text.SafeText;

/** Writes a text whose {@link SafeText#isolated} parts are elements of their own. */
final class IsolatedParts {

  private IsolatedParts() {}

  static void write(Markup out, String text) {
    int written = 0;
    int begin = text.indexOf(SafeText.ISOLATE);
    while (begin >= 0) {
      int end = text.indexOf(SafeText.END_OF_ISOLATE, begin);
      if (end < 0) {
        break;
      }
      out.text(text.substring(written, begin));
      out.element("bdi", text.substring(begin + 1, end));
      written = end + 1;
      begin = text.indexOf(SafeText.ISOLATE, written);
    }
    out.text(text.substring(written));
  }
}
