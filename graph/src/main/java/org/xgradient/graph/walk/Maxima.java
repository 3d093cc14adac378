package org.xgradient.graph.walk;

import com.google.common.collect.ImmutableSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tensorflow.GraphOperation;
import org.tensorflow.proto.DataType;

/**
 * Maxima of two computed numbers, some of which TensorFlow takes for leaky ReLUs: {@link
 * org.xgradient.graph.runtime.SessionOptions#withFusing} has what happens. Which ones can't be told
 * from the graph alone, for the optimizer first makes products of sums and quotients.
 */
public final class Maxima {

  private static final ImmutableSet<DataType> NUMBERS =
      ImmutableSet.of(
          DataType.DT_FLOAT, DataType.DT_DOUBLE, DataType.DT_HALF, DataType.DT_BFLOAT16);

  private Maxima() {}

  /** {@return whether an operation is one} */
  public static boolean isOne(GraphOperation operation) {
    String type = operation.type();
    return mayBeOne(type)
        && isOne(
            operation.attributes().getAttrType("T"),
            IntStream.range(0, operation.numInputs())
                .mapToObj(i -> operation.input(i).op().type()));
  }

  /** {@return whether an operation of a type may be one} */
  public static boolean mayBeOne(String type) {
    return type.equals("Maximum");
  }

  /**
   * {@return whether an operation that may be one is}
   *
   * @param numbers the type of its numbers
   * @param inputs the types of the operations that give them
   */
  public static boolean isOne(DataType numbers, Stream<String> inputs) {
    return NUMBERS.contains(numbers) && inputs.noneMatch(type -> type.equals("Const"));
  }
}
