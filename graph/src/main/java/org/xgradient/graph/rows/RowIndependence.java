package org.xgradient.graph.rows;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.rows.rules.RowWalk;
import org.xgradient.graph.walk.Assignments;
import org.xgradient.graph.walk.GraphWalk;

/**
 * Whether the output of each row of a batch depends on that row only.
 *
 * <p>The proof follows the axis of the rows from the inputs to the logits. It holds whatever the
 * values of variables. Reductions over that axis, slices along it, normalisation by statistics of
 * the batch, and values made of the number of rows are named; shapes that are made of the number of
 * rows and only used to reshape are well. Dropout in training mode is exempt.
 */
public sealed interface RowIndependence {

  /**
   * Looks for a proof.
   *
   * @param pass the forward pass
   * @return a proof, or the operations that stand in its way
   */
  static RowIndependence of(ForwardPass pass) {
    return of(pass.inputs().asOutput(), pass.logits().asOutput());
  }

  private static RowIndependence of(Output<?> inputs, Output<?> logits) {
    RowWalk walk = new RowWalk(inputs);
    GraphOperation source = (GraphOperation) inputs.op();
    Set<GraphOperation> values = new HashSet<>(GraphWalk.valuesUpTo(source, logits));
    GraphWalk.ancestorsUpTo(source, logits)
        .forEach(operation -> walk.visit(operation, values.contains(operation)));
    List<RowWalk.Finding> found = new ArrayList<>(walk.findings(logits));
    for (GraphOperation assignment : Assignments.between(inputs, logits)) {
      found.add(
          new RowWalk.Finding(
              assignment,
              false,
              "gives a variable or a table a value that depends on the inputs",
              "leave the update out of the forward pass"));
    }
    return of(found);
  }

  /**
   * Looks for a proof, on a forward pass in inference mode that is added once; where the proof does
   * not follow the rows, numbers are tried.
   *
   * @param bound the model, whose variables have values
   * @return a proof, or the operations that stand in its way
   */
  static RowIndependence of(BoundModel bound) {
    return bound
        .session()
        .once(
            RowIndependence.class,
            bound.model(),
            () -> {
              RowIndependence proof = of(ForwardPass.ofInference(bound));
              boolean alone = !bound.hasFixedInputs();
              return alone && proof instanceof NotFollowed ? Neighbours.tried(bound, proof) : proof;
            });
  }

  /**
   * The same, but numbers are tried even where there is a proof: for models whose operations were
   * made elsewhere. What is found is kept for {@link #of(BoundModel)}.
   *
   * @param bound the model, whose variables have values
   * @param explained the explained values, computed from what is given, of shape {@code [batch,
   *     ...]}; rows that are known to meet on the way to them do so in the model
   * @return a proof that numbers don't refute, or the operations that stand in its way
   */
  static RowIndependence ofImported(BoundModel bound, Operand<?> explained) {
    return bound
        .session()
        .once(
            RowIndependence.class,
            bound.model(),
            () -> {
              boolean alone = bound.model().fixedBatch().orElse(0) == 1;
              RowIndependence before = alone ? new Proven() : before(explained);
              if (before instanceof Mixed) {
                return before;
              }
              RowIndependence proof = of(ForwardPass.ofInference(bound));
              RowIndependence tried =
                  bound.hasFixedInputs() ? proof : Neighbours.tried(bound, proof);
              return tried instanceof Proven ? before : tried;
            });
  }

  /**
   * Looks for a proof for whatever is computed from what is fed.
   *
   * @param computed what is computed, of shape {@code [batch, ...]}
   * @return a proof, or the operations that stand in its way
   */
  static RowIndependence before(Operand<?> computed) {
    return GraphWalk.ancestors(List.of(computed)).stream()
        .filter(RowWalk::isGiven)
        .filter(given -> given.output(0).shape().numDimensions() > 0)
        .findFirst()
        .map(given -> of(given.output(0), computed.asOutput()))
        .orElseGet(Proven::new);
  }

  private static RowIndependence of(List<RowWalk.Finding> found) {
    ImmutableList<Finding> certain = findings(found, true);
    ImmutableList<Finding> others = findings(found, false);
    if (!certain.isEmpty()) {
      return new Mixed(certain);
    }
    return others.isEmpty() ? new Proven() : new NotFollowed(others);
  }

  private static ImmutableList<Finding> findings(List<RowWalk.Finding> found, boolean certain) {
    return found.stream()
        .filter(finding -> finding.certain() == certain)
        .map(Finding::of)
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Refuses a model whose rows are known to know each other.
   *
   * @throws MixedRowsException if they are; the message has all operations in which they do
   */
  default void requireNotMixed() {
    if (this instanceof Mixed mixed) {
      throw new MixedRowsException(mixed.findings());
    }
  }

  /** Each row's output depends on that row only. */
  record Proven() implements RowIndependence {}

  /**
   * A row's output depends on other rows.
   *
   * @param findings every operation in which rows meet, at least one
   */
  record Mixed(ImmutableList<Finding> findings) implements RowIndependence {}

  /**
   * It is not known, and numbers, if they were tried, did not tell.
   *
   * @param findings every operation in which the proof loses the rows, at least one
   */
  record NotFollowed(ImmutableList<Finding> findings) implements RowIndependence {}

  /**
   * An operation that stands in the way of a proof.
   *
   * @param operation the name of the operation
   * @param type the type of the operation
   * @param reason why it stands in the way
   * @param fix what would help
   */
  record Finding(String operation, String type, String reason, String fix) {

    private static Finding of(RowWalk.Finding finding) {
      return new Finding(
          finding.operation().name(), finding.operation().type(), finding.reason(), finding.fix());
    }

    static Finding byNumbers(Operand<?> computed, String reason) {
      var operation = computed.asOutput().op();
      return new Finding(
          operation.name(),
          operation.type(),
          reason,
          "let each row's output depend on that row only, as it would alone in a batch");
    }

    @Override
    public String toString() {
      return "%s (%s): %s; %s".formatted(operation, type, reason, fix);
    }

    static String list(ImmutableList<Finding> findings) {
      return findings.stream()
          .map(Finding::toString)
          .collect(Collectors.joining("\n  ", "\n  ", ""));
    }
  }
}
