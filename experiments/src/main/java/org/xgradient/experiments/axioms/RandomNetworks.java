package org.xgradient.experiments.axioms;

import com.google.common.collect.ImmutableList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import org.xgradient.attribution.axioms.Axiom;
import org.xgradient.attribution.axioms.AxiomFinding;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.LeakyRelu;
import org.xgradient.graph.network.Network;

/**
 * Small networks with random parameters, on which a method is checked. One graph serves all
 * networks of an architecture: only the parameters change.
 */
final class RandomNetworks {

  private static final int FEATURES = 4;
  private static final int OUTPUTS = 2;
  private static final int ROWS = 5;

  private static final ImmutableList<Network> ARCHITECTURES =
      ImmutableList.of(
          Networks.mlp(FEATURES, OUTPUTS, 8),
          Networks.mlp(FEATURES, OUTPUTS, new LeakyRelu(0.1f), 6, 6));

  private final TableMethod method;
  private final int networks;
  private final long seed;
  private final Map<Axiom, Worst> worst = new EnumMap<>(Axiom.class);

  private RandomNetworks(TableMethod method, int networks, long seed) {
    this.method = method;
    this.networks = networks;
    this.seed = seed;
  }

  /**
   * The largest violation of an axiom.
   *
   * @param finding the violation
   * @param networkSeed the seed of the parameters of the network
   */
  record Worst(AxiomFinding finding, long networkSeed) {}

  /** {@return the largest violation of each axiom by a method} */
  static Map<Axiom, Worst> worst(TableMethod method, int networks, long seed) {
    var random = new RandomNetworks(method, networks, seed);
    for (int i = 0; i < ARCHITECTURES.size(); i++) {
      random.check(method.variantOf(ARCHITECTURES.get(i)), i);
    }
    return random.worst;
  }

  /** Checks every so manyth network: those of one architecture. */
  private void check(Network architecture, int first) {
    try (GraphSession session = GraphSession.open()) {
      var model = architecture.build(session, seed);
      var checks = new TableChecks(model, method, references(), seed);
      for (int i = first; i < networks; i += ARCHITECTURES.size()) {
        long networkSeed = Seeds.derive(seed, "axiom table network", i);
        model.initialize(networkSeed);
        FloatArray rows = normal(ROWS, Seeds.derive(seed, "axiom table rows", i));
        checks
            .check(rows, EnumSet.allOf(Axiom.class))
            .forEach((axiom, finding) -> keep(axiom, new Worst(finding, networkSeed)));
      }
    }
  }

  private void keep(Axiom axiom, Worst candidate) {
    worst.merge(
        axiom,
        candidate,
        (one, two) -> two.finding().violation() > one.finding().violation() ? two : one);
  }

  /** One random reference, and what becomes of it by swapping features 0 and 3, or 1 and 2. */
  private FloatArray references() {
    float[] r = normal(1, Seeds.derive(seed, "axiom table references")).values();
    return FloatArray.of(
        new float[] {
          r[0], r[1], r[2], r[3], //
          r[3], r[1], r[2], r[0], //
          r[0], r[2], r[1], r[3], //
          r[3], r[2], r[1], r[0]
        },
        4,
        FEATURES);
  }

  private static FloatArray normal(int rows, long seed) {
    var random = new DataRandom(seed);
    float[] values = new float[rows * FEATURES];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return FloatArray.of(values, rows, FEATURES);
  }
}
