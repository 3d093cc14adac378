package org.xgradient.graph.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Parameter.Role;
import org.xgradient.graph.runtime.SessionOptions;

class SavedModelRoundTripTest {

  private static final FloatArray ROWS =
      FloatArray.of(new float[] {0.5f, -1, 2, 1.5f, 0.25f, -0.75f}, 2, 3);

  @TempDir Path folder;

  private Path export() throws Exception {
    try (SavedModelExportTest.Example example = new SavedModelExportTest.Example()) {
      SavedModels.write(folder.resolve("model"), example.session, example.signatures());
    }
    return folder.resolve("model");
  }

  private static LoadedModel load(Path directory) {
    return SavedModels.load(
        directory, LoadOptions.withDefaults().withSession(SessionOptions.singleThreaded()));
  }

  /** The gradients of the sum of squared input gradients: what a prior differentiates. */
  private static List<FloatArray> values(BoundModel bound) {
    Model model = bound.model();
    GraphSession session = bound.session();
    var tf = session.ops();
    var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
    var logits = model.forward(x).logits();
    var first = Gradients.of(tf, logits, x);
    var weight = model.parameters().get(2);
    assertThat(weight.name()).isEqualTo("fc2.weight");
    var second = Gradients.of(tf, tf.math.square(first), weight.value());
    return session.run(Feeds.of(x, ROWS), List.of(logits, first, second), List.of());
  }

  @Test
  void logitsAndGradientsOfBothOrdersAreWhatTheyWere() throws Exception {
    Path directory = export();
    List<FloatArray> before;
    try (SavedModelExportTest.Example example = new SavedModelExportTest.Example()) {
      before = values(BoundModel.of(example.session, example.model));
    }
    for (FloatArray array : before) {
      assertThat(array.values()).isNotEqualTo(new float[array.size()]);
    }
    try (LoadedModel loaded = load(directory)) {
      assertThat(values(loaded)).isEqualTo(before);
    }
  }

  @Test
  void knowsShapesAndParameters() throws Exception {
    try (LoadedModel loaded = load(export())) {
      Model model = loaded.model();
      assertThat(model.inputShape()).isEqualTo(ImmutableIntArray.of(3));
      assertThat(model.outputs()).isEqualTo(2);
      assertThat(loaded.model().fixedBatch()).isEmpty();
      assertThat(loaded.notes()).isEmpty();
      assertThat(model.parameters().stream().map(Parameter::toString))
          .containsExactly(
              "fc1.weight[3, 5]",
              "fc1.bias[5]",
              "fc2.weight[5, 4]",
              "fc2.bias[4]",
              "fc3.weight[4, 2]",
              "fc3.bias[2]");
      for (Parameter parameter : model.parameters()) {
        assertThat(parameter.role())
            .isEqualTo(parameter.name().endsWith("bias") ? Role.BIAS : Role.WEIGHT);
      }
    }
  }

  @Test
  void allPassesShareTheVariables() throws Exception {
    try (LoadedModel loaded = load(export())) {
      var session = loaded.session();
      var tf = session.ops();
      var x = tf.constant(new float[][] {{1, 2, 3}});
      var first = loaded.model().forward(x).logits();
      var second = loaded.model().forward(tf.math.mul(x, tf.constant(2f))).logits();
      Parameter bias = loaded.model().parameters().get(5);
      // d (sum F(x) + sum F(2x)) / db = 2 for each logit: both passes read the same bias.
      var gradient = Gradients.of(tf, tf.math.add(first, second), bias.value());
      assertThat(session.run(Feeds.none(), gradient).values()).containsExactly(2, 2);

      bias.assign(session, FloatArray.of(new float[] {1000, -1000}, 2));
      for (var logits : List.of(first, second)) {
        float[] values = session.run(Feeds.none(), logits).values();
        assertThat(values[0]).isGreaterThan(900);
        assertThat(values[1]).isLessThan(-900);
      }
    }
  }

  @Test
  void probabilitiesAreTracedBackToTheLogits() throws Exception {
    Path directory = export();
    try (LoadedModel logits = load(directory);
        LoadedModel probabilities =
            SavedModels.load(
                directory,
                LoadOptions.withDefaults()
                    .withOutput("probabilities")
                    .withSession(SessionOptions.singleThreaded()))) {
      assertThat(values(probabilities)).isEqualTo(values(logits));
      assertThat(probabilities.notes())
          .singleElement()
          .asString()
          .isEqualTo(
              "the output is that of probabilities/Softmax (Softmax); what it is applied to is"
                  + " taken as the logits");
    }
  }

  @Test
  void canBeExportedAndLoadedAgain() throws Exception {
    Path directory = export();
    Path again = folder.resolve("again");
    List<FloatArray> before;
    try (LoadedModel loaded = load(directory)) {
      before = values(loaded);
      var x =
          loaded.session().ops().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
      SavedModels.write(
          again, loaded.session(), List.of(SignatureSpec.serving(loaded.model().forward(x))));
    }
    try (LoadedModel loaded = load(again)) {
      assertThat(values(loaded)).isEqualTo(before);
    }
  }
}
