package org.xgradient.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.xgradient.graph.Homogeneity.NotProven;
import org.xgradient.graph.Homogeneity.Offender;
import org.xgradient.graph.Homogeneity.Proven;

/** The walk from the inputs of a pass to its logits that looks for a proof of homogeneity. */
final class HomogeneityProof {

  private static final ImmutableSet<String> DEGREE_KEEPING =
      ImmutableSet.of("MatMul", "Relu", "LeakyRelu", "Neg", "Identity");

  private HomogeneityProof() {}

  static Homogeneity of(ForwardPass pass) {
    ImmutableList.Builder<Offender> offenders = ImmutableList.builder();
    ImmutableList.Builder<String> path = ImmutableList.builder();
    var inputs = pass.inputs().asOutput().op();
    for (GraphOperation operation :
        GraphWalk.between(List.of(pass.inputs()), List.of(pass.logits()))) {
      path.add(operation.name());
      if (!operation.equals(inputs) && !DEGREE_KEEPING.contains(operation.type())) {
        offenders.add(
            new Offender(
                operation.name(),
                operation.type(),
                "not known to keep the degree",
                "leave it out, or use Integrated Gradients"));
      }
    }
    ImmutableList<Offender> found = offenders.build();
    return found.isEmpty() ? new Proven(1, path.build()) : new NotProven(found);
  }
}
