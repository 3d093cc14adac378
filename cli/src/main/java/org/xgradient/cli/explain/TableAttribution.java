package org.xgradient.cli.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AutomaticChoice;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.cli.option.AttributionOptions;
import org.xgradient.cli.option.AutomaticMethod;
import org.xgradient.cli.option.MethodOption;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.ColumnGroups;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TableReader;
import org.xgradient.report.CsvFile;
import org.xgradient.training.table.TableModel;

/**
 * Explains the rows of a table, which may be larger than memory.
 *
 * @param model the model, borrowed
 * @param options how
 * @param perFeature whether there is a column for each feature that the network sees, instead of
 *     sums over the columns of the table
 */
record TableAttribution(TableModel model, AttributionOptions options, boolean perFeature) {

  private static final int ROWS_PER_CHUNK = 1024;

  /**
   * Writes a row for each row.
   *
   * @throws IOException if the file can't be written
   */
  void write(Path data, Path out) throws IOException {
    new TableStream(model, ROWS_PER_CHUNK)
        .write("attributing", data, out, header(), new Explanation());
  }

  /** Explains rows, all by the method that is chosen on the first ones. */
  private final class Explanation implements TableStream.Work {
    private @Nullable Attributor attributor;

    @Override
    public void write(Table chunk, long before, CsvFile.RowWriter out) throws IOException {
      FloatArray features = model.preprocessing().transform(chunk);
      Attributions attributions =
          attributor == null ? begin(features) : attributor.attribute(features);
      FloatArray shown = shown(attributions.values());
      for (int i = 0; i < chunk.rows(); i++) {
        out.row(cells(before + i + 1, attributions, shown, i));
      }
    }

    /** The automatic choice is made on the first rows, and holds for all. */
    private Attributions begin(FloatArray firstRows) {
      MethodOption method = options.ofTable();
      if (method == MethodOption.AUTO) {
        AutomaticChoice choice = AutomaticMethod.choose(model, firstRows, options.runs());
        attributor = choice.attributor();
        return choice.attributions();
      }
      attributor = Attributor.of(model, options.method(method, references()), options.runs());
      return attributor.attribute(firstRows);
    }
  }

  private Optional<ReferenceDistribution> references() {
    return options
        .references()
        .map(
            file -> {
              Table rows = TableReader.withDefaults().read(file, model.preprocessing().schema());
              return ReferenceDistribution.uniform(model.preprocessing().transform(rows));
            });
  }

  private List<String> header() {
    List<String> header = new ArrayList<>(List.of("row", "output", "baseline output"));
    ColumnGroups groups = model.preprocessing().groups();
    header.addAll(perFeature ? model.preprocessing().featureNames() : groups.columns());
    return header;
  }

  private FloatArray shown(FloatArray attributions) {
    return perFeature ? attributions : model.preprocessing().groups().sumByColumn(attributions);
  }

  private static List<Object> cells(
      long row, Attributions attributions, FloatArray shown, int index) {
    List<Object> cells = new ArrayList<>();
    cells.add(row);
    cells.add(attributions.explained().values()[index]);
    cells.add(attributions.baselineOutput().map(b -> (Object) b.values()[index]).orElse(""));
    int width = shown.rowSize();
    for (int j = 0; j < width; j++) {
      cells.add(shown.values()[index * width + j]);
    }
    return cells;
  }
}
