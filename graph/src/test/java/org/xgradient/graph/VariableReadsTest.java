package org.xgradient.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

class VariableReadsTest {

  private static final ImmutableIntArray SHAPE = ImmutableIntArray.of(2);

  private final GraphSession session = GraphSession.open();
  private final Ops tf = session.ops();
  private final Parameter first = Parameter.create(tf, "first", Parameter.Role.WEIGHT, SHAPE);
  private final Parameter second = Parameter.create(tf, "second", Parameter.Role.WEIGHT, SHAPE);

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void waitForThoseThatTakePartInTheStepAlone() {
    Operand<TFloat32> square = tf.math.square(first.value());
    Operand<TFloat32> loss = tf.math.mul(square, second.value());
    // Of another step.
    tf.math.exp(first.value());
    var reads = VariableReads.of(List.of(loss));
    assertThat(waits(reads, first))
        .containsExactlyInAnyOrder(operation(first.value()), operation(square));
    assertThat(waits(reads, second))
        .containsExactlyInAnyOrder(operation(second.value()), operation(loss));
  }

  @Test
  void findReadersByOtherHandlesOfTheVariable() {
    var handle = tf.varHandleOp(TFloat32.class, Shapes.of(SHAPE), VarHandleOp.sharedName("first"));
    Operand<TFloat32> exponential = tf.math.exp(tf.readVariableOp(handle, TFloat32.class));
    Operand<TFloat32> loss = tf.math.mul(tf.math.square(first.value()), exponential);
    assertThat(waits(VariableReads.of(List.of(loss)), first))
        .contains(operation(exponential))
        .hasSize(4);
  }

  @Test
  void waitForAllResultsWhereAReaderIsNotKnown() {
    Operand<TFloat32> value = tf.readVariableOp(tf.identity(first.handle()), TFloat32.class);
    Operand<TFloat32> loss = tf.math.square(value);
    Operand<TFloat32> other = tf.math.square(second.value());
    assertThat(waits(VariableReads.of(List.of(loss, other)), first))
        .containsExactlyInAnyOrder(operation(loss), operation(other));
  }

  @Test
  void waitForAReadThatIsAResult() {
    assertThat(waits(VariableReads.of(List.of(first.value())), first))
        .containsExactly(operation(first.value()));
  }

  /** Another shape of the same memory. */
  @Test
  void waitForThoseThatTakeViews() {
    Operand<TFloat32> column = tf.expandDims(first.value(), tf.constant(1));
    Operand<TFloat32> square = tf.math.square(column);
    assertThat(waits(VariableReads.of(List.of(square)), first)).contains(operation(square));
  }

  @Test
  void needNotWaitForWhatTheGradientIsComputedFrom() {
    Operand<TFloat32> square = tf.math.square(first.value());
    Operand<TFloat32> loss = tf.math.mul(square, second.value());
    Operand<TFloat32> gradient = tf.math.neg(loss);
    var reads = VariableReads.of(List.of(loss, gradient));
    var after = reads.after(tf, first, gradient).noOp();
    assertThat(((GraphOperation) after.op()).controlInputs()).isEmpty();
  }

  private Set<GraphOperation> waits(VariableReads reads, Parameter parameter) {
    return ((GraphOperation) reads.after(tf, parameter, tf.constant(0f)).noOp().op())
        .controlInputs();
  }

  private static GraphOperation operation(Operand<?> operand) {
    return (GraphOperation) operand.asOutput().op();
  }
}
