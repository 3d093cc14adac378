package org.xgradient.data.table.reading;

import java.util.BitSet;
import java.util.Set;

/**
 * Texts that stand for something, such as missing. That a cell is none of them is mostly told by
 * its first character, which is looked at first: it is that of a number as a rule.
 */
final class TokenSet {

  private final Set<String> texts;
  private final BitSet first = new BitSet();
  private final boolean hasEmpty;

  TokenSet(Set<String> texts) {
    this.texts = texts;
    this.hasEmpty = texts.contains("");
    texts.stream().filter(text -> !text.isEmpty()).forEach(text -> first.set(text.charAt(0)));
  }

  boolean contains(String text) {
    return text.isEmpty() ? hasEmpty : first.get(text.charAt(0)) && texts.contains(text);
  }
}
