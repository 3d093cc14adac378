package org.xgradient.graph.homogeneity;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.homogeneity.Homogeneity.NotProven;
import org.xgradient.graph.homogeneity.Homogeneity.Offender;
import org.xgradient.graph.homogeneity.Homogeneity.Proven;
import org.xgradient.graph.homogeneity.rules.OperandValues;
import org.xgradient.graph.homogeneity.rules.ScaledOperation;
import org.xgradient.graph.homogeneity.rules.Scaling;
import org.xgradient.graph.homogeneity.rules.ScalingRules;
import org.xgradient.graph.homogeneity.rules.Verdict;
import org.xgradient.graph.rows.rules.RowWalk;
import org.xgradient.graph.walk.Assignments;
import org.xgradient.graph.walk.GraphWalk;

/**
 * The walk from the inputs of a pass to its logits that looks for a proof of homogeneity.
 *
 * <p>It gives each tensor a {@link Scaling}, and follows the rows of the batch beside. Where an
 * operation stands in the way, it goes on as if the operation had been repaired, so that all of
 * them are found, and not only the first.
 */
final class HomogeneityProof {

  private final Output<?> inputs;
  private final Output<?> logits;
  private final OperandValues values;
  private final Map<GraphOperation, ImmutableList<Scaling>> scalings = new HashMap<>();
  private final ImmutableList.Builder<Offender> offenders = ImmutableList.builder();
  private final ImmutableList.Builder<Offender> ofRows = ImmutableList.builder();
  private final ImmutableList.Builder<String> path = ImmutableList.builder();
  private final Set<GraphOperation> reported = new HashSet<>();
  private final RowWalk rows;
  private double degree;

  private HomogeneityProof(Output<?> inputs, Output<?> logits, OperandValues values) {
    this.inputs = inputs;
    this.logits = logits;
    this.values = values;
    this.rows = new RowWalk(inputs);
  }

  /**
   * Walks.
   *
   * @param pass the forward pass
   * @param values how to know the values of operands that do not depend on the inputs
   * @return the walk, done
   */
  static HomogeneityProof of(ForwardPass pass, OperandValues values) {
    HomogeneityProof proof =
        new HomogeneityProof(pass.inputs().asOutput(), pass.logits().asOutput(), values);
    proof.walk();
    return proof;
  }

  private void walk() {
    GraphOperation source = (GraphOperation) inputs.op();
    Set<GraphOperation> values = new HashSet<>(GraphWalk.valuesUpTo(source, logits));
    for (GraphOperation operation : GraphWalk.ancestorsUpTo(source, logits)) {
      if (values.contains(operation)) {
        set(operation, operation.equals(source) ? source() : judge(operation));
      }
      rows.visit(operation, values.contains(operation));
    }
    for (GraphOperation assignment : Assignments.between(inputs, logits)) {
      offenders.add(
          offender(
              assignment,
              "gives a variable or a table a value that depends on the inputs",
              "leave the update out of the forward pass"));
    }
    Scaling found = scaling(logits);
    if (found instanceof Scaling.Logarithm logarithm) {
      report(new Verdict.RefusedLogarithm(logarithm.operations(), logarithm.degree()));
    }
    degree = found.degree();
    for (RowWalk.Finding finding : rows.findings(logits)) {
      ofRows.add(offender(finding.operation(), finding.reason(), finding.fix()));
    }
  }

  /** {@return the proof, or the reasons why there is none} */
  Homogeneity result() {
    ImmutableList<Offender> found =
        ImmutableList.<Offender>builder().addAll(offenders.build()).addAll(ofRows.build()).build();
    return found.isEmpty() ? scaling() : new NotProven(found);
  }

  /** {@return the proof, or the reasons why there is none, for the batch as one whole} */
  Homogeneity scaling() {
    ImmutableList<Offender> found = offenders.build();
    return found.isEmpty() ? new Proven(degree, path.build()) : new NotProven(found);
  }

  private void set(GraphOperation operation, ImmutableList<Scaling> outputs) {
    scalings.put(operation, outputs);
    if (outputs.stream().anyMatch(output -> !output.isIndependent())) {
      path.add(operation.name());
    }
  }

  /** The inputs themselves are of degree 1, whatever they are computed from. */
  private ImmutableList<Scaling> source() {
    List<Scaling> outputs = new ArrayList<>();
    for (int i = 0; i <= inputs.index(); i++) {
      outputs.add(i == inputs.index() ? Scaling.homogeneous(1) : Scaling.independent());
    }
    return ImmutableList.copyOf(outputs);
  }

  private ImmutableList<Scaling> judge(GraphOperation operation) {
    ImmutableList.Builder<Scaling> operands = ImmutableList.builder();
    for (int i = 0; i < operation.numInputs(); i++) {
      operands.add(scaling(operation.input(i)));
    }
    ImmutableList<Scaling> known = operands.build();
    boolean guessed = known.stream().anyMatch(Scaling::guessed);
    Verdict verdict =
        ScalingRules.judge(new ScaledOperation(operation, known, values, inputs, logits));
    if (verdict instanceof Verdict.RefusedLogarithm refused) {
      report(refused);
      return ImmutableList.of(Scaling.homogeneous(refused.guess()).asGuess());
    }
    if (verdict instanceof Verdict.Refused refused) {
      if (!guessed || !refused.followsFromDegrees()) {
        offenders.add(offender(operation, refused.reason(), refused.fix()));
      }
      return ImmutableList.of(guessed ? refused.repaired().asGuess() : refused.repaired());
    }
    ImmutableList<Scaling> outputs = ((Verdict.Scales) verdict).outputs();
    return guessed
        ? outputs.stream().map(Scaling::asGuess).collect(ImmutableList.toImmutableList())
        : outputs;
  }

  /** Once each, however many operations they enter. */
  private void report(Verdict.RefusedLogarithm refused) {
    for (GraphOperation logarithm : refused.logarithms()) {
      if (reported.add(logarithm)) {
        offenders.add(offender(logarithm, refused.reason(), refused.fix()));
      }
    }
  }

  private static Offender offender(GraphOperation operation, String reason, String fix) {
    return new Offender(operation.name(), operation.type(), reason, fix);
  }

  /** {@return how an operand on the way scales} */
  Scaling scaling(Output<?> operand) {
    ImmutableList<Scaling> outputs = scalings.get((GraphOperation) operand.op());
    if (outputs == null) {
      // A loop leads back to an operation not yet seen; what closes the loop will be refused.
      return Scaling.homogeneous(1);
    }
    return outputs.get(Math.min(operand.index(), outputs.size() - 1));
  }
}
