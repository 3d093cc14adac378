package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.NodeDef;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.OpDefs;
import org.xgradient.graph.graphdef.RestoredVariables;
import org.xgradient.graph.graphdef.TableContents;
import org.xgradient.graph.savedmodel.files.HarmlessOperations;
import org.xgradient.graph.walk.OpaqueOperations;

/** Refuses operations of a SavedModel with which it is no function from inputs to logits. */
final class ImportGuard {

  private static final ImmutableSet<String> RANDOM =
      ImmutableSet.of(
          "RandomUniform",
          "RandomUniformInt",
          "RandomStandardNormal",
          "TruncatedNormal",
          "ParameterizedTruncatedNormal",
          "RandomGamma",
          "RandomPoissonV2",
          "RandomShuffle",
          "Multinomial",
          "StatefulUniform",
          "StatefulUniformFullInt",
          "StatefulUniformInt",
          "StatefulStandardNormalV2",
          "StatefulTruncatedNormal");

  private static final ImmutableSet<String> CALLBACKS =
      ImmutableSet.of("PyFunc", "PyFuncStateless", "EagerPyFunc");

  /** What TensorFlow takes if an exporter left the attribute out. */
  private final ImmutableSet<String> inputs;

  private final ImmutableSet<String> tables;

  /**
   * Prepares checks.
   *
   * @param inputs the operations that are the model's inputs
   * @param tables the names of the lookup tables whose contents are known
   */
  ImportGuard(Set<String> inputs, Set<String> tables) {
    this.inputs = ImmutableSet.copyOf(inputs);
    this.tables = ImmutableSet.copyOf(tables);
  }

  /**
   * Checks an operation.
   *
   * @param node an operation that the logits need, not a call of a function
   * @throws SavedModelException if it stands in the way, with its name
   */
  void check(NodeDef node) {
    if (!inputs.contains(node.getName())) {
      reasonToRefuse(node)
          .ifPresent(
              reason -> {
                throw new SavedModelException(
                    "%s (%s) stands in the way: %s"
                        .formatted(node.getName(), node.getOp(), reason));
              });
    }
  }

  private Optional<String> reasonToRefuse(NodeDef node) {
    String type = node.getOp();
    if (OpaqueOperations.CONTROL_FLOW.contains(type)) {
      return Optional.of(
          "nothing can be differentiated through control flow; export the model without it");
    }
    if (TableContents.TABLES.contains(type) && !tables.contains(RestoredVariables.resource(node))) {
      return Optional.of(
          "what is in this table was found neither in the graph, nor among the variables, nor in a"
              + " file of the model's assets; look up before the model, and export the rest");
    }
    if ((type.contains("LookupTable") || type.contains("HashTable"))
        && !HarmlessOperations.contains(type)) {
      return Optional.of("tables of this kind are not known; look up before the model");
    }
    if (type.startsWith("BoostedTrees")) {
      return Optional.of(
          "TensorFlow no longer runs operations of its former boosted trees; export the model"
              + " without it");
    }
    if (CALLBACKS.contains(type)) {
      return Optional.of("it calls Python, which is not here");
    }
    if (RANDOM.contains(type)) {
      return Optional.of("it draws at random; export the model for inference");
    }
    if (type.equals("Placeholder")) {
      return Optional.of("it must be fed, but the signature has no input for it");
    }
    // What TensorFlow doesn't know is refused by that name elsewhere.
    if (!HarmlessOperations.contains(type) && OpDefs.isKnown(type)) {
      return Optional.of(
          "it is not known to compute its outputs from its inputs and nothing else; export the"
              + " model without it");
    }
    if (node.getAttrMap().values().stream()
        .anyMatch(value -> value.hasFunc() || value.getList().getFuncCount() > 0)) {
      return Optional.of("it calls a function");
    }
    return OpDefs.isKnown(type) ? oddInputs(node) : Optional.empty();
  }

  /** What walks through the graph relies on as many inputs as the operation takes. */
  private static Optional<String> oddInputs(NodeDef node) {
    int needed = OpDefs.inputTypes(node).size();
    int found = GraphDefs.inputs(node).size();
    return needed == found
        ? Optional.empty()
        : Optional.of(
            "it must have %s inputs, found %s; the file is damaged, copy it again"
                .formatted(needed, found));
  }
}
