package org.xgradient.benchmarks;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.graph.architectures.Networks;

/** W1: attributing with the multi-layer perceptron of the paper's sparsity experiment. */
final class MlpWorkloads {

  static final int ROWS = 100;
  static final WeightedNetwork WEIGHTS =
      new WeightedNetwork(
          Networks.mlp(118, 1, 512, 128, 32).withoutBiases(),
          WeightedNetwork.Initial.OF_THE_NETWORK);
  static final ImmutableMap<String, Object> PARAMS =
      ImmutableMap.of("network", "x-mlp 118-512-128-32-1", "batch", ROWS);

  private MlpWorkloads() {}

  static ImmutableList<Benchmark> all() {
    var work =
        new AttributionWorkloads(WEIGHTS, ROWS, 2e-9 * WEIGHTS.network().parameterCount(), PARAMS);
    var references = ReferenceDistribution.batch();
    return ImmutableList.of(
        work.forward("W1.forward"),
        work.gradient("W1.gradient"),
        work.method("W1.xgrad", new XGradient()),
        work.method("W1.ig128", IntegratedGradients.withDefaults()),
        work.method("W1.eg1", new ExpectedGradients(references, 1)),
        work.method("W1.eg32", new ExpectedGradients(references, 32)));
  }
}
