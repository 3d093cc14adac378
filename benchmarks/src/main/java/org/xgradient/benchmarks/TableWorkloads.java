package org.xgradient.benchmarks;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.TrainingResult;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.optimizer.Adam;
import org.xgradient.training.optimizer.UpdateRule;

/**
 * W6: an epoch over a table of 100,000 rows and 50 columns, once by the trainer and once by a loop
 * as one would write it by hand. What is fetched is the mean loss of the epoch; it differs between
 * the two, for the trainer shuffles the rows.
 */
final class TableWorkloads {

  private static final int ROWS = 100_000;
  private static final int FEATURES = 50;
  private static final int[] HIDDEN = {64, 32};
  private static final int BATCH = 256;
  private static final long SEED = 5;
  private static final double RATE = 1e-3;

  private static final WeightedNetwork WEIGHTS =
      new WeightedNetwork(
          Networks.mlp(FEATURES, 1, HIDDEN).withoutBiases(),
          WeightedNetwork.Initial.OF_THE_NETWORK);

  private static final ImmutableMap<String, Object> PARAMS =
      ImmutableMap.of("network", "x-mlp 50-64-32-1", "rows", ROWS, "batch", BATCH);

  private TableWorkloads() {}

  static ImmutableList<Benchmark> all() {
    return ImmutableList.of(
        Benchmark.of("W6.trainer", PARAMS, TableWorkloads::trainer),
        Benchmark.of("W6.loop", PARAMS, TableWorkloads::loop));
  }

  private static Workload trainer(GraphSession session) {
    InMemoryDataset rows = RandomRows.labelled(SEED, ROWS, WEIGHTS.network().inputShape());
    var trainer = Trainer.of(WEIGHTS.build(session), Objective.of(rows), Adam.withDefaults());
    var options = TrainingOptions.withDefaults().withEpochs(1).withBatchSize(BATCH).withSeed(SEED);
    return () -> mean(trainer.fit(rows, options));
  }

  private static FloatArray mean(TrainingResult result) {
    return FloatArray.of(new float[] {(float) result.history().get(0).loss()}, 1);
  }

  /** Forward pass, loss, gradients and update in one run for each batch, and nothing else. */
  private static Workload loop(GraphSession session) {
    InMemoryDataset rows = RandomRows.labelled(SEED, ROWS, WEIGHTS.network().inputShape());
    Ops tf = session.ops();
    List<Parameter> weights = WEIGHTS.build(session).parameters();
    var inputs =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, FEATURES)));
    var labels = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, 1)));
    Operand<TFloat32> hidden = inputs;
    for (int i = 0; i < HIDDEN.length; i++) {
      hidden = tf.nn.relu(tf.linalg.matMul(hidden, weights.get(i).value()));
    }
    Operand<TFloat32> logits = tf.linalg.matMul(hidden, weights.get(HIDDEN.length).value());
    // The binary cross-entropy of a logit z and a label y: max(z, 0) - z y + log(1 + exp(-|z|)).
    var losses =
        tf.math.add(
            tf.math.sub(tf.nn.relu(logits), tf.math.mul(logits, labels)),
            tf.math.log1p(tf.math.exp(tf.math.neg(tf.math.abs(logits)))));
    var loss = tf.math.mean(losses, tf.array(0, 1));
    UpdateRule adam = Adam.withDefaults().build(tf, ImmutableList.copyOf(weights));
    List<Op> updates =
        adam.updateAll(tf, Gradients.of(tf, loss, weights.stream().map(Parameter::value).toList()));
    adam.slots().forEach(slot -> slot.assignZeros(session));
    List<Feeds> batches = batches(rows, inputs, labels);
    var step = new AtomicLong();
    return () -> {
      double sum = 0;
      for (Feeds batch : batches) {
        Feeds feeds = adam.feed(batch, RATE, step.getAndIncrement());
        sum += session.run(feeds, List.of(loss), updates).get(0).values()[0];
      }
      return FloatArray.of(new float[] {(float) (sum / batches.size())}, 1);
    };
  }

  private static List<Feeds> batches(
      InMemoryDataset rows, Operand<TFloat32> inputs, Operand<TFloat32> labels) {
    List<Feeds> batches = new ArrayList<>();
    for (int from = 0; from < ROWS; from += BATCH) {
      int[] index = new int[Math.min(BATCH, ROWS - from)];
      for (int i = 0; i < index.length; i++) {
        index[i] = from + i;
      }
      var batch = rows.batch(index);
      FloatArray column = FloatArray.of(batch.labels().values(), index.length, 1);
      batches.add(Feeds.of(inputs, batch.inputs()).with(labels, column));
    }
    return batches;
  }
}
