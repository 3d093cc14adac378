package org.xgradient.graph.graphdef;

import com.google.common.primitives.ImmutableLongArray;
import com.google.common.primitives.Ints;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongBinaryOperator;
import java.util.stream.LongStream;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.xgradient.graph.graphdef.CallWalk.Place;

/**
 * Vectors of integers that TensorFlow would compute from constants at load, as the numbers of the
 * entries of a lookup table: {@code Cast(Range(0, Size(words), 1))}. Nothing is run.
 */
final class ConstantIntegers {

  private static final int MAX_DEPTH = 32;

  /** Of all that is asked of one object; a damaged or malicious file must not fill the memory. */
  private static final int MAX_OPERATIONS = 1 << 16;

  private static final long MAX_VALUES = 1 << 24;

  private int operations;
  private long made;

  /** Values in row-major order. */
  private record Values(DataType type, ImmutableLongArray values, TensorShapeProto shape) {

    TensorProto tensor() {
      TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(type).setTensorShape(shape);
      values.forEach(
          value -> {
            if (type == DataType.DT_INT32) {
              tensor.addIntVal((int) value);
            } else {
              tensor.addInt64Val(value);
            }
          });
      return tensor.build();
    }
  }

  /**
   * Computes a tensor.
   *
   * @param place where it is
   * @return its values, of type {@code DT_INT32} or {@code DT_INT64}; empty if it is not of these
   *     types, or does not follow from constants by a few operations that count
   */
  Optional<TensorProto> of(Place place) {
    return values(place, 0).map(Values::tensor);
  }

  private Optional<Values> values(Place place, int depth) {
    Place origin = place.origin();
    NodeDef node = origin.node();
    operations++;
    if (node == null || depth > MAX_DEPTH || operations > MAX_OPERATIONS) {
      return Optional.empty();
    }
    return switch (node.getOp()) {
      case "Const" -> constant(GraphDefs.attribute(node, "value").getTensor());
      case "Size" -> size(origin);
      case "Cast" -> input(origin, 0, depth).flatMap(of -> cast(of, type(node, "DstT")));
      case "Range" -> range(origin, depth);
      case "Reshape" -> reshape(origin, depth);
      case "Add", "AddV2" -> binary(origin, depth, Long::sum);
      case "Sub" -> binary(origin, depth, (a, b) -> a - b);
      case "Mul" -> binary(origin, depth, (a, b) -> a * b);
      default -> Optional.empty();
    };
  }

  private Optional<Values> input(Place place, int input, int depth) {
    return place.input(input).flatMap(of -> values(of, depth + 1));
  }

  private static DataType type(NodeDef node, String attribute) {
    return GraphDefs.attribute(node, attribute).getType();
  }

  private Optional<Values> constant(TensorProto tensor) {
    Optional<Integer> count = count(tensor.getTensorShape());
    if (count.isEmpty() || !take(count.get())) {
      return Optional.empty();
    }
    ByteBuffer bytes =
        tensor.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return switch (tensor.getDtype()) {
      case DT_INT32 -> {
        int[] whole = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(whole);
        long[] values =
            whole.length > 0
                ? Arrays.stream(whole).asLongStream().toArray()
                : tensor.getIntValList().stream().mapToLong(Integer::longValue).toArray();
        yield filled(tensor, values, count.get());
      }
      case DT_INT64 -> {
        long[] whole = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(whole);
        long[] values =
            whole.length > 0
                ? whole
                : tensor.getInt64ValList().stream().mapToLong(Long::longValue).toArray();
        yield filled(tensor, values, count.get());
      }
      default -> Optional.empty();
    };
  }

  /** The last value stands for all that follow. */
  private static Optional<Values> filled(TensorProto tensor, long[] values, int count) {
    if (values.length == 0 ? count > 0 : values.length > count) {
      return Optional.empty();
    }
    long[] all = Arrays.copyOf(values, count);
    Arrays.fill(all, values.length, count, values.length == 0 ? 0 : values[values.length - 1]);
    return Optional.of(
        new Values(tensor.getDtype(), ImmutableLongArray.copyOf(all), tensor.getTensorShape()));
  }

