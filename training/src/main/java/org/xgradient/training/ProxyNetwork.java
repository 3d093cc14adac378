package org.xgradient.training;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Floats;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.data.Task;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Predictor;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.training.model.ClassProbabilities;
import org.xgradient.training.objective.Objective;

/**
 * How well a small network predicts some features from others: it finds what straight lines do not
 * see, such as two columns that give away a third only together.
 *
 * <p>A multi-layer perceptron of 64 and 32 units is trained on at most 4,000 rows for at most 1,500
 * steps, a fifth of which rows choose the epoch. Features with few different values are told apart
 * as classes, and predicted by the mean over their probabilities.
 */
public final class ProxyNetwork {

  private static final int MOST_ROWS = 4_000;
  private static final int MOST_CLASSES = 20;
  private static final int STEPS = 1_500;
  private static final int BATCH = 64;
  private static final int[] HIDDEN = {64, 32};

  /** One row of so many chooses the epoch. */
  private static final int JUDGES = 5;

  /** With less there is nothing to fit and to choose by. */
  private static final int FEWEST_ROWS = 10;

  private final FloatArray train;
  private final FloatArray judged;
  private final ImmutableIntArray sources;
  private final long seed;

  private ProxyNetwork(FloatArray train, FloatArray judged, ImmutableIntArray sources, long seed) {
    this.train = train;
    this.judged = judged;
    this.sources = sources;
    this.seed = seed;
  }

  /**
   * How much of the variance of some features a network explains.
   *
   * @param train the rows to learn from, of shape {@code [rows, features]}
   * @param judged other rows, at least two
   * @param targets the features to explain, at least one
   * @param sources the features to explain them by, at least one
   * @param seed what the network and its steps start from
   * @return the explained share of the summed variance on the other rows, in {@code [0, 1]}; 0
   *     where they do not vary, or fewer than 10 rows are there to learn from
   * @throws IllegalArgumentException if there are too few rows or no features
   */
  public static double explained(
      FloatArray train,
      FloatArray judged,
      ImmutableIntArray targets,
      ImmutableIntArray sources,
      long seed) {
    checkArgument(
        judged.rows() >= 2 && !targets.isEmpty() && !sources.isEmpty(),
        "there must be two rows, a feature to explain and one to explain it by, found %s, %s, %s",
        Integer.valueOf(judged.rows()),
        targets,
        sources);
    if (train.rows() < FEWEST_ROWS) {
      return 0;
    }
    return new ProxyNetwork(some(train, seed), judged, sources, seed).explained(targets);
  }

  private static FloatArray some(FloatArray rows, long seed) {
    int[] order = new DataRandom(seed).permutation(rows.rows());
    return rows.gather(Arrays.copyOf(order, Math.min(MOST_ROWS, order.length)));
  }

  private double explained(ImmutableIntArray targets) {
    float[][] truth = values(judged, targets);
    float[][] learned = values(train, targets);
    float[][] predicted = predicted(learned);
    double errors = 0;
    double total = 0;
    for (int target = 0; target < targets.length(); target++) {
      double mean = 0;
      for (float[] row : learned) {
        mean += row[target] / learned.length;
      }
      for (int row = 0; row < truth.length; row++) {
        errors += Math.pow(truth[row][target] - predicted[row][target], 2);
        total += Math.pow(truth[row][target] - mean, 2);
      }
    }
    return total == 0 ? 0 : Math.max(0, 1 - errors / total);
  }

  /** The mean of the targets, for each of the other rows. */
  private float[][] predicted(float[]... learned) {
    Map<List<Float>, Integer> classes = new LinkedHashMap<>();
    for (float[] row : learned) {
      classes.putIfAbsent(Floats.asList(row), classes.size());
    }
    if (classes.size() == 1) {
      float[][] predicted = new float[judged.rows()][];
      Arrays.fill(predicted, learned[0]);
      return predicted;
    }
    return classes.size() <= MOST_CLASSES ? byClasses(classes, learned) : byNumbers(learned);
  }

  private float[][] byClasses(Map<List<Float>, Integer> classes, float[]... learned) {
    float[] labels = new float[learned.length];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = Objects.requireNonNull(classes.get(Floats.asList(learned[row])));
    }
    List<List<Float>> values = new ArrayList<>(classes.keySet());
    FloatArray logits = fitted(labels, Task.MULTICLASS, classes.size());
    float[][] predicted = new float[judged.rows()][values.get(0).size()];
    for (int row = 0; row < predicted.length; row++) {
      double[] likely = ClassProbabilities.of(Task.MULTICLASS, logits.rows(row, row + 1).values());
      for (int one = 0; one < likely.length; one++) {
        for (int target = 0; target < predicted[row].length; target++) {
          predicted[row][target] += (float) (likely[one] * values.get(one).get(target));
        }
      }
    }
    return predicted;
  }

  private float[][] byNumbers(float[]... learned) {
    float[][] predicted = new float[judged.rows()][learned[0].length];
    for (int target = 0; target < learned[0].length; target++) {
      float[] labels = new float[learned.length];
      for (int row = 0; row < labels.length; row++) {
        labels[row] = learned[row][target];
      }
      FloatArray outputs = fitted(labels, Task.REGRESSION, 1);
      for (int row = 0; row < predicted.length; row++) {
        predicted[row][target] = outputs.values()[row];
      }
    }
    return predicted;
  }

  /** The outputs for the other rows. */
  private FloatArray fitted(float[] labels, Task task, int outputs) {
    int judges = labels.length / JUDGES;
    int[] choosing = range(0, judges);
    int[] fitting = range(judges, labels.length);
    FloatArray inputs = inputs(train);
    FloatArray targets = FloatArray.of(labels, labels.length);
    var fit = InMemoryDataset.of(inputs.gather(fitting), targets.gather(fitting), task, outputs);
    var choose =
        InMemoryDataset.of(inputs.gather(choosing), targets.gather(choosing), task, outputs);
    int batch = Math.min(BATCH, fitting.length);
    int epochs = Math.max(1, STEPS / ((fitting.length + batch - 1) / batch));
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = Networks.mlp(sources.length(), outputs, HIDDEN).build(session, seed);
      Trainer.of(model, Objective.of(fit))
          .fit(
              fit,
              choose,
              TrainingOptions.withDefaults()
                  .withEpochs(epochs)
                  .withBatchSize(batch)
                  .withSeed(seed)
                  .withValidation(Validation.byObjective().withPatience(Math.max(10, epochs / 5))));
      return Predictor.of(model).logits(inputs(judged));
    }
  }

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  private FloatArray inputs(FloatArray rows) {
    float[][] values = values(rows, sources);
    return FloatArray.of(Floats.concat(values), rows.rows(), sources.length());
  }

  private static float[][] values(FloatArray rows, ImmutableIntArray features) {
    float[][] values = new float[rows.rows()][features.length()];
    for (int row = 0; row < values.length; row++) {
      for (int i = 0; i < features.length(); i++) {
        values[row][i] = rows.values()[row * rows.rowSize() + features.get(i)];
      }
    }
    return values;
  }
}
