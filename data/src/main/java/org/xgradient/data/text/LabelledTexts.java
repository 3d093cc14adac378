package org.xgradient.data.text;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Optional;

/**
 * Texts and, where they are known, their labels.
 *
 * @param texts the texts
 * @param labels a label for each text; empty where none were read
 * @param lines the number of the line or row of each text, from 1, for messages
 * @param unit what these numbers count
 */
public record LabelledTexts(
    ImmutableList<String> texts,
    Optional<ImmutableList<String>> labels,
    ImmutableIntArray lines,
    Unit unit) {

  /** What texts are in a file. */
  public enum Unit {
    /** Lines of text. */
    LINE,
    /** Rows of a table, which may take several lines; the header is not counted. */
    ROW;

    /** {@return the word for one} */
    @Override
    public String toString() {
      return Ascii.toLowerCase(name());
    }
  }

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
   * {@return where a text is in its file, such as {@code line 3}}
   *
   * @param text the index of the text
   */
  public String place(int text) {
    return unit + " " + lines.get(text);
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
    return new LabelledTexts(
        some.build(), labels.map(all -> theirs.build()), numbers.build(), unit);
  }
}