  /** Of a constant of any type. */
  private Optional<Values> size(Place place) {
    NodeDef node = place.node();
    Optional<Integer> count =
        place.input(0).flatMap(Place::constant).flatMap(of -> count(of.getTensorShape()));
    DataType type =
        node != null && node.containsAttr("out_type") ? type(node, "out_type") : DataType.DT_INT32;
    return count
        .filter(values -> take(1))
        .flatMap(
            values ->
                cast(
                    new Values(
                        DataType.DT_INT64,
                        ImmutableLongArray.of(values),
                        TensorShapeProto.getDefaultInstance()),
                    type));
  }

  private static Optional<Values> cast(Values values, DataType type) {
    return switch (type) {
      case DT_INT64 -> Optional.of(new Values(type, values.values(), values.shape()));
      case DT_INT32 ->
          Optional.of(
              new Values(
                  type,
                  ImmutableLongArray.copyOf(values.values().stream().map(value -> (int) value)),
                  values.shape()));
      default -> Optional.empty();
    };
  }

  private Optional<Values> range(Place place, int depth) {
    Optional<Values> start = input(place, 0, depth).filter(ConstantIntegers::isScalar);
    Optional<Values> limit = input(place, 1, depth).filter(ConstantIntegers::isScalar);
    Optional<Values> delta = input(place, 2, depth).filter(ConstantIntegers::isScalar);
    if (start.isEmpty() || limit.isEmpty() || delta.isEmpty()) {
      return Optional.empty();
    }
    long from = start.get().values().get(0);
    long to = limit.get().values().get(0);
    // Anything but a count from 0 up is no numbering of entries.
    if (from < 0 || to < from || delta.get().values().get(0) != 1 || !take(to - from)) {
      return Optional.empty();
    }
    return Optional.of(
        vector(start.get().type(), ImmutableLongArray.copyOf(LongStream.range(from, to))));
  }

  /** Only to a vector, which is what a table takes. */
  private Optional<Values> reshape(Place place, int depth) {
    Optional<Values> values = input(place, 0, depth);
    Optional<Values> shape = input(place, 1, depth);
    if (values.isEmpty() || shape.isEmpty() || shape.get().values().length() != 1) {
      return Optional.empty();
    }
    long size = shape.get().values().get(0);
    return size == -1 || size == values.get().values().length()
        ? Optional.of(vector(values.get().type(), values.get().values()))
        : Optional.empty();
  }

  /** Of the same shape, or one of them a scalar. */
  private Optional<Values> binary(Place place, int depth, LongBinaryOperator operator) {
    Optional<Values> left = input(place, 0, depth);
    Optional<Values> right = input(place, 1, depth);
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    Values a = left.get();
    Values b = right.get();
    boolean fit = isScalar(a) || isScalar(b) || a.shape().equals(b.shape());
    TensorShapeProto shape = isScalar(a) ? b.shape() : a.shape();
    int count = isScalar(a) ? b.values().length() : a.values().length();
    if (!fit || !take(count)) {
      return Optional.empty();
    }
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          operator.applyAsLong(
              a.values().get(isScalar(a) ? 0 : i), b.values().get(isScalar(b) ? 0 : i));
    }
    return cast(new Values(a.type(), ImmutableLongArray.copyOf(values), shape), a.type());
  }

  private static boolean isScalar(Values values) {
    return values.shape().getDimCount() == 0;
  }

  private static Values vector(DataType type, ImmutableLongArray values) {
    return new Values(
        type,
        values,
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dim.newBuilder().setSize(values.length()))
            .build());
  }

  /** {@return how many values a tensor of a shape has; empty if it has no such shape} */
  private static Optional<Integer> count(TensorShapeProto shape) {
    List<Long> sizes = shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList();
    long count = 1;
    for (long size : sizes) {
      if (size < 0 || size > MAX_VALUES) {
        return Optional.empty();
      }
      count *= size;
      if (count > MAX_VALUES) {
        return Optional.empty();
      }
    }
    return Optional.of(Ints.checkedCast(count));
  }

  private boolean take(long values) {
    made += Math.min(values, MAX_VALUES);
    return made <= MAX_VALUES;
  }
}
