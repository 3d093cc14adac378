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

/** {@code check} of a SavedModel that takes the mean of the batch off each row. */
class CheckMixedRowsTest {

  @TempDir private Path folder;

  @Test
  void namesTheOperationInWhichRowsMeet() throws IOException {
    Path model = folder.resolve("centred");
    try (GraphSession session = GraphSession.open()) {
      var shape = Placeholder.shape(Shapes.batchOf(ImmutableIntArray.of(3)));
      var inputs = session.ops().placeholder(TFloat32.class, shape);
      SavedModels.write(
          model,
          session,
          List.of(SignatureSpec.serving(new Centred(session.ops()).forward(inputs))));
    }
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      CheckCommand check = new CheckCommand();
      assertThat(new CommandLine(check).execute("--model", model.toString())).isEqualTo(3);
    } finally {
      System.setOut(out);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains(
            "the rows of a batch know each other, so that no method can explain one by itself")
        .contains("(Mean): reduces over the rows of the batch");
  }

  private record Centred(Ops ops) implements Model {
    @Override
    public ImmutableIntArray inputShape() {
      return ImmutableIntArray.of(3);
    }

    @Override
    public int outputs() {
      return 3;
    }

    @Override
    public ImmutableList<Parameter> parameters() {
      return ImmutableList.of();
    }

    @Override
    public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
      return ops.math.sub(inputs, ops.math.mean(inputs, ops.constant(0)));
    }
  }
}
