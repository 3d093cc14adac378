package org.xgradient.report;

import org.xgradient.data.json.Json;

/** Values that a script of a page reads: JSON in which no character means anything to a page. */
final class PageData {

  private PageData() {}

  /**
   * Writes values.
   *
   * @param values a record, map, list, array, text or number, or a tree of them
   * @return JSON that can end no element, in HTML and in XML alike
   */
  static String json(Object values) {
    String json = Json.line(values);
    StringBuilder out = new StringBuilder(json.length() + json.length() / 64);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      // Outside of strings JSON has none of these, and within them an escape means the same.
      switch (c) {
        case '<', '>', '&', '\u2028', '\u2029', '\ufffe', '\uffff', '\u007f' -> escape(out, c);
        default -> {
          if (isLoneSurrogate(json, i)) {
            escape(out, c);
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.toString();
  }

  private static void escape(StringBuilder out, char c) {
    String hex = Integer.toHexString(c);
    out.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
  }

  private static boolean isLoneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
