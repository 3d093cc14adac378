package org.xgradient.training;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.AttributionShare;
import org.xgradient.attribution.Attributor;
import org.xgradient.data.Batch;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.ColumnGroups;
import org.xgradient.graph.Predictor;
import org.xgradient.metrics.ModelMetric;
import org.xgradient.training.objective.ExampleLosses;
import org.xgradient.training.objective.Masked;
import org.xgradient.training.objective.MaskedFeatures;
import org.xgradient.training.swap.SwapEffect;

/**
 * What a model is like on rows that it was not trained on, as far as its priors are concerned.
 *
 * @param metric the usual metric of the task
 * @param loss the mean task loss
 * @param penalties the penalty of each prior, without its weight
 * @param columns the number of columns that carry {@value #IN_USE} of the attribution: the fewest
 *     whose mean absolute attributions add up to so much
 * @param share the share of the attribution on the features that a prior masks; empty where none
 *     does, or there is no attribution at all
 * @param swap what a swap of those features does; empty where no prior masks any
 * @param outputs the logits, of shape {@code [rows, outputs]}
 */
public record PriorFigures(
    double metric,
    double loss,
    ImmutableDoubleArray penalties,
    int columns,
    Optional<Double> share,
    Optional<SwapEffect> swap,
    FloatArray outputs) {

  private static final double IN_USE = 0.99;

  /**
   * Measures the model of a trainer as it is now.
   *
   * @param trainer the trainer
   * @param test the rows
   * @param groups which features come from which column
   * @param method what computes the attributions
   * @param options the seed and the memory budget
   * @return the figures
   */
  static PriorFigures of(
      Trainer trainer,
      Dataset test,
      ColumnGroups groups,
      AttributionMethod method,
      TrainingOptions options) {
    ExampleLosses losses = trainer.losses(test, options);
    Batch all = test.all();
    FloatArray attributions =
        Attributor.of(trainer.model(), method).attribute(all.inputs()).values();
    Optional<Masked> masked = trainer.objective().masked();
    FloatArray outputs = Predictor.of(trainer.model()).logits(all.inputs());
    return new PriorFigures(
        ModelMetric.of(test.task()).of(outputs, all.labels()),
        losses.meanLoss(),
        losses.penalties(),
        columnsInUse(groups.sumByColumn(attributions)),
        masked
            .filter(MaskedFeatures.class::isInstance)
            .flatMap(features -> share(attributions, ((MaskedFeatures) features).mask())),
        masked.map(of -> SwapEffect.of(trainer.model(), test, of)),
        outputs);
  }

  private static int columnsInUse(FloatArray attributions) {
    int columns = attributions.rowSize();
    double[] sums = new double[columns];
    for (int i = 0; i < attributions.size(); i++) {
      sums[i % columns] += Math.abs(attributions.values()[i]);
    }
    double total = Arrays.stream(sums).sum();
    Arrays.sort(sums);
    double carried = 0;
    int used = 0;
    while (used < columns && carried < IN_USE * total) {
      used++;
      carried += sums[columns - used];
    }
    return used;
  }

  private static Optional<Double> share(FloatArray attributions, FloatArray mask) {
    for (float value : attributions.values()) {
      if (value != 0) {
        int[] masked = IntStream.range(0, mask.size()).filter(i -> mask.values()[i] != 0).toArray();
        return Optional.of(AttributionShare.of(attributions, masked).share());
      }
    }
    return Optional.empty();
  }
}
