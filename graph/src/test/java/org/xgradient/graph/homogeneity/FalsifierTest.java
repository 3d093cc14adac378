package org.xgradient.graph.homogeneity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.homogeneity.Falsifier.Finding;
import org.xgradient.graph.savedmodel.FunctionModel;

class FalsifierTest {

  private final GraphSession session = GraphSession.open();

  @AfterEach
  void close() {
    session.close();
  }

  private Finding check(
      double degree, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> function) {
    var pass = FunctionModel.pass(session.ops(), 8, ImmutableIntArray.of(3), function);
    return Falsifier.withDefaults().check(session, pass, degree, 1);
  }

  @Test
  void letsTheRightDegreePass() {
    assertThat(check(3, (tf, x) -> tf.math.pow(tf.math.abs(x), tf.constant(3f))).refutes())
        .isFalse();
    assertThat(check(-1, (tf, x) -> tf.math.reciprocal(x)).refutes()).isFalse();
    assertThat(check(0, (tf, x) -> tf.math.sign(x)).refutes()).isFalse();
  }

  /** F(x) = x + [0, 1e-3, 0]: at 0 it is 1e-3, at 0.001 x it is off by 1e-3 (1 - 0.001). */
  @Test
  void saysWhereTheViolationIs() {
    Finding finding = check(1, (tf, x) -> tf.math.add(x, tf.constant(new float[] {0, 1e-3f, 0})));
    assertThat(finding.refutes()).isTrue();
    assertThat(finding.factor()).isEqualTo(1e-3);
    assertThat(finding.output()).isEqualTo(1);
    assertThat(finding.found() - finding.expected()).isCloseTo(1e-3 * (1 - 1e-3), within(1e-9));
    assertThat(finding.row()).isBetween(0, 7);
    assertThat(finding.largestOutput()).isGreaterThan(1);
  }

  @Test
  void refutesAnotherDegree() {
    assertThat(check(1, (tf, x) -> tf.math.square(x)).refutes()).isTrue();
    assertThat(check(2, (tf, x) -> tf.nn.relu(x)).refutes()).isTrue();
  }

  /** Scale-invariant but for its value at zero. */
  @Test
  void comparesAtZeroForPositiveDegreesOnly() {
    BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> atZeroOnly =
        (tf, x) -> tf.math.mul(x, tf.math.add(tf.math.sign(x), tf.constant(3f)));
    assertThat(check(1, atZeroOnly).refutes()).isFalse();
    Finding undefined = check(1, (tf, x) -> tf.math.div(tf.math.square(x), tf.math.abs(x)));
    assertThat(undefined.factor()).isZero();
    assertThat(undefined.violation()).isInfinite();
  }

  @Test
  void fillsBatchesOfAnySize() {
    var tf = session.ops();
    var example = ImmutableIntArray.of(3);
    var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(example)));
    var model = new FunctionModel(tf, example, 3, (ops, inputs) -> ops.math.sigmoid(inputs));
    var finding = new Falsifier(5, 1e-4).check(session, model.forward(x), 1, 1);
    assertThat(finding.refutes()).isTrue();
    assertThat(finding.row()).isLessThan(5);
  }

  @Test
  void refusesSenselessValues() {
    assertThatThrownBy(() -> new Falsifier(0, 1e-4)).hasMessage("rows must be at least 1, found 0");
    assertThatThrownBy(() -> new Falsifier(1, 0))
        .hasMessage("tolerance must be positive, found 0.0");
  }
}
