package org.xgradient.graph.affine;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.graphdef.LiveCopy;
import org.xgradient.graph.walk.GraphWalk;

/**
 * The first operations of a model, as far as they are affine in its inputs row by row: {@code F(x)
 * = R(h(x))} with {@code h(x' + α (x - x')) = h(x') + α (h(x) - h(x'))}. So {@code h} is needed at
 * the two ends of a path only, and the gradient of a sum over its points is {@code h}'s transpose
 * applied once, to the sum of the gradients of {@code R}.
 *
 * <p>That is worth it where much is computed for each value that {@code h} has beyond those of the
 * inputs, as {@code h} is interpolated for each point in their place.
 */
public final class AffineStart {

  /**
   * Multiplications for each further value from which on there was a gain: with the 28 of VGG16's
   * first convolution there was a loss, with the 82 of a dense layer from 36 inputs to 64 units a
   * quarter was gained.
   */
  private static final int LEAST_PRODUCTS = 64;

  private final Output<?> source;
  private final ImmutableList<Output<TFloat32>> ends;
  private final ImmutableList<GraphOperation> start;
  private final ImmutableList<GraphOperation> rest;
  private final Output<TFloat32> logits;

  private AffineStart(
      Output<?> source,
      ImmutableList<Output<TFloat32>> ends,
      ImmutableList<GraphOperation> start,
      ImmutableList<GraphOperation> rest,
      Output<TFloat32> logits) {
    this.source = source;
    this.ends = ends;
    this.start = start;
    this.rest = rest;
    this.logits = logits;
  }

  /**
   * Looks for it.
   *
   * @param inputs the inputs, of shape {@code [rows, ...]}
   * @param logits what the model gives for them, already added
   * @return the first operations; empty if there is nothing to gain, or the inputs go other ways
   *     too
   */
  public static Optional<AffineStart> find(Operand<TFloat32> inputs, Operand<TFloat32> logits) {
    return find(inputs, logits, LEAST_PRODUCTS);
  }

  /** The same, if there are so many multiplications for each further value of {@code h}. */
  static Optional<AffineStart> find(
      Operand<TFloat32> inputs, Operand<TFloat32> logits, int leastProducts) {
    Output<?> source = inputs.asOutput();
    List<GraphOperation> between = GraphWalk.between(List.of(inputs), List.of(logits));
    AffineOperations affine = new AffineOperations(source, between);
    Set<Output<?>> ends = new LinkedHashSet<>();
    Set<Output<?>> onlyShapes = new LinkedHashSet<>();
    for (GraphOperation operation : between) {
      if (operation.controlInputs().size() > 0) {
        return Optional.empty();
      }
      if (!affine.contains(operation)) {
        Set<Output<?>> used = affine.hasValueOf(operation) ? ends : onlyShapes;
        for (int i = 0; i < operation.numInputs(); i++) {
          Output<?> input = operation.input(i);
          if (affine.isAffine(input)) {
            used.add(input);
          } else if (affine.contains((GraphOperation) input.op())) {
            return Optional.empty();
          }
        }
      }
    }
    // What asks for the shape of something between would have it computed for each point.
    onlyShapes.remove(source);
    boolean ways = !ends.isEmpty() && !ends.contains(source) && ends.containsAll(onlyShapes);
    if (!ways) {
      return Optional.empty();
    }
    ImmutableList<Output<TFloat32>> typed =
        ends.stream()
            .map(end -> end.expect(TFloat32.class))
            .collect(ImmutableList.toImmutableList());
    ImmutableList<GraphOperation> start = between(List.of(inputs), typed);
    long products = start.stream().mapToLong(AffineOperations::products).sum();
    long values = typed.stream().mapToLong(end -> end.shape().tail().size()).sum();
    long further = Math.max(1, values - source.shape().tail().size());
    return products > 0 && products >= leastProducts * further
        ? Optional.of(
            new AffineStart(
                source, typed, start, between(typed, List.of(logits)), logits.asOutput()))
        : Optional.empty();
  }

  /** The operations behind some operands. */
  private static ImmutableList<GraphOperation> between(
      List<? extends Operand<?>> sources, List<? extends Operand<?>> sinks) {
    Set<GraphOperation> first = new LinkedHashSet<>();
    sources.forEach(source -> first.add((GraphOperation) source.asOutput().op()));
    return GraphWalk.between(sources, sinks).stream()
        .filter(operation -> !first.contains(operation))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Adds the first operations once more.
   *
   * @param tf the operations of the graph
   * @param inputs other inputs, of shape {@code [rows, ...]}
   * @return {@code h} of them: tensors of shape {@code [rows, ...]}, at least one, of known shape
   *     but for the rows
   */
  public ImmutableList<Operand<TFloat32>> apply(Ops tf, Operand<TFloat32> inputs) {
    Map<Output<?>, Output<?>> copies = new HashMap<>();
    copies.put(source, inputs.asOutput());
    copy(tf, start, copies);
    ImmutableList.Builder<Operand<TFloat32>> copied = ImmutableList.builder();
    ends.forEach(end -> copied.add(copy(end, copies)));
    return copied.build();
  }

  /**
   * Adds the other operations once more.
   *
   * @param tf the operations of the graph
   * @param values what to take for the tensors of {@link #apply}
   * @return the logits, of shape {@code [rows, outputs]}
   */
  public Operand<TFloat32> logits(Ops tf, List<Operand<TFloat32>> values) {
    Map<Output<?>, Output<?>> copies = new HashMap<>();
    for (int i = 0; i < ends.size(); i++) {
      copies.put(ends.get(i), values.get(i).asOutput());
    }
    copy(tf, rest, copies);
    return copy(logits, copies);
  }

  private static Output<TFloat32> copy(Output<TFloat32> of, Map<Output<?>, Output<?>> copies) {
    return copies.getOrDefault(of, of).expect(TFloat32.class);
  }

  private static void copy(
      Ops tf, List<GraphOperation> operations, Map<Output<?>, Output<?>> copies) {
    for (GraphOperation operation : operations) {
      List<Output<?>> inputs = new ArrayList<>();
      for (int i = 0; i < operation.numInputs(); i++) {
        Output<?> input = operation.input(i);
        inputs.add(copies.getOrDefault(input, input));
      }
      GraphOperation copy = LiveCopy.add(tf, operation, inputs);
      for (int i = 0; i < operation.numOutputs(); i++) {
        copies.put(operation.output(i), copy.output(i));
      }
    }
  }
}
