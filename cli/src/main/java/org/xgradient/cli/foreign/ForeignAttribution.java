package org.xgradient.cli.foreign;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Floats;
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
import org.xgradient.attribution.AutomaticOptions;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.cli.option.AttributionOptions;
import org.xgradient.cli.option.AutomaticMethod;
import org.xgradient.cli.option.BaselineOption;
import org.xgradient.cli.option.ConsoleProgress;
import org.xgradient.cli.option.MethodOption;
import org.xgradient.cli.option.OutputHeader;
import org.xgradient.cli.page.AttributionPage;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.data.table.Table;
import org.xgradient.graph.homogeneity.Homogeneity;
import org.xgradient.graph.homogeneity.Homogeneity.Proven;
import org.xgradient.graph.runtime.NativeTensorFlow;
import org.xgradient.graph.savedmodel.Examples;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.report.CsvFile;
import org.xgradient.report.Formulas;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.Sentences;

/**
 * Explains what a SavedModel of others gives for the examples of a file, which may be larger than
 * memory.
 *
 * @param model the model, borrowed
 * @param options how
 * @param baseline where attributions start to count
 * @param reading how tables are read
 * @param kept which columns are carried over
 * @param formulas what is done with texts that a spreadsheet would compute
 * @param target which output
 * @param perFeature whether each explained value has a column of its own
 */
