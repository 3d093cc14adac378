package org.xgradient.graph.graphdef;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.xgradient.data.DataException;

/**
 * The values of integers and flags that count the steps of a loop, as far as they follow from
 * constants and from the shapes of inputs alone. Nothing is run: TensorFlow is asked for shapes.
 */
final class LoopIntegers {

  private static final int MOST_DEPTH = 200;

  private final Map<String, NodeDef> nodes;

  /**
   * Prepares for a graph.
   *
   * @param nodes the operations that were checked, by name; placeholders say their shapes
   */
  LoopIntegers(Map<String, NodeDef> nodes) {
    this.nodes = nodes;
  }

  /** {@return the value of a scalar, 1 and 0 for true and false; empty if it is not fixed} */
  OptionalLong of(TensorName tensor) {
    return of(tensor, 0);
  }

  private OptionalLong of(TensorName tensor, int depth) {
    NodeDef node = nodes.get(tensor.operation());
    if (node == null || depth > MOST_DEPTH) {
      return OptionalLong.empty();
    }
    List<TensorName> inputs = GraphDefs.inputs(node);
    return switch (node.getOp()) {
      case "Const" -> scalar(GraphDefs.attribute(node, "value").getTensor());
      case "Identity", "Cast" -> of(inputs.get(0), depth + 1);
      case "StridedSlice" -> element(inputs);
      case "Add",
          "AddV2",
          "Sub",
          "Mul",
          "Minimum",
          "Maximum",
          "Less",
          "LessEqual",
          "Greater",
          "GreaterEqual",
          "LogicalAnd" ->
          binary(node.getOp(), of(inputs.get(0), depth + 1), of(inputs.get(1), depth + 1));
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
    if (tensor.getIntValCount() > 0) {
      return OptionalLong.of(tensor.getIntVal(0));
    }
    if (tensor.getInt64ValCount() > 0) {
      return OptionalLong.of(tensor.getInt64Val(0));
    }
    if (tensor.getBoolValCount() > 0) {
      return OptionalLong.of(tensor.getBoolVal(0) ? 1 : 0);
    }
    byte[] bytes = tensor.getTensorContent().toByteArray();
    if (bytes.length == Integer.BYTES || bytes.length == Long.BYTES) {
      long value = 0;
      for (int i = bytes.length - 1; i >= 0; i--) {
        value = value << 8 | (i == bytes.length - 1 ? bytes[i] : bytes[i] & 0xff);
      }
      return OptionalLong.of(value);
    }
    return OptionalLong.empty();
  }

  /** One element of the shape of something, counted by a constant. */
  private OptionalLong element(List<TensorName> inputs) {
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
      return Optional.empty();
    }
  }
}
