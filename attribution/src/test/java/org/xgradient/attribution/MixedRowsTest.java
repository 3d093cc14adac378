package org.xgradient.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.rows.MixedRowsException;

/**
 * Models whose rows know each other are homogeneous as a whole, and yet no row can be explained.
 */
class MixedRowsTest {

  static List<AttributionMethod> methods() {
    return List.of(
        new XGradient(),
        IntegratedGradients.withDefaults(),
        new ExpectedGradients(ReferenceDistribution.batch(), 2),
        new Saliency());
  }

  static List<AttributionMethod> methodsWithoutProof() {
    return methods().subList(1, methods().size());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void noMethodExplainsARowOfACentredBatch(AttributionMethod method) {
    try (GraphSession session = GraphSession.open()) {
      assertThatThrownBy(() -> Attributor.of(centred(session), method))
          .isInstanceOf(MixedRowsException.class)
          .hasMessageContaining("know each other")
          .hasMessageContaining("reduces over the rows of the batch");
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void norOfOneThatIsMultipliedByItsSize(AttributionMethod method) {
    try (GraphSession session = GraphSession.open()) {
      BoundModel model =
          before(session, (tf, x) -> tf.math.mul(x, tf.dtypes.cast(tf.size(x), TFloat32.class)));
      assertThatThrownBy(() -> Attributor.of(model, method))
          .isInstanceOf(MixedRowsException.class)
          .hasMessageContaining("makes a value of the number of rows");
      assertThatThrownBy(() -> Attributor.auto(model)).isInstanceOf(MixedRowsException.class);
    }
  }

  /** What the proof does not see and random numbers do not show, the rows that are given may. */
  @ParameterizedTest
  @MethodSource("methodsWithoutProof")
  void rowsThatMeetAreRefusedWhereTheyAreGiven(AttributionMethod method) {
    try (GraphSession session = GraphSession.open()) {
      BoundModel model = before(session, MixedRowsTest::meetFarOut);
      Attributor attributor = Attributor.of(model, method);
      int width = model.model().inputShape().get(0);
      FloatArray near = FloatArray.zeros(2, width);
      Arrays.fill(near.values(), 0, width, 1);
      assertThat(attributor.attribute(near).values().rows()).isEqualTo(2);
      FloatArray far = FloatArray.zeros(2, width);
      Arrays.fill(far.values(), 0, width, 5000);
      assertThatThrownBy(() -> attributor.attribute(far))
          .isInstanceOf(MixedRowsException.class)
          .hasMessageContaining("alone in a batch");
    }
  }

  /** A sum, over an axis that is not seen, of how far values are beyond a thousand. */
  private static Operand<TFloat32> meetFarOut(Ops tf, Operand<TFloat32> x) {
    var hidden = tf.dtypes.cast(tf.math.round(tf.constant(0.1f)), TInt32.class);
    var beyond = tf.nn.relu(tf.math.sub(x, tf.constant(1000f)));
    return tf.math.add(x, tf.reduceSum(beyond, hidden, ReduceSum.keepDims(true)));
  }

  private static BoundModel centred(GraphSession session) {
    return before(
        session, (tf, x) -> tf.math.sub(x, tf.math.mean(x, tf.constant(0), Mean.keepDims(true))));
  }

  private static BoundModel before(
      GraphSession session, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> change) {
    return BoundModel.of(session, new Changed(TestNets.homogeneous().build(session, 1), change));
  }

  private record Changed(Model model, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> change)
      implements WrappedModel {

    @Override
    public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
      return model.logits(change.apply(ops(), inputs), mode);
    }
  }
}
