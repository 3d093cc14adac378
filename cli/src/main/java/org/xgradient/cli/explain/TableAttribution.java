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
import org.xgradient.attribution.AutomaticChoice;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.cli.option.AttributionOptions;
import org.xgradient.cli.option.AutomaticMethod;
import org.xgradient.cli.option.BaselineOption;
import org.xgradient.cli.option.MethodOption;
import org.xgradient.cli.option.OutputHeader;
import org.xgradient.cli.option.RowOptions;
import org.xgradient.cli.page.AttributionPage;
import org.xgradient.cli.page.AttributionSections;
import org.xgradient.cli.page.Explained;
import org.xgradient.cli.page.ExplainedRow;
import org.xgradient.cli.page.ModelInPage;
import org.xgradient.cli.page.RowSample;
import org.xgradient.cli.page.ShownColumn;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TableSchema;
import org.xgradient.data.table.reading.RowReview;
import org.xgradient.data.table.reading.TableChunks;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Probabilities;
import org.xgradient.report.CsvFile;
import org.xgradient.report.Formulas;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.table.WhatIf;
import org.xgradient.training.table.TableModel;

/**
 * Explains the rows of a table, which may be larger than memory.
 *
 * @param model the model, borrowed
 * @param options how
 * @param baseline where attributions start to count
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
    BaselineOption baseline,
    RowOptions rowOptions,
    KeptColumns kept,
    Formulas formulas,
    ImmutableList<Explained> explained,
    boolean perFeature,
    int batch) {

  private static final int ROWS_PER_CHUNK = 1024;

  /** On so many rows the outputs that a page computes are held to TensorFlow's. */
  private static final int PROBED = 256;

  /**
   * Writes a row for each row, and then a page of them.
   *
   * @param page where the page goes; empty for none
   * @throws IOException if a file can't be written
   */
  void write(Path data, Path out, Optional<Path> page) throws IOException {
    MethodOption chosen = options.ofTable(baseline, explained.get(0).probability());
    var explanation =
        new Explanation(
            page.isPresent(),
            baseline.of(data, file -> FeatureRows.open(model.preprocessing(), file, rowOptions)));
    if (chosen != MethodOption.AUTO) {
      explanation.by(chosen);
    }
    int atATime = TableStream.rowsPerChunk(model, ROWS_PER_CHUNK, batch);
    new TableStream(model, rowOptions, kept, formulas, atATime)
        .write("attributing", data, out, header(), explanation);
    if (page.isPresent() && !explanation.sample.isEmpty()) {
      explanation.page(data).write(page.get());
    }
  }

  /** Explains rows, all by the method that is chosen on the first ones. */
  private final class Explanation implements TableStream.Work {
    private final List<Attributor> attributors = new ArrayList<>();
    private final boolean shown;
    private final Baseline from;
    private final RowSample sample =
        new RowSample(
            ShownColumn.of(model.preprocessing()),
            model.labels().classes(),
            kept.names(),
            RowSample.MOST_ROWS,
            options.seed());
    private AttributionMethod method = new XGradient();
    private FloatArray probe = FloatArray.zeros(0, 0);

    Explanation(boolean shown, Baseline from) {
      this.shown = shown;
      this.from = from;
    }

    HtmlPage page(Path data) {
      return new AttributionPage(
              String.valueOf(data.getFileName()),
              model.labels().column(),
              explained.get(0).quantityOf(explained.size()),
              explained.size(),
              method.getClass().getSimpleName(),
              AttributionPage.comparedWith(
                  method, from.isZero() ? AttributionSections.AVERAGE_ROW : baseline.describe()),
              Optional.empty(),
              model.provenance())
          .of(sample, whatIf());
    }

    private WhatIf whatIf() {
      return explained.get(0).probability()
          ? new WhatIf.Unavailable(
              "A page computes logits, and these contributions are to probabilities; without"
                  + " --probability there are cells to change here.")
          : ModelInPage.of(model, model.preprocessing(), model.labels(), method, probe);
    }

    @Override
    public void write(RowChunk chunk, CsvFile.RowWriter out) throws IOException {
      FloatArray features = model.preprocessing().transform(chunk.table());
      if (probe.rows() == 0) {
        probe = features.rows(0, Math.min(PROBED, features.rows()));
      }
      List<Attributions> found =
          attributors.isEmpty()
              ? choose(features)
              : attributors.stream().map(attributor -> attributor.attribute(features)).toList();
      List<FloatArray> byColumn = found.stream().map(a -> byColumn(a.values())).toList();
      List<FloatArray> written =
          perFeature ? found.stream().map(Attributions::values).toList() : byColumn;
      for (int row = 0; row < features.rows(); row++) {
        for (int i = 0; i < found.size(); i++) {
          List<Object> cells = chunk.begin(row);
          ExplainedRow said = said(i, found, written, row);
          cells.addAll(explained.get(i).cells(said));
          out.row(cells);
          if (shown) {
            ExplainedRow ofColumns = perFeature ? said(i, found, byColumn, row) : said;
            sample.add(chunk.number(row), chunk.keptOf(row), chunk.table(), row, ofColumns);
          }
        }
      }
    }

    private ExplainedRow said(
        int output, List<Attributions> found, List<FloatArray> contributions, int row) {
      return explained
          .get(output)
          .row(found.get(output), row, contributions.get(output).rows(row, row + 1).values());
    }

    /** By a method that is named: what is wrong with it is said before anything is written. */
    void by(MethodOption chosen) {
      AttributionMethod named = baseline.applyTo(options.method(chosen, references()), from);
      AttributionOptions.withAdvice(() -> by(named));
    }

    /** The choice is made on the first rows, whose attributions come with it, and holds for all. */
    private List<Attributions> choose(FloatArray firstRows) {
      AutomaticChoice choice =
          AutomaticMethod.choose(
              subject(), firstRows, options.automatic(runs(explained.get(0))).withBaseline(from));
      method = choice.method();
      attributors.add(choice.attributor());
      List<Attributions> found = new ArrayList<>(List.of(choice.attributions()));
      for (Explained other : explained.subList(1, explained.size())) {
        Attributor attributor = Attributor.of(subject(), method, runs(other));
        attributors.add(attributor);
        found.add(attributor.attribute(firstRows));
      }
      return found;
    }

    private void by(AttributionMethod chosen) {
      method = chosen;
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
              TableSchema schema = model.preprocessing().schema();
              try (TableChunks chunks =
                  rowOptions.open(file, schema, List.of(), Integer.MAX_VALUE)) {
                Table rows = chunks.next();
                RowReview review = RowReview.of(model.preprocessing());
                review.add(rows);
                rowOptions.judge("--references", review.findings(chunks));
                return ReferenceDistribution.uniform(model.preprocessing().transform(rows));
              }
            });
  }

  private List<String> header() {
    return OutputHeader.of(
        kept.names(),
        Explained.header(explained),
        perFeature
            ? model.preprocessing().featureNames()
            : model.preprocessing().groups().columns());
  }

  private FloatArray byColumn(FloatArray attributions) {
    return model.preprocessing().groups().sumByColumn(attributions);
  }
}
