package org.xgradient.graph.savedmodel.variables;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.GraphFunction;
import org.xgradient.graph.graphdef.RestoredVariables;
import org.xgradient.graph.graphdef.TensorName;
import org.xgradient.graph.savedmodel.variables.DeclaredVariables.Declaration;

/** The parameters among the variables that a {@link GraphFunction} reads. */
public final class ImportedParameters {

  private final Ops tf;
  private final GraphDef flat;
  private final GraphFunction function;
  private final VariableRoles roles;

  /**
   * Looks at a function.
   *
   * @param tf the operations of the live graph
   * @param flat the serialized graph
   * @param inputs the operations that are its inputs
   * @param function the function made from it
   */
  public ImportedParameters(Ops tf, GraphDef flat, Set<String> inputs, GraphFunction function) {
    this.tf = tf;
    this.flat = flat;
    this.function = function;
    this.roles = new VariableRoles(flat, inputs);
  }

  /**
   * Wraps the variables of floats that are trained.
   *
   * @param declared what the model says of its variables
   * @return the parameters by the operations of their variables, in the order in which the graph
   *     uses them
   */
  public ImmutableMap<String, Parameter> wrap(DeclaredVariables declared) {
    ImmutableMap.Builder<String, Parameter> parameters = ImmutableMap.builder();
    Set<String> names = new HashSet<>();
    for (NodeDef node : GraphDefs.topologicalOrder(flat.getNodeList())) {
      if (node.getOp().equals("VarHandleOp")
          && GraphDefs.attribute(node, "dtype").getType() == DataType.DT_FLOAT
          && !roles.isStatistic(node.getName())) {
        Declaration declaration =
            declared
                .of(node.getName())
                .or(() -> declared.of(RestoredVariables.resource(node)))
                .orElseGet(() -> new Declaration(RestoredVariables.resource(node), true));
        if (declaration.trainable()) {
          wrap(node, declaration.name(), names)
              .ifPresent(parameter -> parameters.put(node.getName(), parameter));
        }
      }
    }
    return parameters.buildOrThrow();
  }

  private Optional<Parameter> wrap(NodeDef node, String declaredName, Set<String> names) {
    Output<?> handle = function.constant(TensorName.of(node.getName()));
    Output<?> read = function.reads().get(handle);
    if (read == null || read.shape().hasUnknownDimension()) {
      return Optional.empty();
    }
    String name = GraphDefs.scopeName(declaredName);
    String unique = names.add(name) ? name : GraphDefs.scopeName(node.getName());
    return Optional.of(
        Parameter.wrap(
            tf,
            unique,
            roles.of(node.getName()),
            shape(read.shape()),
            handle,
            read.expect(TFloat32.class)));
  }

  private static ImmutableIntArray shape(Shape shape) {
    ImmutableIntArray.Builder sizes = ImmutableIntArray.builder();
    for (long size : shape.asArray()) {
      sizes.add(Math.toIntExact(size));
    }
    return sizes.build();
  }
}
