package org.xgradient.cli.evaluate;

import com.google.common.collect.ImmutableMap;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.ProgressListener;
import org.xgradient.attribution.ProgressListener.Progress;
import org.xgradient.cli.report.ProgressReporter;
import org.xgradient.cli.report.ProgressTask;
import org.xgradient.data.FloatArray;
import org.xgradient.metrics.MaxSensitivity;
import org.xgradient.metrics.MethodAttributors;

/** Runs the methods of a comparison and shows how far each is. */
final class AttributionRuns {

  /** In standard deviations of a numeric column. */
  private static final double RADIUS = 0.1;

  private static final int SAMPLES = 4;

  private final Comparison comparison;
  private final ProgressReporter reporter;
  private final ImmutableMap<String, MethodAttributors> attributors;
  private ProgressListener progress = ProgressListener.NONE;

  AttributionRuns(Comparison comparison, ProgressReporter reporter) {
    this.comparison = comparison;
    this.reporter = reporter;
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
                        comparison.model().session(),
                        comparison.model().model(),
                        ImmutableMap.of(name, method),
                        options)));
    attributors = prepared.buildOrThrow();
  }

  ImmutableMap<String, Attributions> attributeAll() {
    ImmutableMap.Builder<String, Attributions> all = ImmutableMap.builder();
    for (String name : attributors.keySet()) {
      try (ProgressTask task = reporter.start("attributing: " + name, comparison.rows(), "rows")) {
        progress = now -> task.advanceTo(rows(now));
        all.put(name, attribute(name, comparison.features()));
      }
    }
    return all.buildOrThrow();
  }

  /** The relative sensitivity of a method at each row. */
  double[] sensitivity(String name) {
    var metric = new MaxSensitivity(RADIUS, SAMPLES, comparison.seed());
    long total = (SAMPLES + 1L) * comparison.rows();
    try (ProgressTask task = reporter.start("sensitivity: " + name, total, "rows")) {
      return metric.relative(
          comparison.features(),
          rows -> {
            long before = task.done();
            progress = now -> task.advanceTo(before + rows(now));
            return attribute(name, rows).values();
          });
    }
  }

  private Attributions attribute(String name, FloatArray rows) {
    MethodAttributors attributor = attributors.get(name);
    if (attributor == null) {
      throw new IllegalArgumentException(
          "a method must be one of %s, found %s".formatted(attributors.keySet(), name));
    }
    return attributor.attribute(rows, comparison.classes()).values().asList().get(0);
  }

  /** Units of progress are finer than rows: each point of a path counts. */
  private long rows(Progress now) {
    return now.total() == 0 ? 0 : comparison.rows() * now.done() / now.total();
  }
}
