package org.xgradient.graph.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Splitter;
import com.google.common.primitives.Floats;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.data.ChecksumManifest;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Target;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.runtime.ChildProcess;
import org.xgradient.graph.runtime.SessionOptions;

class SavedModelExportTest {

  private static final FloatArray ROWS =
      FloatArray.of(new float[] {0.5f, -1, 2, 1.5f, 0.25f, -0.75f}, 2, 3);

  @TempDir Path folder;

  /** A model with an attribution, and what training would add to its graph. */
  static final class Example implements AutoCloseable {
    final GraphSession session = GraphSession.open(SessionOptions.singleThreaded());
    final NetworkModel model = Networks.mlp(3, 2, 5, 4).build(session, 11);
    final Operand<TFloat32> x =
        session.ops().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
    final Operand<TInt32> target =
        session.ops().placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    final ForwardPass pass = model.forward(x);
    final Operand<TFloat32> attribution = attribution();

    private Operand<TFloat32> attribution() {
      var tf = session.ops();
      var seed = Target.label(target).coefficients(pass);
      return tf.math.mul(x, Gradients.of(tf, pass.logits(), seed, List.of(x)).get(0));
    }

    List<SignatureSpec> signatures() {
      return List.of(
          SignatureSpec.servingProbabilities(pass),
          SignatureSpec.attribution(pass, target, attribution));
    }

    @Override
    public void close() {
      session.close();
    }
  }

