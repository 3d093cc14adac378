package org.xgradient.cli.option;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import org.xgradient.data.text.LabelledTexts;
import org.xgradient.data.text.LineForm;
import org.xgradient.data.text.TextReader;
import picocli.CommandLine.Option;

/** Options of where texts are, and their labels. */
@HelpGroup("Texts")
public final class TextOptions {

  @Option(
      names = "--text",
      paramLabel = "FILE",
      description =
          "Texts instead: a file with one on each line. With --data FILE.csv: the column of the"
              + " table that has them.")
  private Optional<Path> text = Optional.empty();

  @Option(
      names = "--lines",
      paramLabel = "FORM",
      description =
          "Where the label of a line stands: tab (label, tab, text), first-word (label, space,"
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
  public static void checkLabel(Optional<String> label, Optional<Path> table) {
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

  /** {@return how labels are read, for the provenance} */
  public String describe() {
    return "%s%s".formatted(lines.orElse("usual"), until.map(" until "::concat).orElse(""));
  }

  /**
   * Reads texts.
   *
   * @param table the table whose column has the texts; empty if they are lines of a file
   * @param encoding the encoding
   * @param label the column of the labels of a table; empty if none is needed
   * @param labelled whether lines need a label
   * @throws IllegalArgumentException if a form is not known, or a table is to be read and no column
   *     of labels is given that is needed
   * @throws org.xgradient.data.DataException if the texts can't be read
   */
  public LabelledTexts read(
      Optional<Path> table, Charset encoding, Optional<String> label, boolean labelled) {
    TextReader reader = TextReader.withDefaults().withEncoding(encoding);
    if (until.isPresent()) {
      reader = reader.withLabelUntil(until.get());
    }
    if (table.isPresent()) {
      if (labelled && label.isEmpty()) {
        throw new IllegalArgumentException(
            "texts of a table need the column of their labels; give it with --label COLUMN");
      }
      return reader.readTable(table.get(), text.orElseThrow().toString(), label);
    }
    if (lines.isPresent()) {
      reader = reader.withForm(LineForm.named(lines.get()));
    }
    return (labelled ? reader : reader.withLabelsOptional()).readLines(text.orElseThrow());
  }
}
