package org.xgradient.benchmarks;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Shapes;

/** What the machine can do at best: the product of two large square matrices. */
final class MachineWorkloads {

  private static final int SIZE = 2048;

  private MachineWorkloads() {}

  static ImmutableList<Benchmark> all() {
    return ImmutableList.of(
        Benchmark.of(
                "machine.matmul", ImmutableMap.of("size", SIZE), MachineWorkloads::squareOfMatrix)
            .withGigaFlop(2e-9 * SIZE * SIZE * SIZE));
  }

  private static Workload squareOfMatrix(GraphSession session) {
    var tf = session.ops();
    ImmutableIntArray row = ImmutableIntArray.of(SIZE);
    var matrix = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(row)));
    // One number is fetched, so that the copy takes no time.
    Operand<TFloat32> sum =
        tf.reduceSum(tf.linalg.matMul(matrix, matrix), tf.constant(new int[] {0, 1}));
    FloatArray values = RandomRows.normal(1, SIZE, row);
    return () -> session.run(Feeds.of(matrix, values), List.of(sum), List.of()).get(0);
  }
}
