package org.xgradient.graph.graphdef;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.xgradient.data.DataException;

/**
 * Lists of tensors that a loop reads and writes, resolved while it is unrolled: an element that is
 * read becomes a slice of what the list was made of, or the tensor that was written.
 */
final class TensorLists {

  private static final int MOST_ELEMENTS = 100_000;

  private final Map<TensorName, Contents> lists = new HashMap<>();
  private final Function<NodeDef, TensorName> emit;
  private final Function<TensorName, OptionalLong> integers;
  private final Supplier<String> refusal;

  /** The tensors that all operations need, by their types. */
  private static final ImmutableMap<String, Integer> INPUTS =
      ImmutableMap.of(
          "TensorListFromTensor", 2,
          "TensorListReserve", 2,
          "TensorListSetItem", 3,
          "TensorListGetItem", 3,
          "TensorListStack", 2);

  /** What a list holds. */
  private sealed interface Contents {

    /** The rows of a tensor. */
    record Rows(TensorName tensor) implements Contents {}

    /** Nothing yet. */
    record Empty(int size) implements Contents {}

    /** What another list holds, but for one element; so that no list is copied. */
    record Written(Contents before, int size, int index, TensorName element) implements Contents {}
  }

  /**
   * Begins.
   *
   * @param emit adds an operation and says where its output is
   * @param integers the values of scalars, as far as they are fixed
   * @param refusal what TensorFlow says against the shapes that they follow from; empty if nothing
   */
  TensorLists(
      Function<NodeDef, TensorName> emit,
      Function<TensorName, OptionalLong> integers,
      Supplier<String> refusal) {
    this.emit = emit;
    this.integers = integers;
    this.refusal = refusal;
  }

  /** {@return whether a tensor stands for a list} */
  boolean contains(TensorName tensor) {
    return lists.containsKey(tensor);
  }

  /**
   * Resolves an operation on lists.
   *
   * @param node the operation
   * @param inputs its inputs
   * @return its output
   * @throws DataException if it can't be resolved
   */
  TensorName resolve(NodeDef node, ImmutableList<TensorName> inputs) {
    if (inputs.size() < INPUTS.getOrDefault(node.getOp(), 0)) {
      throw refused(node, "it lacks inputs");
    }
    return switch (node.getOp()) {
      case "TensorListFromTensor" -> add(new Contents.Rows(inputs.get(0)));
      case "TensorListReserve" -> add(new Contents.Empty(index(node, inputs.get(1))));
      case "TensorListSetItem" -> set(node, inputs);
      case "TensorListGetItem" -> get(node, inputs);
      case "TensorListStack" -> stack(node, inputs);
      default -> throw refused(node, "lists of tensors are not known to this operation");
    };
  }

  private TensorName add(Contents contents) {
    TensorName name = TensorName.of("<list " + lists.size() + ">");
    lists.put(name, contents);
    return name;
  }

  private Contents list(NodeDef node, TensorName tensor) {
    Contents contents = lists.get(tensor);
    if (contents == null) {
      throw refused(node, "where its list comes from is not known");
    }
    return contents;
  }

  private int index(NodeDef node, TensorName tensor) {
    OptionalLong value = integers.apply(tensor);
    if (value.isEmpty()) {
      throw new UnknownLengthException(
          node, "which element it means is not fixed by the shapes of the inputs", refusal.get());
    }
    if (value.getAsLong() < 0 || value.getAsLong() > MOST_ELEMENTS) {
      throw refused(
          node,
          "it asks for %s, where lists have up to %s elements"
              .formatted(value.getAsLong(), MOST_ELEMENTS));
    }
    return (int) value.getAsLong();
  }

  private static int size(NodeDef node, Contents contents) {
    if (contents instanceof Contents.Empty empty) {
      return empty.size();
    }
    if (contents instanceof Contents.Written written) {
      return written.size();
    }
    throw refused(node, "it writes to a list that was made of a tensor");
  }

  private TensorName set(NodeDef node, ImmutableList<TensorName> inputs) {
    Contents before = list(node, inputs.get(0));
    int index = index(node, inputs.get(1));
    int size = size(node, before);
    if (index >= size) {
      throw refused(node, "it writes beyond its list");
    }
    return add(new Contents.Written(before, size, index, inputs.get(2)));
  }

  private TensorName get(NodeDef node, ImmutableList<TensorName> inputs) {
    Contents contents = list(node, inputs.get(0));
    int index = index(node, inputs.get(1));
    if (contents instanceof Contents.Rows rows) {
      return slice(node, rows.tensor(), index);
    }
    while (contents instanceof Contents.Written written) {
      if (written.index() == index) {
        return written.element();
      }
      contents = written.before();
    }
    throw refused(node, "it reads what was not written");
  }

  private TensorName slice(NodeDef node, TensorName rows, int index) {
    NodeDef.Builder slice =
        NodeDef.newBuilder()
            .setName(node.getName() + "/element")
            .setOp("StridedSlice")
            .addInput(rows.toString());
    for (int bound : new int[] {index, index + 1, 1}) {
      slice.addInput(vector(node, bound).toString());
    }
    return emit.apply(
        slice
            .putAttr("T", GraphDefs.attribute(node, "element_dtype"))
            .putAttr("Index", Attributes.of(DataType.DT_INT32))
            .putAttr("shrink_axis_mask", AttrValue.newBuilder().setI(1).build())
            .build());
  }

  private TensorName vector(NodeDef node, int value) {
    TensorProto one =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_INT32)
            .setTensorShape(
                TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(1)))
            .addIntVal(value)
            .build();
    return emit.apply(
        NodeDef.newBuilder()
            .setName(node.getName() + "/bound")
            .setOp("Const")
            .putAttr("dtype", Attributes.of(DataType.DT_INT32))
            .putAttr("value", AttrValue.newBuilder().setTensor(one).build())
            .build());
  }

  private TensorName stack(NodeDef node, ImmutableList<TensorName> inputs) {
    Contents contents = list(node, inputs.get(0));
    if (contents instanceof Contents.Rows rows) {
      return rows.tensor();
    }
    int size = size(node, contents);
    Map<Integer, TensorName> elements = new HashMap<>();
    while (contents instanceof Contents.Written written) {
      elements.putIfAbsent(written.index(), written.element());
      contents = written.before();
    }
    if (elements.size() < size) {
      throw refused(node, "it stacks what was not written");
    }
    NodeDef.Builder pack = NodeDef.newBuilder().setName(node.getName() + "/stack").setOp("Pack");
    for (int i = 0; i < size; i++) {
      pack.addInput(requireNonNull(elements.get(i)).toString());
    }
    return emit.apply(
        pack.putAttr("N", AttrValue.newBuilder().setI(size).build())
            .putAttr("T", GraphDefs.attribute(node, "element_dtype"))
            .putAttr("axis", AttrValue.newBuilder().setI(0).build())
            .build());
  }

  private static DataException refused(NodeDef node, String reason) {
    return new DataException(
        "%s (%s) stands in the way: %s".formatted(node.getName(), node.getOp(), reason));
  }
}
