package org.xgradient.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.runtime.SessionOptions;

class CallersThreadTest {

  private static final int ROWS = 300;
  private static final int FEATURES = 40;

  /** The same sums in the same order: in one thread, whoever it belongs to. */
  @Test
  void eachCallerHasTheBitsOfOneThread() {
    FloatArray rows = FloatArray.zeros(ROWS, FEATURES);
    var random = new DataRandom(2);
    for (int i = 0; i < rows.size(); i++) {
      rows.values()[i] = (float) random.nextGaussian();
    }
    float[] ofOneThread;
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      ofOneThread = predictor(session).logits(rows).values();
    }
    try (GraphSession session = GraphSession.open(SessionOptions.inCallersThread())) {
      Predictor predictor = predictor(session);
      List<float[]> found =
          IntStream.range(0, 8)
              .parallel()
              .mapToObj(caller -> predictor.logits(rows).values())
              .toList();
      assertThat(found).allSatisfy(logits -> assertThat(logits).isEqualTo(ofOneThread));
    }
  }

  private static Predictor predictor(GraphSession session) {
    return Predictor.of(Networks.mlp(FEATURES, 3, 128, 64).build(session, 5));
  }
}
