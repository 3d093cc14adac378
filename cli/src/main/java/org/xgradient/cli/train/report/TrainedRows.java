package org.xgradient.cli.train.report;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xgradient.cli.page.AttributionSections;
import org.xgradient.cli.page.ShownColumn;
import org.xgradient.data.Dataset;
import org.xgradient.data.Split;
import org.xgradient.data.table.ColumnGroups;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TablePreprocessing;
import org.xgradient.report.text.ReportTable;

/**
 * The rows that a model was trained and judged on, as a page shows them.
 *
 * @param dataset what the model is given, and the labels
 * @param split which rows are for what
 * @param labels what the labels mean
 * @param groups which explained values are of which column
 * @param sourceRows for each row of the data set the index of its row in the table
 * @param columns the columns that are shown beside what they add; none where no cells stand for
 *     what is explained
 * @param cells their cells, at the indices of the table
 * @param schema what was found in the columns
 * @param preprocessing what made the features; empty for a model of others, which is given numbers
 *     as they are
 * @param begun the model of others that was trained further
 */
public record TrainedRows(
    Dataset dataset,
    Split split,
    LabelEncoding labels,
    ColumnGroups groups,
    ImmutableIntArray sourceRows,
    ImmutableList<ShownColumn> columns,
    Table cells,
    ReportTable schema,
    Optional<TablePreprocessing> preprocessing,
    Optional<Begun> begun) {

  /**
   * What a training began with.
   *
   * @param model the name of the model
   * @param before its score on the test rows
   */
  public record Begun(String model, PartScore before) {}

  /** {@return what rows are compared with, as the end of a sentence} */
  String baseline() {
    return preprocessing.isPresent() ? AttributionSections.AVERAGE_ROW : "inputs of zeros";
  }

  /** {@return the inputs of zeros, in words} */
  String zero() {
    return preprocessing.isPresent()
        ? "a row of zeros, which is the average row without any level,"
        : "inputs of zeros";
  }

  /** {@return what an output of zero is for a number, as the end of a sentence} */
  String zeroOutput() {
    return preprocessing.isPresent() ? ", which is the mean of the training labels." : ".";
  }

  /** {@return the rows of a model of ours} */
  public static TrainedRows of(PreparedTable table, Table cells, ReportTable schema) {
    return new TrainedRows(
        table.dataset(),
        table.split(),
        table.labels(),
        table.preprocessing().groups(),
        table.sourceRows(),
        ShownColumn.of(table.preprocessing()),
        cells,
        schema,
        Optional.of(table.preprocessing()),
        Optional.empty());
  }

  /**
   * The rows of a model of others.
   *
   * @param cells the cells of all rows; without those of a column that has contributions, none are
   *     shown
   */
  public static TrainedRows ofForeign(
      Dataset dataset,
      Split split,
      LabelEncoding labels,
      ColumnGroups groups,
      Table cells,
      Begun begun) {
    ImmutableList<String> names = ImmutableList.copyOf(cells.schema().columns().keySet());
    return new TrainedRows(
        dataset,
        split,
        labels,
        groups,
        ImmutableIntArray.copyOf(IntStream.range(0, dataset.size())),
        names.containsAll(groups.columns())
            ? groups.columns().stream()
                .map(name -> ShownColumn.of(cells.column(name)))
                .collect(ImmutableList.toImmutableList())
            : ImmutableList.of(),
        cells,
        SchemaTable.of(cells),
        Optional.empty(),
        Optional.of(begun));
  }
}
