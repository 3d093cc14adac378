package org.xgradient.cli.train;

import com.google.common.primitives.ImmutableIntArray;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.xgradient.cli.option.CsvOptions;
import org.xgradient.cli.option.HelpGroup;
import org.xgradient.cli.train.report.SchemaTable;
import org.xgradient.data.Checksums;
import org.xgradient.data.Provenance;
import org.xgradient.data.RandomSplit;
import org.xgradient.data.Task;
import org.xgradient.data.table.CellException;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TablePreparation;
import org.xgradient.data.table.reading.ColumnProfile;
import org.xgradient.data.table.reading.TableFile;
import org.xgradient.data.table.reading.TableReader;
import org.xgradient.data.table.text.Names;
import org.xgradient.data.text.TextReader;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.report.text.TextTable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of what to predict from which table. */
@HelpGroup("Table")
final class TableOptions {

  /** The share of rows with a value below which a column says hardly anything. */
  private static final double FEWEST_VALUES = 0.02;

  @Mixin private CsvOptions data;

  @Option(names = "--label", paramLabel = "COLUMN", description = "What to predict.")
  private @Nullable String label;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "binary, multiclass or regression (default: found from the labels).")
  private Optional<Task> task = Optional.empty();

  @Option(
      names = "--drop-unlabelled",
      description = "Leave out rows without a label, which are an error otherwise.")
  private boolean dropUnlabelled;

  @Mixin private RowSplitOptions rows;

  private @Nullable TableFile loaded;
  private @Nullable PartFiles parts;

  @SuppressWarnings("NullAway.Init")
  TableOptions() {}

  /** {@return whether a table is given} */
  boolean isGiven() {
    return data.isGiven();
  }

  /** {@return how rows are split, if the user says so} */
  RowSplitOptions rows() {
    return rows;
  }

  /** {@return the file of the table, if one is given} */
  Optional<Path> csv() {
    return data.isGiven() ? Optional.of(data.file()) : Optional.empty();
  }

  /** {@return a reader of texts that are written so} */
  TextReader texts() {
    return data.texts();
  }

  /** {@return what is predicted, if the user says so} */
  Optional<Task> task() {
    return task;
  }

  /** {@return a reader of such rows, whatever they are for} */
  TableReader plainReader() {
    return data.plainReader();
  }

  /** {@return what a fraction begins with, if the user says so} */
  Optional<Character> decimal() {
    return data.decimalSign();
  }

  /** {@return the column to predict, if one is named} */
  Optional<String> labelColumn() {
    return Optional.ofNullable(label);
  }

  /**
   * Reads the table and finds out which rows are for what.
   *
   * @throws IllegalArgumentException if there is no table or no label
   */
  PreparedTable read(RandomSplit split) {
    TablePreparation preparation =
        TablePreparation.withDefaults().withSplit(rows.split(split)).withWeights(rows.weights());
    if (task.isPresent()) {
      preparation = preparation.withTask(task.get());
    }
    if (dropUnlabelled) {
      preparation = preparation.withUnlabelledDropped();
    }
    Table table = file().table();
    if (!parts().files().isEmpty()) {
      parts().requireLabels(labels(table.column(label())), dropUnlabelled);
    }
    try {
      PreparedTable prepared = preparation.prepare(parts().below(table), label());
      parts().warnOfUnfamiliar(prepared.preprocessing());
      return prepared;
    } catch (CellException e) {
      throw parts().placed(e, table.rows());
    }
  }

  /** What the labels of the table mean. */
  private LabelEncoding labels(Column cells) {
    IntStream all = IntStream.range(0, cells.rows());
    Column labels =
        dropUnlabelled ? cells.gather(all.filter(row -> !cells.isMissing(row)).toArray()) : cells;
    ImmutableIntArray rows = ImmutableIntArray.copyOf(IntStream.range(0, labels.rows()));
    return task.isPresent()
        ? LabelEncoding.fit(labels, rows, task.get())
        : LabelEncoding.fit(labels, rows);
  }

  /** Reads the table, and says what was found in it. */
  private TableFile file() {
    if (loaded == null) {
      data.requireKept("--label", label());
      TableFile file = data.read(reader -> rows.reading(reader).withLabel(label()));
      System.out.println(TextTable.plain(SchemaTable.of(file)));
      warn("", file);
      warnOfMissing(file);
      loaded = file;
    }
    return loaded;
  }

  /** Reads the files of the other parts, and says what was found in them. */
  private PartFiles parts() {
    if (parts == null) {
      PartFiles files = rows.parts(data, file().schema(), label());
      files.files().forEach((part, file) -> warn(part + " data: ", file));
      files.requireOthers(file().table(), fileName());
      parts = files;
    }
    return parts;
  }

  private static void warn(String of, TableFile file) {
    file.warnings().forEach(warning -> System.err.println("warning: " + of + warning));
  }

  /** Says which features have hardly a value. A label may be rare, and its rows are left out. */
  private void warnOfMissing(TableFile file) {
    for (ColumnProfile column : file.columns()) {
      int rows = file.table().rows();
      long values = rows - column.missing();
      if (values < FEWEST_VALUES * rows && !column.name().equals(label)) {
        System.err.println(
            "warning: column \"%s\" has %s in %d rows, from which hardly anything is learned; leave it out (--drop %s)"
                .formatted(
                    column.name(),
                    values == 0 ? "no value" : Numbers.count(values, "value"),
                    rows,
                    Names.option(column.name())));
      }
    }
  }

  private String label() {
    if (label == null) {
      throw new IllegalArgumentException(
          "there must be a column to predict; give it with --label COLUMN");
    }
    return label;
  }

  /** {@return the cells of all parts, in the order of the rows that {@link #read} prepared} */
  Table cells() {
    return parts().below(file().table());
  }

  /** {@return what was found in its columns} */
  ReportTable schema() {
    return SchemaTable.of(file());
  }

  String fileName() {
    return String.valueOf(data.file().getFileName());
  }

  Provenance describe(Provenance provenance) {
    byte[] schema = file().schema().toJson().getBytes(StandardCharsets.UTF_8);
    return parts()
        .describe(rows.describe(provenance))
        .with("data SHA-256", file().sha256())
        .with("schema SHA-256", Checksums.sha256(schema))
        .with("label", label());
  }
}
