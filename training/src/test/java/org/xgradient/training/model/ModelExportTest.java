package org.xgradient.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.Gradient;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Target;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.runtime.SessionOptions;

/** What a model says of itself where plain TensorFlow serves it. */
class ModelExportTest {

  private static final int ROWS = 5;

  @TempDir private Path folder;

  @Test
  void theGapOfAnExactMethodIsRounding() throws Exception {
    for (float gap : gaps(Networks.mlp(3, 3, 16, 8).withoutBiases(), new XGradient())) {
      // The logits are of the order of 1; some tens of roundings of 2^-24.
      assertThat(gap).isCloseTo(0, within(1e-5f));
    }
  }

  @Test
  void theGapOfARuleIsTheOneThatTheLibraryFinds() throws Exception {
    var method =
        IntegratedGradients.withDefaults()
            .withQuadrature(Quadrature.gaussLegendre(2))
            .withBaseline(Baseline.constant(0.5f));
    float largest = 0;
    for (float gap : gaps(Networks.mlp(3, 3, 16, 8), method)) {
      largest = Math.max(largest, Math.abs(gap));
    }
    assertThat(largest).as("two points miss kinks").isGreaterThan(1e-3f);
  }

  @Test
  void aMethodThatIsNotCompleteHasNone() throws Exception {
    Path directory = folder.resolve("gradient");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      NetworkModel model = Networks.mlp(3, 2, 4).build(session, 1);
      new ModelExport(model, new Gradient(), false).write(directory);
    }
    try (SavedModelBundle bundle = SavedModelBundle.load(directory.toString(), "serve")) {
      assertThat(bundle.function("attribution").signature().outputNames())
          .containsExactlyInAnyOrder("attribution", "logits");
    }
  }

  /** Those that the SavedModel gives, held against the library's. */
  private float[] gaps(Network network, AttributionMethod method) throws Exception {
    FloatArray rows = FloatArray.zeros(ROWS, 3);
    DataRandom random = new DataRandom(2);
    for (int i = 0; i < rows.size(); i++) {
      rows.values()[i] = (float) random.nextGaussian();
    }
    Path directory = folder.resolve("model");
    float[] expected;
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      NetworkModel model = network.build(session, 7);
      for (var parameter : model.parameters()) {
        if (parameter.shape().length() == 1) {
          float[] bias = new float[parameter.shape().get(0)];
          Arrays.fill(bias, 0.3f);
          parameter.assign(session, FloatArray.of(bias, bias.length));
        }
      }
      new ModelExport(model, method, false).write(directory);
      expected =
          Attributor.of(model, method, AttributorOptions.withDefaults().withTarget(Target.index(2)))
              .attribute(rows)
              .completenessGap()
              .orElseThrow()
              .values();
    }
    float[] gaps = new float[ROWS];
    try (SavedModelBundle bundle = SavedModelBundle.load(directory.toString(), "serve");
        TFloat32 inputs = TFloat32.tensorOf(Shape.of(ROWS, 3), DataBuffers.of(rows.values()));
        TInt32 target = TInt32.vectorOf(2, 2, 2, 2, 2);
        Result result =
            bundle.function("attribution").call(Map.of("inputs", inputs, "target", target))) {
      ((TFloat32) result.get("completeness_gap").orElseThrow()).copyTo(DataBuffers.of(gaps));
    }
    for (int i = 0; i < ROWS; i++) {
      // Sums of floats of the order of 1, in another order.
      assertThat(gaps[i]).isCloseTo(expected[i], within(1e-5f));
    }
    return gaps;
  }
}
