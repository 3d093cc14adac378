package org.xgradient.graph.graphdef;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What stands between a graph of any types and shapes and rows of floats. */
public final class Borders {

  private Borders() {}

  /** Casts, if the type is another one. */
  public static Output<?> cast(Ops tf, Operand<?> value, DataType type) {
    Output<?> output = value.asOutput();
    if (output.dataType() == type) {
      return output;
    }
    return builder(tf, "Cast", value).setAttr("DstT", type).build().output(0);
  }

  /** Casts to floats of 32 bits, if the type is another one. */
  public static Operand<TFloat32> floats(Ops tf, Operand<?> value) {
    return cast(tf, value, DataType.DT_FLOAT).expect(TFloat32.class);
  }

  /** The only row of a batch, without the axis of examples. */
  public static Output<?> unbatched(Ops tf, Operand<?> value, ImmutableIntArray example) {
    return reshaped(tf, value, tf.constant(example.toArray()));
  }

  /** Rows of one shape; as many as there are. */
  public static Output<?> rowsOf(Ops tf, Operand<?> value, ImmutableIntArray example) {
    int[] shape = ImmutableIntArray.builder().add(-1).addAll(example).build().toArray();
    return reshaped(tf, value, tf.constant(shape));
  }

  /** All rows as many times as a path has points: all for the first point, then for the second. */
  public static Output<?> tiled(Ops tf, Operand<?> value, Operand<TInt32> points, int otherAxes) {
    int[] once = new int[otherAxes];
    Arrays.fill(once, 1);
    Operand<TInt32> multiples =
        otherAxes == 0 ? points : tf.concat(List.of(points, tf.constant(once)), tf.constant(0));
    return builder(tf, "Tile", value).addInput(multiples.asOutput()).build().output(0);
  }

  private static Output<?> reshaped(Ops tf, Operand<?> value, Operand<TInt32> shape) {
    return builder(tf, "Reshape", value).addInput(shape.asOutput()).build().output(0);
  }

  private static OperationBuilder builder(Ops tf, String type, Operand<?> value) {
    return tf.scope().opBuilder(type, type).addInput(value.asOutput());
  }
}
