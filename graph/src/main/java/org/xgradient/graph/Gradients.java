package org.xgradient.graph;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.gradient.ExplicitConvolutions;
import org.xgradient.graph.gradient.GradientGuard;
import org.xgradient.graph.gradient.GradientRegistry;
import org.xgradient.graph.gradient.GraphChanges;
import org.xgradient.graph.walk.GraphWalk;

/**
 * Derivatives of operands of a graph, themselves differentiable again.
 *
 * <p>The one place that differentiates. It refuses what TensorFlow's C++ gradients get silently
 * wrong, what would end the process, and operands that do not depend on one another.
 */
public final class Gradients {

  private Gradients() {}

  /**
   * Adds the operations that compute {@code ∂ Σ_i y_i / ∂x}.
   *
   * @param tf the operations of the graph
   * @param y the operand to differentiate, of any shape
   * @param x the operand to differentiate with respect to
   * @return the gradient, of the shape of {@code x}
   * @throws IllegalArgumentException as {@link #of(Ops, Operand, Operand, List)} does
   */
  public static Operand<TFloat32> of(Ops tf, Operand<TFloat32> y, Operand<TFloat32> x) {
    return of(tf, y, List.of(x)).get(0);
  }

  /**
   * Adds the operations that compute {@code ∂ Σ_i y_i / ∂x_j} for each {@code x}.
   *
   * @param tf the operations of the graph
   * @param y the operand to differentiate, of any shape
   * @param xs the operands to differentiate with respect to, all different
   * @return the gradients, each of the shape of its {@code x}
   * @throws IllegalArgumentException as {@link #of(Ops, Operand, Operand, List)} does
   */
  public static ImmutableList<Operand<TFloat32>> of(
      Ops tf, Operand<TFloat32> y, List<? extends Operand<TFloat32>> xs) {
    // Not TensorFlow's default seed, OnesLike(y): it would hang a second derivative on y.
    return of(tf, y, tf.fill(tf.shape(y), tf.constant(1f)), xs);
  }

  /**
   * Adds the operations that compute {@code ∂ Σ_i s_i y_i / ∂x_j} for each {@code x}, with the seed
   * {@code s} taken as a constant.
   *
   * @param tf the operations of the graph
   * @param y the operand to differentiate
   * @param seed the factors of its elements, of the shape of {@code y}
   * @param xs the operands to differentiate with respect to, all different
   * @return the gradients, each of the shape of its {@code x}; zeros where steps on the way leave
   *     no slope, as those of the gradient of a ReLU in what came in
   * @throws IllegalArgumentException if {@code y} does not depend on one of {@code xs}, two of them
   *     are the same, or an operation on the way has no gradient, or one that TensorFlow computes
   *     wrongly; the message names it
   */
  public static ImmutableList<Operand<TFloat32>> of(
      Ops tf, Operand<TFloat32> y, Operand<TFloat32> seed, List<? extends Operand<TFloat32>> xs) {
    ImmutableList<Optional<Operand<TFloat32>>> gradients = checked(tf, y, seed, xs);
    ImmutableList.Builder<Operand<TFloat32>> all = ImmutableList.builder();
    for (int i = 0; i < gradients.size(); i++) {
      Operand<TFloat32> x = xs.get(i);
      checkArgument(
          gradients.get(i).isPresent() || GradientGuard.hasSteps(y, x),
          GradientGuard.NO_DEPENDENCE,
          y,
          x);
      all.add(gradients.get(i).orElseGet(() -> tf.zerosLike(x)));
    }
    return all.build();
  }

  /**
   * Adds the operations that compute {@code ∂ Σ_i s_i y_i / ∂x_j} for each {@code x}: zeros where
   * {@code y} uses {@code x} without slope, as in a condition or behind a stopped gradient.
   *
   * @param tf the operations of the graph
   * @param y the operand to differentiate
   * @param seed the factors {@code s} of its elements, of the shape of {@code y}
   * @param xs the operands to differentiate with respect to, all different
   * @return the gradients, each of the shape of its {@code x}
   * @throws IllegalArgumentException as {@link #of(Ops, Operand, Operand, List)} does, but for a
   *     lack of slope only if none of {@code xs} has one
   */
  public static ImmutableList<Operand<TFloat32>> orZeros(
      Ops tf, Operand<TFloat32> y, Operand<TFloat32> seed, List<? extends Operand<TFloat32>> xs) {
    ImmutableList<Optional<Operand<TFloat32>>> gradients = checked(tf, y, seed, xs);
    checkArgument(
        gradients.stream().anyMatch(Optional::isPresent)
            || xs.stream().anyMatch(x -> GradientGuard.hasSteps(y, x)),
        GradientGuard.NO_DEPENDENCE,
        y,
        xs);
    ImmutableList.Builder<Operand<TFloat32>> all = ImmutableList.builder();
    for (int i = 0; i < xs.size(); i++) {
      Operand<TFloat32> x = xs.get(i);
      all.add(gradients.get(i).orElseGet(() -> tf.zerosLike(x)));
    }
    return all.build();
  }

