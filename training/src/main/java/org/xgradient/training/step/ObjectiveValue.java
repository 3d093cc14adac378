package org.xgradient.training.step;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.data.Batch;
import org.xgradient.data.Dataset;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.training.objective.ExampleLosses;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.objective.WeightedPrior;

/**
 * The value of an objective on data in inference mode, without an update: what judges the epochs of
 * a training. What the priors draw depends on a seed alone, so that epochs are judged by the same
 * draws.
 */
public final class ObjectiveValue {

  private final GraphSession session;
  private final Model model;
  private final BatchOperands part;
  private final List<Operand<TFloat32>> values;
  private final long bytesPerRow;

  public ObjectiveValue(BoundModel bound, Objective objective) {
    session = bound.session();
    model = bound.model();
    Ops tf = model.ops().withSubScope("objective");
    var unmixed = new Objective(objective.loss(), objective.priors());
    part = BatchOperands.of(tf, model, unmixed);
    var pass =
        model
            .forward(part.inputs(), Mode.inference())
            .withSeed(part.seed())
            .withLabels(tf.dtypes.cast(part.labels(), TInt32.class));
    List<Operand<TFloat32>> penalties = new ArrayList<>();
    for (WeightedPrior prior : unmixed.priors()) {
      penalties.add(prior.penalty(pass));
    }
    values = new ArrayList<>(List.of(part.losses(tf, unmixed.loss(), pass.logits())));
    if (!penalties.isEmpty()) {
      values.add(tf.stack(penalties));
    }
    bytesPerRow = Steps.bytesPerRow(unmixed, pass.bytesPerRow());
  }

  /**
   * Computes the loss of each example, and the penalties: where the budget divides the examples,
   * the means over the parts.
   *
   * @param data the examples
   * @param seed what the priors draw from
   * @param memoryBudget the bytes that the values of one run may take
   * @return the losses
   */
  public ExampleLosses of(Dataset data, long seed, long memoryBudget) {
    int rows =
        model
            .fixedBatch()
            .orElse((int) Math.max(1, Math.min(data.size(), memoryBudget / bytesPerRow)));
    double[] losses = new double[data.size()];
    double[] penalties = new double[0];
    for (int from = 0; from < data.size(); from += rows) {
      int to = Math.min(data.size(), from + rows);
      var computed = session.run(feed(data, from, rows, seed), values, List.of());
      for (int row = from; row < to; row++) {
        losses[row] = computed.get(0).values()[row - from];
      }
      if (computed.size() > 1) {
        float[] ofPart = computed.get(1).values();
        penalties = penalties.length == 0 ? new double[ofPart.length] : penalties;
        for (int i = 0; i < ofPart.length; i++) {
          penalties[i] += ofPart[i] * (double) (to - from) / data.size();
        }
      }
    }
    return new ExampleLosses(
        ImmutableDoubleArray.copyOf(losses), ImmutableDoubleArray.copyOf(penalties));
  }

  /** Rows from one on; for a model of a fixed batch, the last one fills it up. */
  private Feeds feed(Dataset data, int from, int rows, long seed) {
    int count = model.fixedBatch().isPresent() ? rows : Math.min(rows, data.size() - from);
    int[] numbers = new int[count];
    Arrays.setAll(numbers, i -> Math.min(from + i, data.size() - 1));
    Batch batch = data.batch(numbers);
    return Feeds.of(part.inputs(), batch.inputs())
        .with(part.labels(), batch.labels())
        .withSeed(part.seed(), seed);
  }
}
