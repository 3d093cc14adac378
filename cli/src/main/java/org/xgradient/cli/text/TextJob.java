package org.xgradient.cli.text;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.xgradient.data.AtomicFiles;
import org.xgradient.data.Provenance;
import org.xgradient.data.text.LabelledTexts;
import org.xgradient.report.CsvFile;
import org.xgradient.report.Formulas;
import org.xgradient.report.text.ReportTable;

/**
 * Writes what is known of explained texts: a page, a table of texts and a table of words.
 *
 * @param explained the texts, at least one
 * @param unit what the numbers of their places count
 * @param provenance where they come from
 * @param formulas what is done with texts that a spreadsheet would compute
 */
public record TextJob(
    ImmutableList<ExplainedText> explained,
    LabelledTexts.Unit unit,
    Provenance provenance,
    Formulas formulas) {

  /** The page, by which an earlier output is recognised. */
  public static final String PAGE = "report.html";

  /** What each word adds. */
  public static final String WORDS = "words.csv";

  private static final String TEXTS = "texts.csv";

  /** What follows the number of the line or row. */
  private static final ImmutableList<String> COLUMNS_OF_WORDS =
      ImmutableList.of("place", "word", "explained", "contribution");

  private static final ImmutableList<String> COLUMNS_OF_TEXTS =
      ImmutableList.of(
          "label",
          "predicted",
          "explained",
          "probability",
          "logit",
          "logit of blanks",
          "sum of contributions",
          "completeness error");

  /**
   * Writes the directory, or replaces an earlier output.
   *
   * @return the words that add most, for the terminal
   * @throws IOException if it can't be written; nothing has changed then
   */
  public ReportTable write(Path out) throws IOException {
    AtomicFiles.writeDirectory(
        out,
        PAGE,
        inside -> {
          CsvFile.write(inside.resolve(TEXTS), formulas, header(COLUMNS_OF_TEXTS), this::texts);
          CsvFile.write(inside.resolve(WORDS), formulas, header(COLUMNS_OF_WORDS), this::words);
          TextReport.of(explained, unit, provenance).write(inside.resolve(PAGE));
        });
    return TextReport.summary(explained);
  }

  private ImmutableList<String> header(ImmutableList<String> columns) {
    return ImmutableList.<String>builder().add(unit.toString()).addAll(columns).build();
  }

  private void texts(CsvFile.RowWriter rows) throws IOException {
    for (ExplainedText text : explained) {
      rows.row(
          List.of(
              text.line(),
              text.label().orElse(""),
              text.predicted(),
              text.explained(),
              text.probability(),
              text.output(),
              cell(text.baseline()),
              text.sum(),
              cell(text.completenessError())));
    }
  }

  private static Object cell(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : "";
  }

  private void words(CsvFile.RowWriter rows) throws IOException {
    for (ExplainedText text : explained) {
      for (int i = 0; i < text.words().size(); i++) {
        rows.row(
            List.of(
                text.line(),
                i + 1,
                text.words().get(i),
                text.explained(),
                text.contributions().get(i)));
      }
    }
  }
}
