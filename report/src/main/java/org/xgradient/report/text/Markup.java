package org.xgradient.report.text;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes well-formed XML; all text and attribute values are escaped, also what can't be seen or
 * turns the direction of what is around it, see {@link SafeText}. Only {@link SafeText#isolated}
 * parts keep their marks, each with its end.
 */
public final class Markup {

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Starts an element; attributes are names and values in turn. */
  public Markup open(String element, String... attributes) {
    start(element, attributes);
    out.append('>');
    open.push(element);
    return this;
  }

  /** Ends the innermost open element. */
  public Markup close() {
    checkState(!open.isEmpty(), "every element is closed already");
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element without content. */
  public Markup empty(String element, String... attributes) {
    start(element, attributes);
    out.append("/>");
    return this;
  }

  /** An element that holds nothing but text. */
  public Markup element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  public Markup text(String text) {
    escape(text);
    return this;
  }

  /** Adds what has been escaped already. */
  public Markup raw(String markup) {
    out.append(markup);
    return this;
  }

  public Markup newline() {
    out.append('\n');
    return this;
  }

  @Override
  public String toString() {
    checkState(open.isEmpty(), "every element must be closed, found open %s", open);
    return out.toString();
  }

  /** {@return what has been written so far, with all open elements closed} */
  public String closedCopy() {
    StringBuilder copy = new StringBuilder(out);
    open.forEach(element -> copy.append("</").append(element).append('>'));
    return copy.toString();
  }

  private void start(String element, String... attributes) {
    checkArgument(
        attributes.length % 2 == 0,
        "attributes must be names and values in turn, found %s strings",
        attributes.length);
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
  }

  private void escape(String text) {
    int isolates = 0;
    for (int c : text.codePoints().toArray()) {
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case SafeText.ISOLATE -> {
          isolates++;
          out.append(SafeText.ISOLATE);
        }
        case SafeText.END_OF_ISOLATE -> {
          out.append(isolates > 0 ? SafeText.END_OF_ISOLATE : SafeText.escape(c));
          isolates = Math.max(0, isolates - 1);
        }
        default -> out.append(isAllowed(c) ? Character.toString(c) : SafeText.escape(c));
      }
    }
    out.append(String.valueOf(SafeText.END_OF_ISOLATE).repeat(isolates));
  }

  /** What is shown, white space, and nothing that XML 1.0 forbids (section 2.2). */
  private static boolean isAllowed(int c) {
    return c == '\t' || c == '\n' || c == '\r' || (SafeText.isShown(c) && (c & 0xFFFE) != 0xFFFE);
  }
}
