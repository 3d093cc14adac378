package org.xgradient.data.text;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Optional;

/**
 * Texts and, where they are known, their labels.
 *
 * @param texts the texts
 * @param labels a label for each text; empty where none were read
 * @param lines the number of the line or row of each text, from 1, for messages
 */
public record LabelledTexts(
    ImmutableList<String> texts, Optional<ImmutableList<String>> labels, ImmutableIntArray lines) {

  /**
   * Checks that they belong together.
   *
   * @throws IllegalArgumentException if there is not a label and a line for each text
   */
  public LabelledTexts {
    int size = texts.size();
    checkArgument(
        lines.length() == size && labels.map(given -> given.size() == size).orElse(true),
        "there must be a label and a line for each of %s texts",
        size);
  }

  /** {@return the number of texts} */
  public int size() {
    return texts.size();
  }

  /**
   * Some of the texts.
   *
   * @param rows which, in order
   * @return the texts with their labels
   */
  public LabelledTexts subset(ImmutableIntArray rows) {
    ImmutableList.Builder<String> some = ImmutableList.builder();
    ImmutableList.Builder<String> theirs = ImmutableList.builder();
    ImmutableIntArray.Builder numbers = ImmutableIntArray.builder(rows.length());
    for (int row : rows.asList()) {
      some.add(texts.get(row));
      labels.ifPresent(all -> theirs.add(all.get(row)));
      numbers.add(lines.get(row));
    }
    return new LabelledTexts(some.build(), labels.map(all -> theirs.build()), numbers.build());
  }
}
