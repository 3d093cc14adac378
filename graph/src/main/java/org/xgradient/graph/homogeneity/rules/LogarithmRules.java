package org.xgradient.graph.homogeneity.rules;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.tensorflow.GraphOperation;
import org.xgradient.graph.homogeneity.rules.Scaling.Logarithm;

/**
 * Products, powers and means that are computed by logarithms: {@code exp(Σ p ln |x|)} is of degree
 * {@code Σ p}, and {@code softmax(ln |x|)} does not change with the scale.
 *
 * <p>What was multiplied by {@code α^k} has a logarithm to which {@code k ln α} was added. Sums and
 * multiples of logarithms are logarithms; whatever else they enter, but an exponential, is refused
 * for the logarithm's sake.
 */
final class LogarithmRules {

  /** What moves values, and puts no zeros beside them. */
  private static final ImmutableSet<String> MOVE =
      ImmutableSet.of(
          "Identity",
          "Snapshot",
          "EnsureShape",
          "CheckNumerics",
          "Reshape",
          "Transpose",
          "ExpandDims",
          "Squeeze",
          "Slice",
          "StridedSlice",
          "SplitV",
          "Unpack",
          "Gather",
          "GatherV2",
          "GatherNd",
          "Tile",
          "BroadcastTo",
          "MirrorPad",
          "Reverse",
          "ReverseV2",
          "Roll",
          "Mean",
          "Max",
          "Min");

  private static final ImmutableMap<String, ScalingRule> ALL = all();

  private LogarithmRules() {}

  private static ImmutableMap<String, ScalingRule> all() {
    ImmutableMap<String, ScalingRule> moves =
        MOVE.stream().collect(toImmutableMap(type -> type, type -> multiple(k -> k)));
    return ImmutableMap.<String, ScalingRule>builder()
        .putAll(moves)
        .put("Exp", operation -> Verdict.degree(operation.degree(0)))
        .put("Softmax", operation -> Verdict.degree(0))
        .put("LogSoftmax", operation -> Verdict.degree(0))
        .put("Neg", multiple(k -> -k))
        .put("Add", operation -> sum(operation, 1))
        .put("AddV2", operation -> sum(operation, 1))
        .put("AddN", operation -> sum(operation, 1))
        .put("Sub", operation -> sum(operation, -1))
        .put("Mul", LogarithmRules::product)
        .put("RealDiv", LogarithmRules::quotient)
        .put("Div", LogarithmRules::quotient)
        .put("Sum", LogarithmRules::sumOverAxes)
        .buildOrThrow();
  }

  /** {@code ln (α^k x) = k ln α + ln x} */
  static Verdict logarithm(ScaledOperation operation) {
    return Verdict.outputs(
        Scaling.logarithm(operation.degree(0), ImmutableSet.of(operation.operation())));
  }

  /**
   * Judges an operation one of whose operands is a logarithm.
   *
   * @param operation the operation
   * @return how its outputs scale
   */
  static Verdict judge(ScaledOperation operation) {
    return ALL.getOrDefault(operation.type(), LogarithmRules::refused).apply(operation);
  }

  private static Verdict refused(ScaledOperation operation) {
    return new Verdict.RefusedLogarithm(logarithms(operation), operation.leadingDegree());
  }

  private static ScalingRule multiple(DoubleUnaryOperator factor) {
    return operation ->
        operation.scaling(0).isLogarithm()
            ? logarithm(operation, factor.applyAsDouble(operation.degree(0)))
            : refused(operation);
  }

  private static Verdict sum(ScaledOperation operation, int signOfTheSecond) {
    double degree = 0;
    for (int i = 0; i < operation.size(); i++) {
      Scaling scaling = operation.scaling(i);
      if (!scaling.isLogarithm() && !scaling.isInvariant()) {
        return refused(operation);
      }
      degree += (i == 1 ? signOfTheSecond : 1) * scaling.degree();
    }
    return logarithm(operation, degree);
  }

  private static Verdict product(ScaledOperation operation) {
    int log = operation.scaling(0).isLogarithm() ? 0 : 1;
    OptionalDouble factor = number(operation, 1 - log);
    return factor.isPresent()
        ? logarithm(operation, factor.getAsDouble() * operation.degree(log))
        : refused(operation);
  }

  private static Verdict quotient(ScaledOperation operation) {
    OptionalDouble divisor = number(operation, 1);
    return divisor.isPresent() && divisor.getAsDouble() != 0
        ? logarithm(operation, operation.degree(0) / divisor.getAsDouble())
        : refused(operation);
  }

  private static Verdict sumOverAxes(ScaledOperation operation) {
    var terms = ReductionRules.factors(operation);
    return terms.isPresent()
        ? logarithm(operation, terms.getAsLong() * operation.degree(0))
        : refused(operation);
  }

  /** The one finite number that an operand has everywhere. */
  private static OptionalDouble number(ScaledOperation operation, int operand) {
    Optional<double[]> values = operation.values(operand);
    double[] distinct = values.stream().flatMapToDouble(Arrays::stream).distinct().toArray();
    return distinct.length == 1 && Double.isFinite(distinct[0])
        ? OptionalDouble.of(distinct[0])
        : OptionalDouble.empty();
  }

  private static Verdict logarithm(ScaledOperation operation, double degree) {
    return Verdict.outputs(Scaling.logarithm(degree, logarithms(operation)));
  }

  private static ImmutableSet<GraphOperation> logarithms(ScaledOperation operation) {
    return operation.scalings().stream()
        .filter(Scaling::isLogarithm)
        .flatMap(scaling -> ((Logarithm) scaling).operations().stream())
        .collect(toImmutableSet());
  }
}
