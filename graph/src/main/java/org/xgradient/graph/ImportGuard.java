package org.xgradient.graph;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

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

  private ImportGuard() {}

  /**
   * Checks what a function needs.
   *
   * @param flat a graph without calls of functions, pruned to what the function needs
   * @param input the operation that is its input
   * @throws SavedModelException if an operation stands in the way, with its name
   */
  static void check(GraphDef flat, String input) {
    for (NodeDef node : flat.getNodeList()) {
      Optional<String> reason =
          node.getName().equals(input) ? Optional.empty() : reasonToRefuse(node);
      if (reason.isPresent()) {
        throw new SavedModelException(
            "%s (%s) stands in the way: %s".formatted(node.getName(), node.getOp(), reason.get()));
      }
    }
  }

  private static Optional<String> reasonToRefuse(NodeDef node) {
    String type = node.getOp();
    if (GradientGuard.CONTROL_FLOW.contains(type)) {
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
    return Optional.empty();
  }

  /** What TensorFlow takes if an exporter left the attribute out. */
  private static final AttrValue TRUE = AttrValue.newBuilder().setB(true).build();
}
