package org.xgradient.benchmarks.campaign.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.Gradient;
import org.xgradient.data.DataException;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.rows.MixedRowsException;

class GarbageRunTest {

  @Test
  void tellsRefusalsFromFailures() {
    assertThat(GarbageRun.isTyped(new DataException("damaged"))).isTrue();
    assertThat(GarbageRun.isTyped(new IllegalArgumentException("of whatever"))).isFalse();
  }

  @Test
  void aModelWhoseRowsKnowEachOtherIsRefused() {
    try (GraphSession session = GraphSession.open()) {
      Model plain = Networks.mlp(2, 1, 3).withoutBiases().build(session, 1);
      BoundModel mixed = BoundModel.of(session, new Mixed(plain));
      Throwable failure = catchThrowable(() -> Attributor.of(mixed, new Gradient()));
      assertThat(failure).isInstanceOf(MixedRowsException.class);
      assertThat(GarbageRun.isTyped(failure)).isTrue();
    }
  }

  /** Subtracts the mean over the rows and columns of a batch. */
  private record Mixed(Model model) implements Model {

    @Override
    public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
      return model.logits(
          ops().math.sub(inputs, ops().math.mean(inputs, ops().constant(new int[] {0, 1}))), mode);
    }

    @Override
    public Ops ops() {
      return model.ops();
    }

    @Override
    public ImmutableIntArray inputShape() {
      return model.inputShape();
    }

    @Override
    public int outputs() {
      return model.outputs();
    }

    @Override
    public ImmutableList<Parameter> parameters() {
      return model.parameters();
    }
  }
}
