package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableSet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.xgradient.data.DataException;

/**
 * The values of integers and flags that count the steps of a loop, as far as they follow from
 * constants and from the shapes of inputs alone. Nothing is run: TensorFlow is asked for shapes.
 */
final class LoopIntegers {

  private static final ImmutableSet<String> PASS_ON = ImmutableSet.of("Identity", "Cast");

  private static final ImmutableSet<String> ARITHMETIC =
      ImmutableSet.of("Add", "AddV2", "Sub", "Mul", "Minimum", "Maximum");

  private static final ImmutableSet<String> BINARY =
      ImmutableSet.<String>builder()
          .addAll(ARITHMETIC)
          .add("Less", "LessEqual", "Greater", "GreaterEqual", "LogicalAnd")
          .build();

  /** What TensorFlow writes of an operation behind what it has against it, for programmers. */
  private static final Pattern NODE = Pattern.compile(" for '\\{\\{node ([^}]*)}}.*");

  private final Map<String, NodeDef> nodes;

  /**
   * Of operations that were asked for, or that these needed; a step of a loop asks for the last.
   */
  private final Map<String, OptionalLong> known = new HashMap<>();

  private String refusal = "";

  /**
   * Prepares for a graph.
   *
   * @param nodes the operations that were checked, by name, each with all of its inputs;
   *     placeholders say their shapes
   */
  LoopIntegers(Map<String, NodeDef> nodes) {
    this.nodes = nodes;
  }

  /** {@return the value of a scalar, 1 and 0 for true and false; empty if it is not fixed} */
  OptionalLong of(TensorName tensor) {
    // No recursion: what counts the steps of a long loop is a long chain.
    Deque<String> open = new ArrayDeque<>(List.of(tensor.operation()));
    while (!open.isEmpty()) {
      String name = open.element();
      NodeDef node = nodes.get(name);
      List<String> unknown = unknown(node);
      if (unknown.isEmpty()) {
        known.put(name, node == null ? OptionalLong.empty() : value(node));
        open.pop();
      } else {
        unknown.forEach(open::push);
      }
    }
    return value(tensor);
  }

  /** {@return why TensorFlow took no shapes where it was asked for some; empty if it took all} */
  String refusal() {
    return refusal;
  }

  private OptionalLong value(TensorName tensor) {
    return known.getOrDefault(tensor.operation(), OptionalLong.empty());
  }

  /** What has to be known before. */
  private List<String> unknown(@Nullable NodeDef node) {
    if (node == null || !(PASS_ON.contains(node.getOp()) || BINARY.contains(node.getOp()))) {
      return List.of();
    }
    return GraphDefs.inputs(node).stream()
        .map(TensorName::operation)
        .filter(input -> !known.containsKey(input))
        .toList();
  }

  private OptionalLong value(NodeDef node) {
    List<TensorName> inputs = GraphDefs.inputs(node);
    String type = node.getOp();
    if (type.equals("Const")) {
      return scalar(GraphDefs.attribute(node, "value").getTensor());
    }
    if (type.equals("StridedSlice") && inputs.size() == 4) {
      return element(node, inputs);
    }
    if (PASS_ON.contains(type) && inputs.size() == 1) {
      OptionalLong value = value(inputs.get(0));
      return type.equals("Cast") ? as(GraphDefs.attribute(node, "DstT").getType(), value) : value;
    }
    if (BINARY.contains(type) && inputs.size() == 2) {
      OptionalLong result = binary(type, value(inputs.get(0)), value(inputs.get(1)));
      // The others give flags.
      return node.containsAttr("T") && ARITHMETIC.contains(type)
          ? as(node.getAttrOrThrow("T").getType(), result)
          : result;
    }
    return OptionalLong.empty();
  }

  /** As a type holds it; nothing of types that are neither of integers nor of flags. */
  private static OptionalLong as(DataType type, OptionalLong value) {
    if (value.isEmpty()) {
      return value;
    }
    int wrapped = (int) value.getAsLong();
    return switch (type) {
      case DT_INT32 -> OptionalLong.of(wrapped);
      case DT_INT64 -> value;
      case DT_BOOL -> OptionalLong.of(value.getAsLong() == 0 ? 0 : 1);
      default -> OptionalLong.empty();
    };
  }