  /**
   * Adds the operations that compute {@code ∂ Σ_i y_i / ∂x_j} for each {@code x} that {@code y}
   * depends on.
   *
   * @param tf the operations of the graph
   * @param y the operand to differentiate, of any shape
   * @param xs the operands to differentiate with respect to, all different
   * @return the gradients, each of the shape of its {@code x}; empty where there is no dependence,
   *     or none but by steps
   * @throws IllegalArgumentException as {@link #of(Ops, Operand, Operand, List)} does, but for a
   *     lack of dependence
   */
  public static ImmutableList<Optional<Operand<TFloat32>>> whereDependent(
      Ops tf, Operand<TFloat32> y, List<? extends Operand<TFloat32>> xs) {
    checkDiffer(xs);
    ImmutableSet<GraphOperation> ancestors =
        ImmutableSet.copyOf(GraphWalk.ancestors(ImmutableList.of(y)));
    List<? extends Operand<TFloat32>> reached =
        xs.stream().filter(x -> ancestors.contains(x.asOutput().op())).toList();
    GradientGuard.check(y, reached);
    Iterator<Optional<Operand<TFloat32>>> gradients =
        reached.isEmpty()
            ? Collections.emptyIterator()
            : add(tf, y, tf.fill(tf.shape(y), tf.constant(1f)), reached).iterator();
    return xs.stream()
        .map(x -> reached.contains(x) ? gradients.next() : Optional.<Operand<TFloat32>>empty())
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Whether there are gradients of operations of a type, by TensorFlow or by this library. There
   * may be none all the same where TensorFlow takes the slope for zero.
   *
   * @param type the type of the operation
   * @return whether one can be asked for
   */
  public static boolean exist(String type) {
    return GradientRegistry.has(type);
  }

  /**
   * Whether something is computed from something else.
   *
   * @param y the operand that is computed
   * @param x the operand that it may need
   * @return whether there is a path from {@code x} to {@code y}
   */
  public static boolean depends(Operand<?> y, Operand<?> x) {
    return GraphWalk.ancestors(ImmutableList.of(y)).contains((GraphOperation) x.asOutput().op());
  }

  private static ImmutableList<Optional<Operand<TFloat32>>> checked(
      Ops tf, Operand<TFloat32> y, Operand<TFloat32> seed, List<? extends Operand<TFloat32>> xs) {
    checkArgument(!xs.isEmpty(), "there must be an operand to differentiate with respect to");
    checkDiffer(xs);
    GradientGuard.check(y, xs);
    return add(tf, y, seed, xs);
  }

  private static void checkDiffer(List<? extends Operand<TFloat32>> xs) {
    checkArgument(
        new HashSet<>(xs.stream().map(Operand::asOutput).toList()).size() == xs.size(),
        "operands to differentiate with respect to must differ, found %s",
        xs);
  }

  private static ImmutableList<Optional<Operand<TFloat32>>> add(
      Ops tf, Operand<TFloat32> y, Operand<TFloat32> seed, List<? extends Operand<TFloat32>> xs) {
    Output<?>[] outputs = xs.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
    Graph graph = (Graph) tf.scope().env();
    Lock change = GraphChanges.lock(graph).writeLock();
    Output<?>[] gradients;
    change.lock();
    try {
      gradients = add(graph, y.asOutput(), seed.asOutput(), outputs);
      ExplicitConvolutions.prepare(added(gradients, y, seed));
    } finally {
      change.unlock();
    }
    ImmutableList.Builder<Optional<Operand<TFloat32>>> typed =
        ImmutableList.builderWithExpectedSize(gradients.length);
    for (Output<?> gradient : gradients) {
      // Without dependence a handle of null, which any use would report as a closed graph.
      typed.add(
          gradient.isClosed() ? Optional.empty() : Optional.of(gradient.expect(TFloat32.class)));
    }
    return typed.build();
  }

  /** The operations that gradients need and what they are of does not. */
  private static Set<GraphOperation> added(
      Output<?>[] gradients, Operand<TFloat32> y, Operand<TFloat32> seed) {
    List<Output<?>> found =
        Arrays.stream(gradients).filter(gradient -> !gradient.isClosed()).toList();
    return Sets.difference(
        ImmutableSet.copyOf(GraphWalk.ancestors(found)),
        ImmutableSet.copyOf(GraphWalk.ancestors(List.of(y, seed))));
  }

  private static Output<?>[] add(Graph graph, Output<?> y, Output<?> seed, Output<?>[] xs) {
    return GradientRegistry.collectingErrors(
        () -> {
          try {
            return graph.addGradients(null, new Output<?>[] {y}, xs, new Output<?>[] {seed});
          } catch (TensorFlowException | IllegalArgumentException e) {
            throw new IllegalArgumentException(GradientGuard.explain(e, y, List.of(xs)), e);
          }
        });
  }
}
