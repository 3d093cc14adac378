package org.xgradient.cli.explain;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.cli.option.AttributionOptions;
import org.xgradient.cli.option.AutomaticMethod;
import org.xgradient.cli.option.MethodOption;
import org.xgradient.cli.option.RowOptions;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TableSchema;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Probabilities;
import org.xgradient.report.CsvFile;
import org.xgradient.report.Formulas;
import org.xgradient.training.table.TableModel;

/**
 * Explains the rows of a table, which may be larger than memory.
 *
 * @param model the model, borrowed
 * @param options how
 * @param rowOptions how rows are read
 * @param kept which columns are carried over
 * @param formulas what is done with texts that a spreadsheet would compute
 * @param explained what is explained: each makes a row of each row
 * @param perFeature whether there is a column for each feature that the network sees, instead of
 *     sums over the columns of the table
 * @param batch the rows of a batch; the last one is filled up
 */
record TableAttribution(
    TableModel model,
    AttributionOptions options,
    RowOptions rowOptions,
    KeptColumns kept,
    Formulas formulas,
    ImmutableList<Explained> explained,
    boolean perFeature,
    int batch) {

  private static final int ROWS_PER_CHUNK = 1024;

  /**
   * Writes a row for each row.
   *
   * @throws IOException if the file can't be written
   */
  void write(Path data, Path out) throws IOException {
    new TableStream(model, rowOptions, kept, formulas, Math.max(batch, ROWS_PER_CHUNK))
        .write("attributing", data, out, header(), new Explanation());
  }

  /** Explains rows, all by the method that is chosen on the first ones. */
  private final class Explanation implements TableStream.Work {
    private final List<Attributor> attributors = new ArrayList<>();

    @Override
    public void write(RowChunk chunk, CsvFile.RowWriter out) throws IOException {
      FloatArray features = model.preprocessing().transform(chunk.table());
      if (attributors.isEmpty()) {
        begin(features);
      }
      List<Attributions> found =
          attributors.stream().map(attributor -> attributor.attribute(features)).toList();
      List<FloatArray> shown = found.stream().map(a -> shown(a.values())).toList();
      for (int row = 0; row < features.rows(); row++) {
        for (int i = 0; i < found.size(); i++) {
          List<Object> cells = chunk.begin(row);
          float[] contributions = shown.get(i).rows(row, row + 1).values();
          cells.addAll(explained.get(i).cells(found.get(i), row, contributions));
          out.row(cells);
        }
      }
    }

    /** The automatic choice is made on the first rows, and holds for all. */
    private void begin(FloatArray firstRows) {
      MethodOption chosen = options.ofTable();
      AttributionMethod method =
          chosen == MethodOption.AUTO
              ? AutomaticMethod.choose(subject(), firstRows, runs(explained.get(0))).method()
              : options.method(chosen, references());
      explained.forEach(output -> attributors.add(Attributor.of(subject(), method, runs(output))));
    }

    /** What is explained: the model, or its probabilities. */
    private BoundModel subject() {
      return explained.get(0).probability()
          ? BoundModel.of(model.session(), new Probabilities(model.model()))
          : model;
    }
  }

  private AttributorOptions runs(Explained output) {
    return options.runs().withTarget(output.target()).withMaxBatch(batch).withWholeBatches();
  }

  private Optional<ReferenceDistribution> references() {
    return options
        .references()
        .map(
            file -> {
              TableSchema schema = rowOptions.schema(model.preprocessing().schema());
              Table rows = rowOptions.reader().read(file, schema);
              return ReferenceDistribution.uniform(model.preprocessing().transform(rows));
            });
  }

  private List<String> header() {
    return kept.header(
        Explained.header(explained),
        perFeature
            ? model.preprocessing().featureNames()
            : model.preprocessing().groups().columns());
  }

  private FloatArray shown(FloatArray attributions) {
    return perFeature ? attributions : model.preprocessing().groups().sumByColumn(attributions);
  }
}
