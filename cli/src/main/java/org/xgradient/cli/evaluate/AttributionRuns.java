package org.xgradient.cli.evaluate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.ProgressListener;
import org.xgradient.attribution.ProgressListener.Progress;
import org.xgradient.data.FloatArray;
import org.xgradient.metrics.MaxSensitivity;
import org.xgradient.metrics.MethodAttributors;
import org.xgradient.metrics.ParameterRandomization;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.progress.ProgressTask;

/** Runs the methods of a comparison and shows how far each is. */
final class AttributionRuns {

  /** In standard deviations of a numeric column, or of the colors of an image. */
  private static final double RADIUS = 0.1;

  private static final int SAMPLES = 4;

  /** How often attributions are looked at while a network is randomized from its end. */
  private static final int RANDOMIZATIONS = 5;

  private final PlannedEvaluation comparison;
  private final ProgressReporter reporter;
  private final ImmutableMap<String, MethodAttributors> attributors;
  private final String unit;
  private ProgressListener progress = ProgressListener.NONE;

  AttributionRuns(PlannedEvaluation comparison, ProgressReporter reporter) {
    this.comparison = comparison;
    this.reporter = reporter;
    unit = comparison.subject().wording().inputs();
    var options =
        AttributorOptions.withDefaults()
            .withMemoryBudget(comparison.memoryBudget())
            .withSeed(comparison.seed())
            .withProgress(now -> progress.progressed(now));
    ImmutableMap.Builder<String, MethodAttributors> prepared = ImmutableMap.builder();
    comparison
        .methods()
        .forEach(
            (name, method) ->
                prepared.put(
                    name,
                    MethodAttributors.of(
                        comparison.subject(), ImmutableMap.of(name, method.method()), options)));
    attributors = prepared.buildOrThrow();
  }

  ImmutableMap<String, Attributions> attributeAll() {
    ImmutableMap.Builder<String, Attributions> all = ImmutableMap.builder();
    comparison
        .methods()
        .forEach(
            (name, method) -> {
              try (ProgressTask task =
                  reporter.start("attributing: " + name, comparison.rows(), unit)) {
                progress = now -> task.advanceTo(rows(now));
                all.put(
                    name,
                    method.attribute(
                        comparison.inputs(),
                        comparison.classes(),
                        (rows, classes) -> attribute(name, rows, classes)));
              }
            });
    return all.buildOrThrow();
  }

  /** The relative sensitivity of a method at each row. */
  double[] sensitivity(String name) {
    var metric = new MaxSensitivity(RADIUS, SAMPLES, comparison.seed());
    long total = (SAMPLES + 1L) * comparison.rows();
    try (ProgressTask task = reporter.start("sensitivity: " + name, total, unit)) {
      return metric.relative(
          comparison.inputs(),
          rows -> {
            long before = task.done();
            progress = now -> task.advanceTo(before + rows(now));
            return attribute(name, rows).values();
          });
    }
  }

  /** How the attributions of a method change as the model loses what it has learned. */
  ImmutableList<ParameterRandomization> randomization(String name) {
    Subject subject = comparison.subject();
    int rows = Math.min(subject.sampleForRandomization(), comparison.rows());
    FloatArray inputs = comparison.inputs().rows(0, rows);
    int[] classes = Arrays.copyOf(comparison.classes(), rows);
    int steps = ParameterRandomization.steps(subject.model(), RANDOMIZATIONS);
    long total = (steps + 1L) * rows;
    try (ProgressTask task = reporter.start("randomization: " + name, total, unit)) {
      return ParameterRandomization.run(
          subject,
          ParameterRandomization.Mode.CASCADING,
          RANDOMIZATIONS,
          comparison.seed(),
          () -> {
            long before = task.done();
            progress = now -> task.advanceTo(before + share(now, rows));
            return attribute(name, inputs, classes).values();
          });
    }
  }

  private Attributions attribute(String name, FloatArray rows) {
    return attribute(name, rows, comparison.classes());
  }

  private Attributions attribute(String name, FloatArray rows, int[] classes) {
    MethodAttributors attributor = attributors.get(name);
    if (attributor == null) {
      throw new IllegalArgumentException(
          "a method must be one of %s, found %s".formatted(attributors.keySet(), name));
    }
    return attributor.attribute(rows, classes).values().asList().get(0);
  }

  /** Units of progress are finer than rows: each point of a path counts. */
  private long rows(Progress now) {
    return share(now, comparison.rows());
  }

  private static long share(Progress now, int rows) {
    return now.total() == 0 ? 0 : rows * now.done() / now.total();
  }
}
