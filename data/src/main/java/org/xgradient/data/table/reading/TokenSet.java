package org.xgradient.data.table.reading;

import java.util.Set;

/**
 * Texts that stand for something, such as missing. That a cell is none of them is mostly told by
 * its first character and its length, which are looked at first: cells are numbers as a rule.
 */
final class TokenSet {

  private static final int ASCII = 128;

  private final Set<String> texts;

  /** The length of the longest text that begins with a character. */
  private final int[] longest = new int[ASCII];

  TokenSet(Set<String> texts) {
    this.texts = texts;
    for (String text : texts) {
      if (!text.isEmpty() && text.charAt(0) < ASCII) {
        longest[text.charAt(0)] = Math.max(longest[text.charAt(0)], text.length());
      }
    }
  }

  boolean contains(String text) {
    if (!text.isEmpty() && text.charAt(0) < ASCII && text.length() > longest[text.charAt(0)]) {
      return false;
    }
    return texts.contains(text);
  }
}
