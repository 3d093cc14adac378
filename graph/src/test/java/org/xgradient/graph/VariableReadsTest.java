package org.xgradient.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.xgradient.data.FloatArray;

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
    assertThat(waits(reads, first)).containsExactly(operation(square));
    assertThat(waits(reads, second)).containsExactly(operation(loss));
  }

  @Test
  void findReadersByOtherHandlesOfTheVariable() {
    var handle = tf.varHandleOp(TFloat32.class, Shapes.of(SHAPE), VarHandleOp.sharedName("first"));
    Operand<TFloat32> exponential = tf.math.exp(tf.readVariableOp(handle, TFloat32.class));
    Operand<TFloat32> loss = tf.math.mul(tf.math.square(first.value()), exponential);
    assertThat(waits(VariableReads.of(List.of(loss)), first))
        .contains(operation(exponential))
        .hasSize(2);
  }

  @Test
  void waitForAllResultsWhereAReaderIsNotKnown() {
    Operand<TFloat32> value = tf.readVariableOp(tf.identity(first.handle()), TFloat32.class);
    Operand<TFloat32> loss = tf.math.square(value);
    Operand<TFloat32> other = tf.math.square(second.value());
    assertThat(waits(VariableReads.of(List.of(loss, other)), first))
        .containsExactlyInAnyOrder(operation(loss), operation(other));
  }

  /** A hundred runs, for what is not waited for happens by chance. */
  @Test
  void resultsAreThoseBeforeTheUpdate() {
    first.assign(session, FloatArray.of(new float[] {1, 1}, 2));
    Operand<TFloat32> loss = tf.math.mul(first.value(), tf.math.exp(tf.math.neg(first.value())));
    Ops after = VariableReads.of(List.of(loss)).after(tf, first);
    var update = after.assignAddVariableOp(first.handle(), tf.constant(new float[] {1, 1}));
    for (int i = 1; i <= 100; i++) {
      float value = session.run(Feeds.none(), List.of(loss), List.of(update)).get(0).values()[0];
      assertThat(value).isCloseTo((float) (i * Math.exp(-i)), within(1e-6f));
    }
  }

  private Set<GraphOperation> waits(VariableReads reads, Parameter parameter) {
    return ((GraphOperation) reads.after(tf, parameter).noOp().op()).controlInputs();
  }

  private static GraphOperation operation(Operand<?> operand) {
    return (GraphOperation) operand.asOutput().op();
  }
}
