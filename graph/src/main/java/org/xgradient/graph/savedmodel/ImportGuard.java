package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;
import org.xgradient.graph.graphdef.OpDefs;
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

  private static final ImmutableSet<String> BATCH_NORMS =
      ImmutableSet.of("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3");

  private static final ImmutableSet<String> CALLBACKS =
      ImmutableSet.of("PyFunc", "PyFuncStateless", "EagerPyFunc");

  /** What TensorFlow takes if an exporter left the attribute out. */
  private static final AttrValue TRUE = AttrValue.newBuilder().setB(true).build();

  private ImportGuard() {}

  /**
   * Checks an operation.
   *
   * @param node an operation that the logits need, not a call of a function
   * @param input the operation that is the model's input
   * @throws SavedModelException if it stands in the way, with its name
   */
  static void check(NodeDef node, String input) {
    if (!node.getName().equals(input)) {
      reasonToRefuse(node)
          .ifPresent(
              reason -> {
                throw new SavedModelException(
                    "%s (%s) stands in the way: %s"
                        .formatted(node.getName(), node.getOp(), reason));
              });
    }
  }

  private static Optional<String> reasonToRefuse(NodeDef node) {
    String type = node.getOp();
    if (OpaqueOperations.CONTROL_FLOW.contains(type)) {
      return Optional.of("control flow has no second derivative; export the model unrolled");
    }
    if (type.contains("LookupTable") || type.contains("HashTable")) {
      return Optional.of("tables have no gradient; look up before the model, and export the rest");
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
    if (BATCH_NORMS.contains(type) && node.getAttrOrDefault("is_training", TRUE).getB()) {
      return Optional.of("it normalises by the batch; export the model for inference");
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
    return Optional.empty();
  }
}