  /** A training that was interrupted has applied the model less often, and ends with the same. */
  @Test
  void theBytesDoNotTellWhatElseIsInTheGraph() throws Exception {
    for (int more : List.of(0, 3)) {
      Path directory = folder.resolve("applied" + more);
      try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
        NetworkModel model = Networks.mlp(3, 2, 5, 4).build(session, 11);
        var tf = session.ops();
        for (int i = 0; i < more; i++) {
          model.forward(tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3))));
        }
        var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
        var target = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
        ForwardPass pass = model.forward(x);
        var seed = Target.label(target).coefficients(pass);
        var gradient = Gradients.of(tf, pass.logits(), seed, List.of(x)).get(0);
        SavedModels.write(
            directory,
            session,
            List.of(
                SignatureSpec.servingProbabilities(pass),
                SignatureSpec.attribution(pass, target, tf.math.mul(x, gradient))));
      }
      assertThat(runWithTensorFlowOnly(directory)).isNotEmpty();
    }
    assertThat(folder.resolve("applied3/saved_model.pb"))
        .hasSameBinaryContentAs(folder.resolve("applied0/saved_model.pb"));
  }

  @Test
  void plainTensorFlowLoadsItAndCallsBothSignatures() throws Exception {
    Path directory = folder.resolve("model");
    float[] expected;
    try (Example example = new Example()) {
      SavedModels.write(directory, example.session, example.signatures());
      Feeds feeds = Feeds.of(example.x, ROWS).withInts(example.target, 0, 1);
      var values =
          example.session.run(
              feeds, List.of(example.pass.logits(), example.attribution), List.of());
      expected = values.get(1).values();
      List<String> printed = runWithTensorFlowOnly(directory);
      assertThat(floats(printed.get(0))).containsExactly(values.get(0).values());
      double[] logits = {values.get(0).values()[0], values.get(0).values()[1]};
      double first = Math.exp(logits[0]) / (Math.exp(logits[0]) + Math.exp(logits[1]));
      assertThat((double) floats(printed.get(1))[0]).isCloseTo(first, within(1e-6));
      assertThat(floats(printed.get(2))).containsExactly(expected);
      assertThat(floats(printed.get(3))).containsExactly(values.get(0).values());
      // Added after loading, by plain TensorFlow: the gradient of both logits.
      var sum = Gradients.of(example.session.ops(), example.pass.logits(), example.x);
      assertThat(floats(printed.get(4))).containsExactly(example.session.run(feeds, sum).values());
    }
    assertThat(expected).isNotEqualTo(new float[6]);
  }

  private List<String> runWithTensorFlowOnly(Path directory) throws Exception {
    return ChildProcess.run(
        folder,
        path -> path.matches(".*(tensorflow|ndarray|javacpp|protobuf)[^/\\\\]*\\.jar"),
        List.of(),
        PlainTensorFlow.class,
        directory.toString());
  }

  private static float[] floats(String line) {
    List<String> numbers = Splitter.on(' ').splitToList(line);
    return Floats.toArray(numbers.stream().map(Float::valueOf).toList());
  }

  @Test
  void holdsWhatTheSignaturesNeedAndNoMore() throws Exception {
    Path directory = folder.resolve("model");
    try (Example example = new Example()) {
      var tf = example.session.ops();
      var slot =
          Parameter.create(
              tf, "slot", Parameter.Role.WEIGHT, example.model.parameters().get(0).shape());
      var training = tf.assignVariableOp(slot.handle(), example.model.parameters().get(0).value());
      SavedModels.write(directory, example.session, example.signatures());
      assertThat(names(directory))
          .contains("fc1.weight", "fc3.bias")
          .doesNotContain("slot", training.op().name())
          .noneMatch(name -> name.startsWith("assign."));
    }
  }

  private static List<String> names(Path directory) throws Exception {
    List<String> names = new ArrayList<>();
    try (InputStream in = Files.newInputStream(directory.resolve("saved_model.pb"))) {
      MetaGraphDef meta = SavedModel.parseFrom(in).getMetaGraphs(0);
      for (NodeDef node : meta.getGraphDef().getNodeList()) {
        names.add(node.getName());
      }
    }
    return names;
  }

  @Test
  void theSameModelGivesTheSameBytes() throws Exception {
    for (String name : List.of("first", "second")) {
      try (Example example = new Example()) {
        SavedModels.write(folder.resolve(name), example.session, example.signatures());
      }
    }
    for (String file :
        List.of(
            "saved_model.pb",
            "variables/variables.index",
            "variables/variables.data-00000-of-00001",
            ChecksumManifest.FILE)) {
      assertThat(folder.resolve("first").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("second").resolve(file));
    }
  }

  @Test
  void replacesAnEarlierExportAndNothingElse() throws Exception {
    Path directory = folder.resolve("model");
    try (Example example = new Example()) {
      SavedModels.write(directory, example.session, example.signatures());
      example.model.assign(Map.of("fc3.bias", FloatArray.of(new float[] {7, 8}, 2)));
      SavedModels.write(directory, example.session, example.signatures());
      try (LoadedModel loaded = SavedModels.load(directory)) {
        var bias = loaded.model().parameters().get(5);
        assertThat(bias.name()).isEqualTo("fc3.bias");
        assertThat(bias.read(loaded.session()).values()).containsExactly(7, 8);
      }
      Path other = Files.createDirectory(folder.resolve("other"));
      Files.writeString(other.resolve("notes.txt"), "mine");
      assertThatThrownBy(() -> SavedModels.write(other, example.session, example.signatures()))
          .isInstanceOf(java.io.IOException.class)
          .hasMessageContaining("must be new, empty or an earlier output");
      assertThat(other.resolve("notes.txt")).hasContent("mine");
      try (Stream<Path> entries = Files.list(folder)) {
        assertThat(entries.map(path -> path.getFileName().toString()))
            .containsExactlyInAnyOrder("model", "other");
      }
    }
  }

  @Test
  void aModelWithoutVariablesHasNoVariableFiles() throws Exception {
    Path directory = folder.resolve("model");
    try (GraphSession session = GraphSession.open()) {
      var tf = session.ops();
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
      var y = tf.linalg.matMul(x, tf.constant(new float[][] {{1}, {2}}));
      SavedModels.write(
          directory,
          session,
          List.of(SignatureSpec.of("double").withInput("x", x).withOutput("y", y)));
    }
    assertThat(directory.resolve("variables")).doesNotExist();
    try (LoadedModel loaded = SavedModels.load(directory)) {
      assertThat(loaded.model().parameters()).isEmpty();
      var x = loaded.session().ops().constant(new float[][] {{3, 4}});
      var logits = loaded.model().forward(x).logits();
      assertThat(loaded.session().run(Feeds.none(), logits).values()).containsExactly(11);
    }
  }

  @Test
  void saysWhatIsWrongWithSignatures() {
    Path directory = folder.resolve("model");
    try (Example example = new Example()) {
      var session = example.session;
      var serving = SignatureSpec.serving(example.pass);
      assertThatThrownBy(() -> SavedModels.write(directory, session, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("there must be a signature to export");
      assertThatThrownBy(() -> SavedModels.write(directory, session, List.of(serving, serving)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("two signatures have the key 'serving_default'");
      assertThatThrownBy(
              () ->
                  SavedModels.write(
                      directory,
                      session,
                      List.of(
                          SignatureSpec.of("a")
                              .withInput("inputs", example.x)
                              .withOutput("attribution", example.attribution))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the outputs of signature 'a' depend on the placeholder")
          .hasMessageEndingWith("which must be an input");
      assertThatThrownBy(() -> serving.withInput("hidden", example.pass.logits()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "input 'hidden' of signature 'serving_default' must be a placeholder, found mlp/");
    }
    assertThat(directory).doesNotExist();
  }

  @Test
  void aVariableWithoutAValueLeavesNothingBehind() throws Exception {
    Path directory = folder.resolve("model");
    try (GraphSession session = GraphSession.open()) {
      Model model = NetworkModel.create(Networks.mlp(3, 1), session);
      var x = session.ops().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
      var signatures = List.of(SignatureSpec.serving(model.forward(x)));
      assertThatThrownBy(() -> SavedModels.write(directory, session, signatures))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("the variables can't be saved: Could not find variable fc1.");
    }
    assertThat(folder).isEmptyDirectory();
  }
}
