package org.xgradient.benchmarks;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.graph.architectures.Networks;

/** W1: attributing with the multi-layer perceptron of the paper's sparsity experiment. */
final class MlpWorkloads {

  static final int ROWS = 100;
  private static final int FEATURES = 118;
  private static final int FIRST_UNITS = 512;
  static final WeightedNetwork WEIGHTS =
      new WeightedNetwork(
          Networks.mlp(FEATURES, 1, FIRST_UNITS, 128, 32).withoutBiases(),
          WeightedNetwork.Initial.OF_THE_NETWORK);
  static final ImmutableMap<String, Object> PARAMS =
      ImmutableMap.of("network", "x-mlp 118-512-128-32-1", "batch", ROWS);

  private MlpWorkloads() {}

  static ImmutableList<Benchmark> all() {
    var work =
        new AttributionWorkloads(
            WEIGHTS,
            ROWS,
            2e-9 * WEIGHTS.network().parameterCount(),
            2e-9 * FEATURES * FIRST_UNITS,
            PARAMS);
    var references = ReferenceDistribution.batch();
    return ImmutableList.<Benchmark>builder()
        .add(work.forward("W1.forward"))
        .add(work.gradient("W1.gradient"))
        .add(work.method("W1.xgrad", new XGradient()))
        .addAll(work.integrated("W1", ""))
        .add(work.method("W1.eg1", new ExpectedGradients(references, 1)))
        .add(work.method("W1.eg32", new ExpectedGradients(references, 32)))
        .build();
  }
}
