package org.xgradient.graph.gradient;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.xgradient.graph.walk.GraphWalk;
import org.xgradient.graph.walk.OpaqueOperations;

/** Refuses operations whose gradient TensorFlow gets wrong, or does not survive. */
public final class GradientGuard {

  public static final String NO_DEPENDENCE = "%s does not depend on %s, so there is no gradient";

  /** Those of which this library's gradients are {@link NoGradient#NONE} in some inputs. */
  private static final ImmutableSet<String> STEPS =
      ImmutableSet.of("ReluGrad", "Relu6Grad", "MaxPoolGrad", "MaxPoolGradGrad", "MaxPoolGradV2");

  private static final Pattern NO_GRADIENT = Pattern.compile("No gradient defined for op: (\\w+)");

  private GradientGuard() {}

  /**
   * Checks the operations between operands.
   *
   * @throws IllegalArgumentException if one of them can't be differentiated rightly, with its name
   */
  public static void check(Operand<?> y, List<? extends Operand<?>> xs) {
    ImmutableSet<GraphOperation> path = ImmutableSet.copyOf(GraphWalk.between(xs, List.of(y)));
    for (Operand<?> x : xs) {
      checkArgument(path.contains(x.asOutput().op()), NO_DEPENDENCE, name(y), name(x));
    }
    for (GraphOperation operation : path) {
      String reason = reasonToRefuse(operation);
      if (!reason.isEmpty()) {
        throw new IllegalArgumentException(
            "%s (%s) can't be differentiated: %s"
                .formatted(operation.name(), operation.type(), reason));
      }
    }
  }

  /**
   * Whether there are steps on the way from an operand to another: operations whose results are
   * constant almost everywhere in one of their inputs, as the gradient of a ReLU is in what came
   * in.
   */
  public static boolean hasSteps(Operand<?> y, Operand<?> x) {
    return GraphWalk.between(List.of(x), List.of(y)).stream()
        .anyMatch(operation -> STEPS.contains(operation.type()));
  }

  /** {@return what went wrong, with the operations that have no gradient, if that is it} */
  public static String explain(
      RuntimeException error, Operand<?> y, List<? extends Operand<?>> xs) {
    Matcher missing = NO_GRADIENT.matcher(String.valueOf(error.getMessage()));
    if (!missing.find()) {
      return "%s can't be differentiated: %s".formatted(name(y), error.getMessage());
    }
    String type = missing.group(1);
    List<String> names =
        GraphWalk.between(xs, List.of(y)).stream()
            .filter(operation -> operation.type().equals(type))
            .map(GraphOperation::name)
            .toList();
    return "%s (%s) can't be differentiated: there is no gradient of %s"
        .formatted(String.join(", ", names), type, type);
  }

  private static String name(Operand<?> operand) {
    return operand.asOutput().op().name();
  }

  private static String reasonToRefuse(GraphOperation operation) {
    String type = operation.type();
    if (OpaqueOperations.CONTROL_FLOW.contains(type)) {
      return "a gradient through control flow would end the process; unroll it";
    }
    if (OpaqueOperations.FUNCTION_CALLS.contains(type)) {
      return "it calls a function; load the model with SavedModels, which inlines function bodies";
    }
    if (type.equals("LRN")) {
      return "TensorFlow's gradient of it ignores its attributes";
    }
    return RefusedWindows.refusal(operation)
        .map(refusal -> refusal.reason() + "; " + refusal.fix())
        .orElse("");
  }
}
