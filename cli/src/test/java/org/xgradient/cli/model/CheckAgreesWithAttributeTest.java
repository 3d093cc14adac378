package org.xgradient.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.xgradient.cli.Commands;
import org.xgradient.cli.Commands.Outcome;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.graph.savedmodel.SignatureSpec;

/** What check promises is what attribute then does. */
class CheckAgreesWithAttributeTest {

  @TempDir Path folder;

  /** Its bias is zero as long as nothing trains it. */
  private Path untrained() throws IOException {
    Path model = folder.resolve("untrained");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Ops tf = session.ops();
      var x = tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
      var bias = tf.varHandleOp(TFloat32.class, Shape.of(1), VarHandleOp.sharedName("bias"));
      session.run(
          Feeds.none(),
          List.of(),
          List.of(tf.assignVariableOp(bias, tf.constant(new float[] {0}))));
      var product = tf.linalg.matMul(x, tf.constant(new float[][] {{2}, {3}}));
      var logits = tf.nn.biasAdd(product, tf.readVariableOp(bias, TFloat32.class));
      SavedModels.write(
          model,
          session,
          List.of(
              SignatureSpec.of(SignatureSpec.SERVING)
                  .withInput("x", x)
                  .withOutput("logits", logits)));
    }
    return model;
  }

  private Outcome xGradient(Path model) throws IOException {
    Path data = Files.writeString(folder.resolve("data.csv"), "a,b\n1,2\n");
    Path out = folder.resolve("out.csv");
    return Commands.run(
        "attribute", "--model", model, "--data", data, "--method", "xg", "--out", out);
  }

  private static String printedByCheck(Path model) {
    var printed = new ByteArrayOutputStream();
    var outcome =
        Commands.run(
            List.of("check", "--model", model.toString()),
            printed,
            OutputStream.nullOutputStream());
    assertThat(outcome.code()).isEqualTo(3);
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void biasesThatAreZeroNowAreNoProof() throws IOException {
    Path model = untrained();
    assertThat(printedByCheck(model))
        .contains("not proven homogeneous: 1 operation stands in the way")
        .contains("with the present values of its variables it is homogeneous of degree 1.0");
    assertThat(xGradient(model).error())
        .contains("the model is not proven homogeneous", "(--method ig)");

    Path stripped = folder.resolve("stripped");
    assertThat(Commands.run("strip-bias", "--model", model, "--out", stripped).code()).isZero();
    assertThat(Commands.run("check", "--model", stripped).code()).isZero();
    assertThat(xGradient(stripped).code()).isZero();
  }
}