  private static OptionalLong binary(String type, OptionalLong left, OptionalLong right) {
    if (left.isEmpty() || right.isEmpty()) {
      return OptionalLong.empty();
    }
    long a = left.getAsLong();
    long b = right.getAsLong();
    return OptionalLong.of(
        switch (type) {
          case "Sub" -> a - b;
          case "Mul" -> a * b;
          case "Minimum" -> Math.min(a, b);
          case "Maximum" -> Math.max(a, b);
          case "Less" -> a < b ? 1 : 0;
          case "LessEqual" -> a <= b ? 1 : 0;
          case "Greater" -> a > b ? 1 : 0;
          case "GreaterEqual" -> a >= b ? 1 : 0;
          case "LogicalAnd" -> a & b;
          default -> a + b;
        });
  }

  private static OptionalLong scalar(TensorProto tensor) {
    if (tensor.getTensorShape().getDimCount() != 0) {
      return OptionalLong.empty();
    }
    return first(tensor);
  }

  private static OptionalLong first(TensorProto tensor) {
    // Integers of fewer bits and floats of 16 have the fields of integers of 32 too.
    if (tensor.getDtype() == DataType.DT_INT32 && tensor.getIntValCount() > 0) {
      return OptionalLong.of(tensor.getIntVal(0));
    }
    if (tensor.getInt64ValCount() > 0) {
      return OptionalLong.of(tensor.getInt64Val(0));
    }
    if (tensor.getBoolValCount() > 0) {
      return OptionalLong.of(tensor.getBoolVal(0) ? 1 : 0);
    }
    ByteBuffer bytes =
        tensor.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return switch (tensor.getDtype()) {
      case DT_INT32 ->
          bytes.remaining() == Integer.BYTES
              ? OptionalLong.of(bytes.getInt())
              : OptionalLong.empty();
      case DT_INT64 ->
          bytes.remaining() == Long.BYTES ? OptionalLong.of(bytes.getLong()) : OptionalLong.empty();
      case DT_BOOL -> bytes.remaining() == 1 ? OptionalLong.of(bytes.get()) : OptionalLong.empty();
      default -> OptionalLong.empty();
    };
  }

  /** One element of the shape of something, counted by a constant. */
  private OptionalLong element(NodeDef slice, List<TensorName> inputs) {
    for (String mask : List.of("begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask")) {
      if (slice.containsAttr(mask) && slice.getAttrOrThrow(mask).getI() != 0) {
        return OptionalLong.empty();
      }
    }
    if (!slice.containsAttr("shrink_axis_mask")
        || slice.getAttrOrThrow("shrink_axis_mask").getI() != 1) {
      return OptionalLong.empty();
    }
    NodeDef shape = nodes.get(inputs.get(0).operation());
    NodeDef begin = nodes.get(inputs.get(1).operation());
    if (shape == null
        || begin == null
        || !shape.getOp().equals("Shape")
        || !begin.getOp().equals("Const")) {
      return OptionalLong.empty();
    }
    OptionalLong index = first(GraphDefs.attribute(begin, "value").getTensor());
    Optional<Shape> known = shape(GraphDefs.inputs(shape).get(0));
    if (index.isEmpty() || known.isEmpty() || known.get().isUnknown()) {
      return OptionalLong.empty();
    }
    long[] sizes = known.get().asArray();
    int place =
        (int) (index.getAsLong() < 0 ? index.getAsLong() + sizes.length : index.getAsLong());
    return place >= 0 && place < sizes.length && sizes[place] >= 0
        ? OptionalLong.of(sizes[place])
        : OptionalLong.empty();
  }

  /** As TensorFlow infers it from those of the inputs. */
  private Optional<Shape> shape(TensorName tensor) {
    GraphDef.Builder whole = GraphDef.newBuilder();
    Set<String> seen = new HashSet<>();
    nodes.forEach(
        (name, node) -> {
          if (seen.add(name)) {
            whole.addNode(node);
          }
        });
    try (Graph graph = new Graph()) {
      graph.importGraphDef(GraphDefs.prune(whole.build(), List.of(tensor)));
      return Optional.of(graph.operation(tensor.operation()).output(tensor.output()).shape());
    } catch (TensorFlowException | IllegalArgumentException | DataException e) {
      String said = String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
      refusal = NODE.matcher(said).replaceFirst(" in $1");
      return Optional.empty();
    }
  }
}
