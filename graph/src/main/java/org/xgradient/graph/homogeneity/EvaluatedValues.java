package org.xgradient.graph.homogeneity;

import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.homogeneity.rules.OperandValues;
import org.xgradient.graph.walk.GraphWalk;
import org.xgradient.graph.walk.RegisteredOperations;
import org.xgradient.graph.walk.StatefulOperations;

/** Values computed by a session: those of the moment, where variables have part in them. */
final class EvaluatedValues implements OperandValues {

  private static final ImmutableSet<String> FED =
      ImmutableSet.of("Placeholder", "PlaceholderV2", "PlaceholderWithDefault");

  private final LiteralValues literals = new LiteralValues();
  private final Map<Output<?>, Optional<double[]>> computed = new HashMap<>();
  private final GraphSession session;
  private final GraphOperation modelInputs;

  EvaluatedValues(GraphSession session, Output<?> modelInputs) {
    this.session = session;
    this.modelInputs = (GraphOperation) modelInputs.op();
  }

  @Override
  public Optional<double[]> of(Output<?> operand) {
    Optional<double[]> literal = literals.of(operand);
    return literal.isPresent() ? literal : computed.computeIfAbsent(operand, this::compute);
  }

  @Override
  public boolean isZero(Output<?> operand) {
    return literals.isZero(operand)
        || of(operand)
            .map(values -> Arrays.stream(values).allMatch(value -> value == 0))
            .orElse(false);
  }

  @Override
  public boolean isZeroOrInfinite(Output<?> operand) {
    return literals.isZeroOrInfinite(operand)
        || of(operand)
            .map(values -> Arrays.stream(values).allMatch(v -> v == 0 || Double.isInfinite(v)))
            .orElse(false);
  }

  private Optional<double[]> compute(Output<?> operand) {
    boolean fixed =
        GraphWalk.ancestors(List.of(operand)).stream()
            .allMatch(operation -> !operation.equals(modelInputs) && isFixed(operation.type()));
    if (!fixed) {
      return Optional.empty();
    }
    return session.numbers(operand);
  }

  private static boolean isFixed(String type) {
    return !FED.contains(type)
        && (!RegisteredOperations.isStateful(type)
            || StatefulOperations.KEEP_THEIR_VALUE.contains(type));
  }
}
