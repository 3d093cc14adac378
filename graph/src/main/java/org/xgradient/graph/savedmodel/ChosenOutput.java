package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorInfo;
import org.xgradient.data.DataException;
import org.xgradient.graph.graphdef.FunctionInlining.Inlined;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.OpDefs;
import org.xgradient.graph.graphdef.TensorName;

/**
 * The output that is taken: one of the signature, or a tensor on the way to one.
 *
 * @param graph a graph without calls of functions, pruned to what the output needs
 * @param tensor the output
 */
record ChosenOutput(GraphDef graph, TensorName tensor) {

  /**
   * Finds it.
   *
   * @param signature what is taken
   * @param inlining makes a graph without calls of an output's tensor, and shows each operation to
   *     a check
   * @param check refuses operations
   * @param inputs the names of the inputs, by the operations that are fed
   * @throws SavedModelException if there is none, it is not of numbers, or an operation that it
   *     needs is refused
   */
  static ChosenOutput of(
      ModelSignature signature,
      BiFunction<TensorName, Consumer<NodeDef>, Inlined> inlining,
      Consumer<NodeDef> check,
      ImmutableMap<String, String> inputs) {
    String name = signature.output();
    TensorInfo declared = signature.outputs().get(name);
    if (declared == null) {
      ChosenOutput found =
          inner(signature, inlining)
              .orElseThrow(
                  () ->
                      new SavedModelException(
                          "signature '%s' has no output '%s'; it has %s, choose one (--output)"
                              .formatted(signature.key(), name, signature.outputs().keySet())));
      found.graph().getNodeList().forEach(check);
      return found;
    }
    Inlined inlined = inlining.apply(ModelSignature.tensor("output", name, declared), check);
    ChosenOutput chosen = new ChosenOutput(inlined.graph(), inlined.outputs().get(0));
    if (!isOfNumbers(declared.getDtype())) {
      throw new SavedModelException(
          "output '%s' must be of numbers, found %s%s"
              .formatted(
                  name,
                  declared.getDtype(),
                  DecidingNumbers.of(chosen.graph(), inputs, chosen.tensor())
                      .map("; take those that it is decided by: --output %s"::formatted)
                      .orElse("")));
    }
    return chosen;
  }

  /** A tensor that the graph of an output has, whatever is refused behind it. */
  private static Optional<ChosenOutput> inner(
      ModelSignature signature, BiFunction<TensorName, Consumer<NodeDef>, Inlined> inlining) {
    for (TensorInfo output : signature.outputs().values()) {
      try {
        Inlined inlined =
            inlining.apply(ModelSignature.tensor("output", "", output), unchecked -> {});
        TensorName tensor = TensorName.parse(signature.output());
        Map<String, NodeDef> nodes = GraphDefs.byName(inlined.graph().getNodeList());
        NodeDef node = nodes.get(tensor.operation());
        if (node != null
            && tensor.output() < OpDefs.outputTypes(node).size()
            && isOfNumbers(OpDefs.outputTypes(node).get(tensor.output()))) {
          GraphDef graph = GraphDefs.prune(inlined.graph(), List.of(tensor));
          return Optional.of(new ChosenOutput(graph, tensor));
        }
      } catch (DataException e) {
        // Another output may lead to it.
      }
    }
    return Optional.empty();
  }

  private static boolean isOfNumbers(DataType type) {
    return ModelSignature.TYPES.contains(type) && type != DataType.DT_STRING;
  }
}
