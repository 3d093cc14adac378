package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.List;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.OpDef.ArgDef;
import org.xgradient.data.DataException;

/** What the operations of this TensorFlow take and give. */
public final class OpDefs {

  private static final ImmutableMap<String, OpDef> ALL =
      Maps.uniqueIndex(TensorFlow.registeredOpList().getOpList(), OpDef::getName);

  /** More than any operation has; a damaged graph may claim billions. */
  private static final long MAX_TENSORS = 100_000;

  private OpDefs() {}

  /**
   * One argument of one operation.
   *
   * @param name the name of the argument
   * @param isList whether it is a list of tensors, and not one
   * @param size the number of tensors
   */
  public record Argument(String name, boolean isList, int size) {}

  /** {@return whether TensorFlow has operations of a type} */
  public static boolean isKnown(String type) {
    return ALL.containsKey(type);
  }

  /** {@return the inputs of an operation, in order} */
  static ImmutableList<Argument> inputs(NodeDef node) {
    return arguments(node, definition(node).getInputArgList());
  }

  /** {@return the outputs of an operation, in order} */
  public static ImmutableList<Argument> outputs(NodeDef node) {
    return arguments(node, definition(node).getOutputArgList());
  }

  private static ImmutableList<Argument> arguments(NodeDef node, List<ArgDef> definitions) {
    ImmutableList.Builder<Argument> arguments = ImmutableList.builder();
    for (ArgDef definition : definitions) {
      boolean isList =
          !definition.getNumberAttr().isEmpty() || !definition.getTypeListAttr().isEmpty();
      arguments.add(
          new Argument(definition.getName(), isList, isList ? size(node, definition) : 1));
    }
    return arguments.build();
  }

  private static int size(NodeDef node, ArgDef definition) {
    String number = definition.getNumberAttr();
    long size =
        number.isEmpty()
            ? GraphDefs.attribute(node, definition.getTypeListAttr()).getList().getTypeCount()
            : GraphDefs.attribute(node, number).getI();
    if (size < 0 || size > MAX_TENSORS) {
      throw new DataException(
          "the graph is damaged: %s (%s) claims %s tensors"
              .formatted(node.getName(), node.getOp(), size));
    }
    return (int) size;
  }

  private static OpDef definition(NodeDef node) {
    OpDef definition = ALL.get(node.getOp());
    if (definition == null) {
      throw new DataException(
          "%s is of type %s, which TensorFlow %s doesn't have"
              .formatted(node.getName(), node.getOp(), TensorFlow.version()));
    }
    return definition;
  }
}
