package org.xgradient.graph.homogeneity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.DataRandom;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.homogeneity.Homogeneity.NotProven;
import org.xgradient.graph.homogeneity.Homogeneity.Offender;
import org.xgradient.graph.runtime.SessionOptions;

/** The proof against numbers, over random networks. */
class HomogeneityPropertyTest {

  private static final int ROWS = 16;
  private static final int WIDTH = 6;
  private static final int NETWORKS = 72;

  /** A network and its forward pass in a graph of its own. */
  private static RandomNetwork network(GraphSession session, DataRandom random) {
    var tf = session.ops();
    var shape = Shapes.of(ImmutableIntArray.of(ROWS, WIDTH));
    var x = tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(shape));
    return new RandomNetwork(tf, random, ROWS, x, WIDTH);
  }

  @Test
  void acceptsEveryNetworkOfHomogeneousOperations() {
    int alive = 0;
    for (int seed = 0; seed < NETWORKS; seed++) {
      DataRandom random = new DataRandom(seed);
      try (GraphSession session = GraphSession.open()) {
        RandomNetwork network = network(session, random);
        network.grow(2 + random.nextInt(14));
        ForwardPass pass = network.pass();
        assertThat(Homogeneity.of(pass).orElseThrow().degree())
            .as("seed %s", seed)
            .isEqualTo(network.now().degree());
        var finding = Falsifier.withDefaults().check(session, pass, network.now().degree(), seed);
        assertThat(finding.refutes()).as("seed %s: %s", seed, finding).isFalse();
        alive += finding.largestOutput() > 0.01 ? 1 : 0;
      }
    }
    assertThat(alive).isGreaterThan(NETWORKS * 8 / 10);
  }

  @Test
  void namesEveryPlantedFault() {
    int seen = 0;
    for (int seed = 0; seed < NETWORKS; seed++) {
      DataRandom random = new DataRandom(seed);
      try (GraphSession session =
          GraphSession.open(SessionOptions.withDefaults().withFusing(false))) {
        RandomNetwork network = network(session, random);
        Faults faults = new Faults(session, network);
        List<String> planted = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
          network.grow(1 + random.nextInt(4));
          String kind = Faults.KINDS.get((seed + i) % Faults.KINDS.size());
          planted.add("fault" + i);
          faults.plant(kind, "fault" + i);
        }
        network.grow(random.nextInt(4));
        ForwardPass pass = network.pass();
        Homogeneity homogeneity = Homogeneity.of(pass);
        assertThat(homogeneity).as("seed %s", seed).isInstanceOf(NotProven.class);
        assertThat(((NotProven) homogeneity).offenders())
            .as("seed %s", seed)
            .extracting(Offender::operation)
            .containsExactlyInAnyOrderElementsOf(planted);
        var finding = Falsifier.withDefaults().check(session, pass, network.now().degree(), seed);
        seen += finding.refutes() ? 1 : 0;
      }
    }
    // A fault may hide: a ReLU6 whose inputs are negative, a bias under a larger maximum.
    assertThat(seen).isGreaterThan(NETWORKS * 9 / 10);
  }
}
