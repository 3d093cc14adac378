package org.xgradient.cli.evaluate;

import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.util.Optional;
import org.xgradient.attribution.Baseline;
import org.xgradient.cli.foreign.ForeignExamples;
import org.xgradient.cli.foreign.ForeignLabels;
import org.xgradient.cli.foreign.ForeignRows;
import org.xgradient.cli.foreign.TableReading;
import org.xgradient.cli.option.AttributionOptions;
import org.xgradient.cli.option.BaselineOption;
import org.xgradient.data.Checksums;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.metrics.masking.Fill;
import org.xgradient.report.progress.ProgressReporter;

/**
 * Compares methods on a SavedModel of others, and the labelled rows of a table.
 *
 * @param model the model, borrowed
 * @param attribution how methods run
 * @param baseline where attributions start to count
 * @param reading how the table is read
 * @param label the column of the label
 * @param meaning what the labels are to the model
 * @param count the number of rows to draw, if there are more
 */
record ForeignComparison(
    LoadedModel model,
    AttributionOptions attribution,
    BaselineOption baseline,
    TableReading reading,
    String label,
    ForeignLabels meaning,
    int count) {

  Evaluation run(
      Path directory,
      Path data,
      ImmutableSet<EvaluationMetric> metrics,
      ProgressReporter progress) {
    var runs = attribution.runs();
    ForeignExamples examples =
        ForeignExamples.read(model, data, reading, Optional.of(label), count, runs.seed());
    Baseline from = baseline.of(data, file -> ForeignRows.open(model, file, reading));
    FloatArray labels = meaning.encode(examples.labels(), examples.rows().asList());
    var methods =
        new ComparedMethods(attribution, from)
            .of(
                model,
                examples.explained(),
                PlannedEvaluation.classes(labels, meaning.task()),
                attribution
                    .references()
                    .map(this::references)
                    .or(() -> Optional.of(examples.explained())));
    var subject =
        new TableSubject(
            model,
            meaning.task(),
            1,
            examples.features(),
            Fill.mean(examples.explained()),
            "Masked features become their mean over these rows.",
            examples.rows());
    var comparison =
        new PlannedEvaluation(
            subject,
            examples.explained(),
            labels,
            methods,
            metrics,
            runs.memoryBudget(),
            runs.seed());
    return Evaluator.run(
        comparison,
        progress,
        ComparedMethods.provenance(attribution, methods)
            .with("model", directory)
            .with("data", data.getFileName())
            .with("data SHA-256", Checksums.sha256(data))
            .with("label", label)
            .with("most rows", count));
  }

  private FloatArray references(Path file) {
    return ForeignExamples.read(
            model, file, reading, Optional.empty(), attribution.draws(), attribution.runs().seed())
        .explained();
  }
}
