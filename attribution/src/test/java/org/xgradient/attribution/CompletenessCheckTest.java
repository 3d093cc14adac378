package org.xgradient.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.completeness.CompletenessCheck;
import org.xgradient.attribution.completeness.IncompleteException;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.NotFiniteException;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Target;
import org.xgradient.graph.architectures.Networks;

class CompletenessCheckTest {

  private static void check(float output, float... values) {
    new CompletenessCheck(4, 0x1p-23)
        .check(FloatArray.of(values, 1, values.length), FloatArray.of(new float[] {output}, 1));
  }

  @Test
  void roundingPassesAndAWrongSumDoesNot() {
    check(1, 3, -2);
    check(0, 0, 0);
    // 4 operations of 2^-11 each, of magnitude 5: .0098.
    check(1.009f, 3, -2);
    assertThatThrownBy(() -> check(1.01f, 3, -2))
        .isInstanceOf(IncompleteException.class)
        .hasMessageStartingWith(
            "the attributions of row 0 add up to 1.00000, but the output is 1.01000");
    assertThatThrownBy(() -> check(1, 0, 0)).isInstanceOf(IncompleteException.class);
    check(-2.37e-36f, -2.43e-36f, 0);
    assertThatThrownBy(() -> check(1e-30f, 5e-31f)).isInstanceOf(IncompleteException.class);
  }

  @Test
  void coarseNumbersAddUpCoarsely() {
    FloatArray output = FloatArray.of(new float[] {1.02f}, 1);
    FloatArray values = FloatArray.of(new float[] {1, 0}, 1, 2);
    new CompletenessCheck(4, 0x1p-7).check(values, output);
    assertThatThrownBy(() -> new CompletenessCheck(4, 0x1p-10).check(values, output))
        .isInstanceOf(IncompleteException.class);
    FloatArray none = FloatArray.zeros(1, 2);
    assertThatThrownBy(() -> new CompletenessCheck(1000, 0x1p-7).check(none, output))
        .isInstanceOf(IncompleteException.class);
  }

  @Test
  void aReaderMayHaveAnotherNumberForTheRow() {
    assertThatThrownBy(() -> check(1.01f, 3, -2))
        .isInstanceOfSatisfying(
            IncompleteException.class,
            e ->
                assertThat(e.messageAt("row 20000"))
                    .startsWith("the attributions of row 20000 add up to 1.00000, but"));
  }

  /** The output for the zero baseline is 0/0. */
  @Test
  void aBaselineWithoutAnOutputIsAnError() {
    try (GraphSession session = GraphSession.open()) {
      BoundModel direction = BoundModel.of(session, new Direction(session.ops()));
      assertThatThrownBy(
              () ->
                  Attributor.of(direction, IntegratedGradients.withDefaults())
                      .attribute(TestNets.rows(3, 3)))
          .isInstanceOf(NotFiniteException.class)
          .hasMessageContaining("choose another baseline");
    }
  }

  @Test
  void aBaselineOfAFixedNumberOfRowsIsRefused() {
    try (GraphSession session = GraphSession.open()) {
      var model = Networks.mlp(6, 1, 8).build(session, 2);
      Baseline four = (tf, inputs) -> tf.zeros(tf.array(4, 6), TFloat32.class);
      assertThatThrownBy(
              () -> Attributor.of(model, IntegratedGradients.withDefaults().withBaseline(four)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("found 4 rows");
    }
  }

  /** The first entry over the length of all. */
  private record Direction(Ops ops) implements Model {
    @Override
    public ImmutableList<Parameter> parameters() {
      return ImmutableList.of();
    }

    @Override
    public ImmutableIntArray inputShape() {
      return ImmutableIntArray.of(6);
    }

    @Override
    public int outputs() {
      return 1;
    }

    @Override
    public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
      var tf = ops;
      var length =
          tf.math.sqrt(
              tf.reduceSum(tf.math.square(inputs), tf.constant(1), ReduceSum.keepDims(true)));
      return tf.math.div(
          tf.slice(inputs, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, 1})), length);
    }
  }

  /** As a strong prior leaves them: partial derivatives are below what floats hold. */
  @ParameterizedTest
  @ValueSource(floats = {1e-10f, 1e-11f, 1e-12f, 2e-13f})
  void aNetworkThatIsNearlyZeroIsNoError(float scale) {
    FloatArray rows = TestNets.rows(200, 3);
    try (GraphSession session = GraphSession.open()) {
      var model = Networks.mlp(6, 1, 64, 64).withoutBiases().build(session, 2);
      for (Parameter parameter : model.parameters()) {
        FloatArray weights = parameter.read(session);
        for (int i = 0; i < weights.size(); i++) {
          weights.values()[i] *= scale;
        }
        parameter.assign(session, weights);
      }
      assertThat(Attributor.of(model, new XGradient()).attribute(rows).values().rows())
          .isEqualTo(200);
    }
  }

  /** X-Gradient that lost the half of a gradient, as a wrong kernel would. */
  private record Halved() implements AttributionMethod {
    @Override
    public Operand<TFloat32> attribute(ForwardPass pass, Target target) {
      var tf = pass.ops();
      return tf.math.mul(tf.constant(0.5f), new XGradient().attribute(pass, target));
    }

    @Override
    public Optional<Baseline> completeFrom() {
      return Optional.of(Baseline.zero());
    }

    @Override
    public boolean startsFromZeroOutput() {
      return true;
    }
  }

  @Test
  void aWrongGradientIsAnErrorAndNoNumber() {
    FloatArray rows = TestNets.rows(20, 3);
    try (GraphSession session = GraphSession.open()) {
      var model = TestNets.homogeneous().build(session, 2);
      assertThat(Attributor.of(model, new XGradient()).attribute(rows).values().rows())
          .isEqualTo(20);
      assertThatThrownBy(() -> Attributor.of(model, new Halved()).attribute(rows))
          .isInstanceOf(IncompleteException.class)
          .hasMessageContaining("the attributions of row 0 add up to");
    }
  }
}
