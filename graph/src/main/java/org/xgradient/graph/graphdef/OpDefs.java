package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.OpDef.ArgDef;
import org.tensorflow.proto.OpDef.AttrDef;
import org.xgradient.data.DataException;
import org.xgradient.graph.walk.RegisteredOperations;

/** What the operations of this TensorFlow take and give. */
public final class OpDefs {

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
    return RegisteredOperations.find(type).isPresent();
  }

  /** {@return the names of the attributes of operations of a type that there is} */
  static ImmutableList<String> attributes(String type) {
    return RegisteredOperations.find(type).orElseThrow().getAttrList().stream()
        .map(AttrDef::getName)
        .collect(ImmutableList.toImmutableList());
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

  /** {@return the types of the tensors that an operation takes, in order} */
  public static ImmutableList<DataType> inputTypes(NodeDef node) {
    return types(node, definition(node).getInputArgList());
  }

  /** {@return the types of the tensors that an operation gives, in order} */
  public static ImmutableList<DataType> outputTypes(NodeDef node) {
    return types(node, definition(node).getOutputArgList());
  }

  /**
   * {@return for each tensor that an operation takes whether its type is that of an attribute}
   *
   * @param attribute the name of the attribute
   */
  public static ImmutableList<Boolean> inputsOfType(NodeDef node, String attribute) {
    ImmutableList.Builder<Boolean> are = ImmutableList.builder();
    for (ArgDef definition : definition(node).getInputArgList()) {
      int tensors =
          definition.getNumberAttr().isEmpty() && definition.getTypeListAttr().isEmpty()
              ? 1
              : size(node, definition);
      for (int i = 0; i < tensors; i++) {
        are.add(definition.getTypeAttr().equals(attribute));
      }
    }
    return are.build();
  }

  private static ImmutableList<DataType> types(NodeDef node, List<ArgDef> definitions) {
    ImmutableList.Builder<DataType> types = ImmutableList.builder();
    for (ArgDef definition : definitions) {
      if (!definition.getTypeListAttr().isEmpty()) {
        types.addAll(
            GraphDefs.attribute(node, definition.getTypeListAttr()).getList().getTypeList());
      } else {
        DataType type =
            definition.getTypeAttr().isEmpty()
                ? definition.getType()
                : type(node, definition.getTypeAttr());
        int tensors = definition.getNumberAttr().isEmpty() ? 1 : size(node, definition);
        for (int i = 0; i < tensors; i++) {
          types.add(type);
        }
      }
    }
    return types.build();
  }

  /** Exporters leave out attributes that have their default values. */
  private static DataType type(NodeDef node, String attribute) {
    if (node.containsAttr(attribute)) {
      return node.getAttrOrThrow(attribute).getType();
    }
    return definition(node).getAttrList().stream()
        .filter(attr -> attr.getName().equals(attribute) && attr.hasDefaultValue())
        .map(attr -> attr.getDefaultValue().getType())
        .findFirst()
        .orElseGet(() -> GraphDefs.attribute(node, attribute).getType());
  }

  private static OpDef definition(NodeDef node) {
    return RegisteredOperations.find(node.getOp())
        .orElseThrow(
            () ->
                new DataException(
                    "%s is of type %s, which TensorFlow %s doesn't have"
                        .formatted(node.getName(), node.getOp(), TensorFlow.version())));
  }
}
