package org.xgradient.cli.foreign;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.xgradient.attribution.Attributions;
import org.xgradient.cli.page.AttributionPage;
import org.xgradient.cli.page.ExplainedRow;
import org.xgradient.cli.page.RowSample;
import org.xgradient.cli.page.ShownColumn;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.Table;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.ModelOutput;
import org.xgradient.report.table.WhatIf;

/** The page beside the explanations that a SavedModel of others is given. */
public final class ForeignPage {

  private final LoadedModel model;
  private final ImmutableList<ForeignTarget> targets;
  private final RowSample sample;

  private ForeignPage(LoadedModel model, ImmutableList<ForeignTarget> targets, RowSample sample) {
    this.model = model;
    this.targets = targets;
    this.sample = sample;
  }

  /**
   * Starts a page, if there is something to show: where contributions are of inner tensors, there
   * are no cells to stand beside them.
   *
   * @param cells the first rows
   * @param columns what has contributions
   * @param kept the names of columns that are carried over
   * @param seed the seed of what is drawn
   */
  static Optional<ForeignPage> of(
      LoadedModel model,
      ImmutableList<ForeignTarget> targets,
      Table cells,
      ContributionColumns columns,
      ImmutableList<String> kept,
      long seed) {
    if (!names(cells).containsAll(columns.names())) {
      return Optional.empty();
    }
    ImmutableList<ShownColumn> shown =
        columns.names().stream()
            .map(name -> ShownColumn.of(cells.column(name)))
            .collect(ImmutableList.toImmutableList());
    return Optional.of(
        new ForeignPage(
            model,
            targets,
            new RowSample(
                shown, classes(model.output(), targets), kept, RowSample.MOST_ROWS, seed)));
  }

  private static ImmutableSet<String> names(Table cells) {
    return cells.columns().stream().map(Column::name).collect(ImmutableSet.toImmutableSet());
  }

  /** Of one output, and of a sum of some, there are none. */
  private static ImmutableList<String> classes(
      ModelOutput output, ImmutableList<ForeignTarget> targets) {
    return output.size() == 1 || !targets.get(0).isOne()
        ? ImmutableList.of()
        : IntStream.range(0, output.size())
            .mapToObj(i -> ForeignTarget.name(output, i))
            .collect(ImmutableList.toImmutableList());
  }

  /**
   * Adds what is explained of a row.
   *
   * @param target the index of the target
   * @param contributions what each column adds
   */
  void add(
      ForeignChunk chunk,
      Table cells,
      int row,
      int target,
      Attributions found,
      float[] contributions) {
    double end = found.explained().values()[row];
    OptionalDouble start =
        found
            .baselineOutput()
            .map(outputs -> OptionalDouble.of(outputs.values()[row]))
            .orElseGet(OptionalDouble::empty);
    double[] amounts =
        IntStream.range(0, contributions.length).mapToDouble(i -> contributions[i]).toArray();
    ExplainedRow number = ExplainedRow.ofNumber(end, start, amounts);
    sample.add(
        chunk.before() + row + 1,
        chunk.kept().isEmpty() ? List.of() : chunk.kept().get(row),
        cells,
        row,
        classes(model.output(), targets).isEmpty()
            ? number
            : number.ofClass(
                targets.get(target).indexIn(found.logits(), row), probability(found, target, row)));
  }

  /** Outputs that are none have none. */
  private double probability(Attributions found, int target, int row) {
    if (model.output().activation() != ModelOutput.Activation.SOFTMAX) {
      return Double.NaN;
    }
    FloatArray outputs = model.output().of(found.logits().rows(row, row + 1));
    return outputs.values()[targets.get(target).indexIn(found.logits(), row)];
  }

  /**
   * Writes the page.
   *
   * @param page where
   * @param file the file of the rows
   * @param method the name of the method
   * @param baseline what rows are compared with, as the end of a sentence
   * @param cause why contributions do not add up if they do not, where that is known
   * @throws IOException if it can't be written
   */
  void write(
      Path page,
      Path file,
      String method,
      String baseline,
      Optional<String> cause,
      Provenance provenance)
      throws IOException {
    new AttributionPage(
            String.valueOf(file.getFileName()),
            model.output().name(),
            quantity(),
            targets.size(),
            method,
            baseline,
            cause,
            provenance)
        .of(sample, WhatIf.Unavailable.ofOthers())
        .write(page);
  }

  /** {@return what the values of an output are called, by their logits where it has some} */
  public static ImmutableList<String> outputs(ModelOutput output) {
    String of = output.activation() == ModelOutput.Activation.NONE ? "" : "Logit of ";
    return IntStream.range(0, output.size())
        .mapToObj(i -> of + ForeignTarget.name(output, i))
        .collect(ImmutableList.toImmutableList());
  }

  private String quantity() {
    boolean logit = model.output().activation() != ModelOutput.Activation.NONE;
    if (targets.size() > 1) {
      return logit ? "logit of each output" : "output";
    }
    String name = targets.get(0).name();
    if (name.isEmpty()) {
      return logit ? "logit of the largest output" : "largest output";
    }
    return logit ? "logit of " + name : name;
  }
}
