package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

  /** What a list holds: the rows of a tensor, or tensors of their own. */
  private record Contents(@Nullable TensorName rows, List<@Nullable TensorName> elements) {}

  /**
   * Begins.
   *
   * @param emit adds an operation and says where its output is
   * @param integers the values of scalars, as far as they are fixed
   */
  TensorLists(Function<NodeDef, TensorName> emit, Function<TensorName, OptionalLong> integers) {
    this.emit = emit;
    this.integers = integers;
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
    return switch (node.getOp()) {
      case "TensorListFromTensor" -> add(new Contents(inputs.get(0), List.of()));
      case "TensorListReserve" ->
          add(
              new Contents(
                  null,
                  new ArrayList<>(
                      Collections.nCopies(index(node, inputs.get(1), MOST_ELEMENTS), null))));
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

  private int index(NodeDef node, TensorName tensor, int most) {
    OptionalLong value = integers.apply(tensor);
    if (value.isEmpty() || value.getAsLong() < 0 || value.getAsLong() > most) {
      throw refused(
          node,
          "which element it means is not fixed by the shapes of the inputs; give a fixed length"
              + " (--input-shape), or export the model with unroll=True");
    }
    return (int) value.getAsLong();
  }

  private TensorName set(NodeDef node, ImmutableList<TensorName> inputs) {
    Contents before = list(node, inputs.get(0));
    int index = index(node, inputs.get(1), MOST_ELEMENTS);
    List<@Nullable TensorName> elements = new ArrayList<>(before.elements());
    if (before.rows() != null || index >= elements.size()) {
      throw refused(node, "it writes beyond its list");
    }
    elements.set(index, inputs.get(2));
    return add(new Contents(null, elements));
  }

  private TensorName get(NodeDef node, ImmutableList<TensorName> inputs) {
    Contents contents = list(node, inputs.get(0));
    int index = index(node, inputs.get(1), MOST_ELEMENTS);
    TensorName rows = contents.rows();
    if (rows != null) {
      return slice(node, rows, index);
    }
    TensorName element = index < contents.elements().size() ? contents.elements().get(index) : null;
    if (element == null) {
      throw refused(node, "it reads what was not written");
    }
    return element;
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
    if (contents.rows() != null) {
      return contents.rows();
    }
    NodeDef.Builder pack = NodeDef.newBuilder().setName(node.getName() + "/stack").setOp("Pack");
    for (TensorName element : contents.elements()) {
      if (element == null) {
        throw refused(node, "it stacks what was not written");
      }
      pack.addInput(element.toString());
    }
    return emit.apply(
        pack.putAttr("N", AttrValue.newBuilder().setI(contents.elements().size()).build())
            .putAttr("T", GraphDefs.attribute(node, "element_dtype"))
            .putAttr("axis", AttrValue.newBuilder().setI(0).build())
            .build());
  }

  private static DataException refused(NodeDef node, String reason) {
    return new DataException(
        "%s (%s) stands in the way: %s".formatted(node.getName(), node.getOp(), reason));
  }
}
