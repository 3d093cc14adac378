package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.xgradient.graph.graphdef.FunctionInlining;
import org.xgradient.graph.graphdef.FunctionInlining.Inlined;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.TensorName;

/**
 * What is taken of a SavedModel, found without TensorFlow.
 *
 * @param signature the signature that is taken as the model
 * @param graph a graph without calls of functions, pruned to what the logits need
 * @param logits where the logits are
 * @param notes what was found, for the user
 */
record ImportPlan(
    ModelSignature signature, GraphDef graph, TensorName logits, ImmutableList<String> notes) {

  /**
   * Plans.
   *
   * @param meta the SavedModel
   * @param options what to take
   * @return the plan
   * @throws SavedModelException if something stands in the way
   */
  static ImportPlan of(MetaGraphDef meta, LoadOptions options) {
    ModelSignature signature = ModelSignature.choose(meta, options);
    String input = signature.input().operation();
    Inlined inlined =
        FunctionInlining.inline(
            meta.getGraphDef(),
            List.of(signature.output()),
            node -> ImportGuard.check(node, input));
    FinalActivation end = FinalActivation.strip(inlined.graph(), inlined.outputs().get(0));
    GraphDef graph = GraphDefs.prune(inlined.graph(), List.of(end.logits()));
    if (graph.getNodeList().stream().noneMatch(node -> node.getName().equals(input))) {
      throw new SavedModelException(
          "the output %s does not depend on the input %s"
              .formatted(signature.output(), signature.input()));
    }
    return new ImportPlan(
        signature,
        graph,
        end.logits(),
        end.note().isEmpty() ? ImmutableList.of() : ImmutableList.of(end.note()));
  }
}
