package org.xgradient.graph.gradient;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.testing.GradientCheck;
import org.xgradient.graph.walk.GraphWalk;

/**
 * A function whose attribution is differentiated: a penalty on {@code x * dF/dx}, as a prior is, so
 * that its gradients are of second order.
 *
 * @param name what the case is about
 * @param function adds the function to a graph
 */
public record GradientCase(String name, Builder function) {

  /** Adds a function to a graph. */
  @FunctionalInterface
  public interface Builder {
    Function build(GraphSession session);
  }

  /**
   * A function in a graph.
   *
   * @param inputs the inputs
   * @param output the scalar that is explained
   * @param parameters what the gradients are taken with respect to, besides the inputs
   */
  public record Function(
      Operand<TFloat32> inputs, Operand<TFloat32> output, List<Operand<TFloat32>> parameters) {}

  private static final long SEED = 20_211_115;

  /** {@return how the gradients compare with central differences} */
  GradientCheck check() {
    try (GraphSession session = GraphSession.open()) {
      Penalized penalized = penalize(session);
      return GradientCheck.atRandomPoint(
          session.ops(), penalized.penalty(), penalized.gradients(), SEED);
    }
  }

  /** {@return the types of all operations of the function and its gradients} */
  Set<String> operationTypes() {
    try (GraphSession session = GraphSession.open()) {
      Penalized penalized = penalize(session);
      Set<String> types = new TreeSet<>();
      for (GraphOperation operation : GraphWalk.ancestors(List.of(penalized.penalty()))) {
        types.add(operation.type());
      }
      return types;
    }
  }

  private record Penalized(
      Operand<TFloat32> penalty, ImmutableMap<Operand<TFloat32>, Operand<TFloat32>> gradients) {}

  private Penalized penalize(GraphSession session) {
    Ops tf = session.ops();
    Function f = function.build(session);
    var attribution = tf.math.mul(f.inputs(), Gradients.of(tf, f.output(), f.inputs()));
    // a² + a³: smooth, and not symmetric in the sign of an attribution
    var square = tf.math.square(attribution);
    var terms = tf.math.add(square, tf.math.mul(square, attribution));
    var penalty = sum(tf, terms);
    ImmutableMap.Builder<Operand<TFloat32>, Operand<TFloat32>> gradients = ImmutableMap.builder();
    var operands = new ArrayList<Operand<TFloat32>>(f.parameters());
    operands.add(f.inputs());
    var computed = Gradients.of(tf, penalty, operands);
    for (int i = 0; i < operands.size(); i++) {
      gradients.put(operands.get(i), computed.get(i));
    }
    return new Penalized(penalty, gradients.buildOrThrow());
  }

  /** {@return the sum of all elements} */
  public static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> operand) {
    return tf.sum(tf.reshape(operand, tf.constant(new int[] {-1})), tf.constant(0));
  }

  @Override
  public String toString() {
    return name;
  }
}