public record ForeignAttribution(
    LoadedModel model,
    AttributionOptions options,
    BaselineOption baseline,
    TableReading reading,
    ImmutableList<String> kept,
    Formulas formulas,
    Optional<String> target,
    boolean perFeature) {

  /** As a share of the changes of the outputs. */
  private static final double MOST_OFF = 0.05;

  private static final String INVARIANT =
      "the model is scale-invariant (homogeneous of degree 0), so that its outputs jump at zero and do"
          + " not change on the way from there to a row; take another baseline, such as --baseline"
          + " mean";

  private static final int ROWS_PER_CHUNK = 1024;

  /** Charts of more columns show nothing. */
  private static final int MOST_COLUMNS = 2000;

  /**
   * Writes a row for each example, and what it explains where there is more than one output, and
   * then a page of them.
   *
   * @param page where the page goes; empty for none
   * @throws IOException if the file can't be written
   */
  public void write(Path file, Path out, Optional<Path> page) throws IOException {
    MethodOption chosen = options.ofTable(baseline, false);
    ImmutableList<ForeignTarget> targets = ForeignTarget.of(model.output(), target);
    Baseline from = baseline.of(file, rows -> ForeignRows.open(model, rows, reading));
    Work work = new Work(targets, from, page.isPresent());
    if (chosen != MethodOption.AUTO) {
      work.by(chosen);
    }
    try (ForeignData data = ForeignData.open(model, file, reading, kept, ROWS_PER_CHUNK)) {
      ContributionColumns columns = ContributionColumns.of(model, data, perFeature);
      List<String> header =
          OutputHeader.of(
              kept, List.of("explained", "output", "output at the baseline"), columns.names());
      long rows =
          ForeignStream.write(
              "attributing",
              data,
              out,
              formulas,
              header,
              (chunk, writer) -> work.write(chunk, data, columns, writer));
      if (page.isPresent()) {
        work.page(page.get(), file);
      }
      ConsoleProgress.note("%s", work.summary(rows));
      work.warn();
    }
  }

  /** Explains examples, all by the method that is chosen on the first ones. */
  private final class Work {
    private final ImmutableList<ForeignTarget> targets;
    private final Baseline from;
    private final boolean shown;
    private final List<Attributor> attributors = new ArrayList<>();
    private boolean begun;
    private Optional<ForeignPage> page = Optional.empty();
    private AttributionMethod method = new XGradient();
    private double gaps;
    private double changes;
    private double worst;
    private String worstRow = "";

    Work(ImmutableList<ForeignTarget> targets, Baseline from, boolean shown) {
      this.targets = targets;
      this.from = from;
      this.shown = shown;
    }

    void write(
        ForeignChunk chunk, ForeignData data, ContributionColumns columns, CsvFile.RowWriter out)
        throws IOException {
      Examples examples = model.examples(chunk.values());
      boolean first = !begun;
      begun = true;
      Optional<Table> cells =
          (first ? shown && columns.names().size() <= MOST_COLUMNS : page.isPresent())
              ? Optional.of(ForeignCells.of(model, chunk, data))
              : Optional.empty();
      if (first) {
        page =
            cells.flatMap(
                table -> ForeignPage.of(model, targets, table, columns, kept, options.seed()));
      }
      List<Attributions> found =
          attributors.isEmpty()
              ? choose(examples)
              : attributors.stream()
                  .map(attributor -> attributor.attribute(examples.explained(), examples.fixed()))
                  .toList();
      found.forEach(each -> measure(each, chunk.before()));
      for (int row = 0; row < chunk.rows(); row++) {
        for (int i = 0; i < targets.size(); i++) {
          List<Object> written = chunk.begin(row);
          written.addAll(cells(targets.get(i), found.get(i), row));
          FloatArray values = found.get(i).values().rows(row, row + 1);
          float[] sums = columns.sums(values.values());
          Floats.asList(sums).forEach(written::add);
          out.row(written);
          if (page.isPresent()) {
            page.get().add(chunk, cells.orElseThrow(), row, i, found.get(i), sums);
          }
        }
      }
    }

    /** By a method that is named: what is wrong with it is said before anything is written. */
    void by(MethodOption chosen) {
      AttributionMethod named = baseline.applyTo(options.method(chosen, references()), from);
      AttributionOptions.withAdvice(() -> by(named));
    }

    /** The choice is made on the first examples, and holds for all; it comes with their shares. */
    private List<Attributions> choose(Examples first) {
      AutomaticOptions automatic = options.automatic(runs(targets.get(0))).withBaseline(from);
      AutomaticChoice choice =
          AutomaticMethod.choose(model, first.explained(), first.fixed(), automatic);
      method = choice.method();
      attributors.add(choice.attributor());
      List<Attributions> found = new ArrayList<>(List.of(choice.attributions()));
      for (ForeignTarget other : targets.subList(1, targets.size())) {
        Attributor attributor = Attributor.of(model, method, runs(other));
        attributors.add(attributor);
        found.add(attributor.attribute(first.explained(), first.fixed()));
      }
      return found;
    }

    private void by(AttributionMethod chosen) {
      method = chosen;
      targets.forEach(of -> attributors.add(Attributor.of(model, method, runs(of))));
    }

    void page(Path place, Path file) throws IOException {
      if (page.isEmpty()) {
        ConsoleProgress.note(
            "note: there is no page, for contributions are of inner tensors, or of too many columns"
                + " to show");
        return;
      }
      page.get()
          .write(
              place,
              file,
              method.getClass().getSimpleName(),
              AttributionPage.comparedWith(method, baseline.describe()),
              isInvariant() ? Optional.of(Sentences.begin(INVARIANT) + ".") : Optional.empty(),
              Provenance.ofThisProcess()
                  .with("TensorFlow", NativeTensorFlow.version())
                  .with("output", model.output().name()));
      System.out.println("Report: " + place);
    }

    private void measure(Attributions found, long before) {
      found
          .completenessGap()
          .ifPresent(
              gap -> {
                float[] start = found.baselineOutput().orElseThrow().values();
                for (int i = 0; i < start.length; i++) {
                  double change = (double) found.explained().values()[i] - start[i];
                  double off = Math.abs(gap.values()[i]);
                  gaps += off;
                  changes += Math.abs(change);
                  if (off > worst) {
                    worst = off;
                    worstRow =
                        "row %d by %s, where the output changes by %s"
                            .formatted(
                                before + i + 1,
                                Numbers.significant(off, 2),
                                Numbers.significant(change, 3));
                  }
                }
              });
    }

    void warn() {
      if (gaps > MOST_OFF * changes) {
        System.err.println(
            "warning: the contributions do not add up to what they explain"
                + (isInvariant()
                    ? ": " + INVARIANT
                    : "; take more --steps, another --baseline, or another --method, and look at the"
                        + " gap before they are used"));
      }
    }

    private boolean isInvariant() {
      return !baseline.isGiven()
          && Homogeneity.of(model) instanceof Proven proven
          && proven.degree() == 0;
    }

    String summary(long rows) {
      return "Explained %s%s"
          .formatted(
              Numbers.count(rows, "row"),
              changes > 0
                  ? "; the attributions of a row add up to the change of its output but for %s of it on the mean%s"
                      .formatted(
                          Numbers.percent(gaps / changes),
                          worst > 0 ? " (farthest off is %s)".formatted(worstRow) : "")
                  : "");
    }
  }

  private AttributorOptions runs(ForeignTarget of) {
    return options.runs().withTarget(of.target());
  }

  private List<Object> cells(ForeignTarget of, Attributions found, int row) {
    List<Object> cells = new ArrayList<>();
    cells.add(
        of.name().isEmpty()
            ? ForeignTarget.name(model.output(), of.indexIn(found.logits(), row))
            : of.name());
    cells.add(found.explained().values()[row]);
    cells.add(found.baselineOutput().map(outputs -> (Object) outputs.values()[row]).orElse(""));
    return cells;
  }

  private Optional<ReferenceDistribution> references() {
    return options
        .references()
        .map(
            file -> {
              try (ForeignData data =
                  ForeignData.open(model, file, reading, List.of(), Integer.MAX_VALUE)) {
                Examples all = model.examples(data.next().values());
                return ReferenceDistribution.uniform(all.explained());
              }
            });
  }
}
