package org.xgradient.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.graph.savedmodel.SignatureSpec;
import picocli.CommandLine;

/** {@code check} of SavedModels that no method can explain. */
class CheckUnfitModelsTest {

  @TempDir private Path folder;

  @Test
  void namesTheOperationInWhichRowsMeet() throws IOException {
    assertThat(
            check(
                ImmutableIntArray.of(3),
                3,
                (tf, x) -> tf.math.sub(x, tf.math.mean(x, tf.constant(0)))))
        .contains(
            "the rows of a batch know each other, so that no method can explain one by itself")
        .contains("(Mean): reduces over the rows of the batch");
  }

  @Test
  void namesTheOperationWithoutAGradient() throws IOException {
    assertThat(
            check(
                ImmutableIntArray.of(4, 4, 1),
                1,
                (tf, x) -> {
                  var rows = tf.slice(tf.shape(x), tf.constant(new int[1]), tf.array(1));
                  var shape =
                      tf.concat(List.of(rows, tf.constant(new int[] {4, 4, 1})), tf.constant(0));
                  var scope = tf.scope();
                  Operand<TFloat32> wider =
                      scope
                          .env()
                          .opBuilder("Conv2DBackpropInput", scope.makeOpName("wider"), scope)
                          .addInput(shape.asOutput())
                          .addInput(tf.ones(tf.array(3, 3, 1, 1), TFloat32.class).asOutput())
                          .addInput(x.asOutput())
                          .setAttr("strides", new long[] {1, 1, 1, 1})
                          .setAttr("dilations", new long[] {1, 2, 2, 1})
                          .setAttr("padding", "SAME")
                          .build()
                          .output(0);
                  return tf.expandDims(
                      tf.reduceSum(wider, tf.constant(new int[] {1, 2, 3})), tf.constant(1));
                }))
        .contains("not proven homogeneous: 1 operation stands in the way")
        .contains("no method applies: ", "ignores the dilations");
  }

  /** What it prints, with the exit code for models to which X-Gradient does not apply. */
  private String check(
      ImmutableIntArray example,
      int outputs,
      BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> function)
      throws IOException {
    Path model = folder.resolve("model");
    try (GraphSession session = GraphSession.open()) {
      var inputs =
          session.ops().placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(example)));
      SavedModels.write(
          model,
          session,
          List.of(
              SignatureSpec.serving(
                  new Function(session.ops(), example, outputs, function).forward(inputs))));
    }
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      assertThat(new CommandLine(new CheckCommand()).execute("--model", model.toString()))
          .isEqualTo(3);
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private record Function(
      Ops ops,
      ImmutableIntArray inputShape,
      int outputs,
      BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> function)
      implements Model {
    @Override
    public ImmutableList<Parameter> parameters() {
      return ImmutableList.of();
    }

    @Override
    public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
      return function.apply(ops, inputs);
    }
  }
}
