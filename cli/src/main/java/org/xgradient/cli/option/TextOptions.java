package org.xgradient.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.xgradient.data.Checksums;
import org.xgradient.data.Provenance;
import org.xgradient.data.text.LabelledTexts;
import org.xgradient.data.text.LineForm;
import org.xgradient.data.text.TextClasses;
import org.xgradient.data.text.TextReader;
import picocli.CommandLine.Option;

/** Options of where texts are, and their labels. */
@HelpGroup("Texts")
public final class TextOptions {

  @Option(
      names = "--text",
      paramLabel = "FILE",
      description =
          "Texts instead: a file with one on each line (- for the standard input, where it is read"
              + " once). With --data FILE.csv: the column of the table that has them.")
  private Optional<Path> text = Optional.empty();

  @Option(
      names = "--lines",
      paramLabel = "FORM",
      description =
          "Where the label of a line stands: tab (label, tab, text), tab-at-end, first-word (label, space,"
              + " text), or none (default: tab if all lines have one, first-word if all begin with"
              + " one that has a colon in it).")
  private Optional<String> lines = Optional.empty();

  @Option(
      names = "--label-until",
      paramLabel = "SIGN",
      description = "Take labels only up to this sign, such as : of COARSE:fine.")
  private Optional<String> until = Optional.empty();

  @SuppressWarnings("NullAway.Init")
  TextOptions() {}

  /**
   * Checks that labels have a column only where texts have one.
   *
   * @throws IllegalArgumentException if there is a column of labels and no table
   */
  private static void checkLabel(Optional<String> label, Optional<Path> table) {
    if (label.isPresent() && table.isEmpty()) {
      throw new IllegalArgumentException(
          "--label is a column of the table of --data FILE.csv, and there is none; the label of a"
              + " text stands on its line");
    }
  }

  /** {@return whether texts are given} */
  public boolean isGiven() {
    return text.isPresent();
  }

  /** {@return the file of the texts, given the table if there is one} */
  public Path file(Optional<Path> table) {
    return table.orElseGet(text::orElseThrow);
  }

  /**
   * Says which texts were read. What came through a pipe can't be read again for a checksum.
   *
   * @param provenance what is known so far
   * @param table the table whose column has the texts; empty if they are lines of a file
   * @return the provenance with the texts
   */
  public Provenance describe(Provenance provenance, Optional<Path> table) {
    Path file = file(table);
    Provenance named = provenance.with("texts", file.getFileName());
    return Files.isRegularFile(file) ? named.with("texts SHA-256", Checksums.sha256(file)) : named;
  }

  /** {@return how labels are read, for the provenance} */
  public String describe() {
    return "%s%s".formatted(lines.orElse("usual"), until.map(" until "::concat).orElse(""));
  }

  /**
   * Reads texts with labels.
   *
   * @param table the table whose column has the texts; empty if they are lines of a file
   * @param reader knows how lines or rows are written
   * @param label the column of the labels of a table
   * @throws IllegalArgumentException if options don't go together, or a table is to be read and no
   *     column of labels is given
   * @throws org.xgradient.data.DataException if the texts can't be read
   */
  public LabelledTexts readLabelled(
      Optional<Path> table, TextReader reader, Optional<String> label) {
    checkLabel(label, table);
    if (table.isEmpty() && DialectOptions.isStandard(text.orElseThrow())) {
      throw new IllegalArgumentException(
          "--text must name a file here, which is read more than once, found -; save the texts to one");
    }
    if (table.isPresent() && label.isEmpty()) {
      throw new IllegalArgumentException(
          "texts of a table need the column of their labels; give it with --label COLUMN");
    }
    return readAll(table, withLabels(reader), label);
  }

  /**
   * Reads texts that may have labels.
   *
   * @param table the table whose column has the texts; empty if they are lines of a file
   * @param reader knows how lines or rows are written
   * @param label the column of the labels of a table; empty if none is needed
   * @param classes what labels of lines may be, unless the user says that lines have labels
   * @throws IllegalArgumentException if options don't go together
   * @throws org.xgradient.data.DataException if the texts can't be read
   */
  public LabelledTexts read(
      Optional<Path> table, TextReader reader, Optional<String> label, TextClasses classes) {
    checkLabel(label, table);
    TextReader labelled = withLabels(reader);
    boolean areLabelled = until.isPresent() && table.isEmpty();
    return readAll(table, areLabelled ? labelled : labelled.withOptionalLabels(classes), label);
  }

  private TextReader withLabels(TextReader reader) {
    return until.map(reader::withLabelUntil).orElse(reader);
  }

  private LabelledTexts readAll(Optional<Path> table, TextReader reader, Optional<String> label) {
    Path given = text.orElseThrow();
    if (table.isPresent()) {
      if (lines.isPresent()) {
        throw new IllegalArgumentException(
            "--lines says where labels of lines stand, and --data gives a table; leave it out, or"
                + " name the column of labels with --label COLUMN");
      }
      return reader.readTable(DialectOptions.place(table.get()), given.toString(), label);
    }
    return lines
        .map(form -> reader.withForm(LineForm.named(form)))
        .orElse(reader)
        .readLines(DialectOptions.place(given));
  }
}
