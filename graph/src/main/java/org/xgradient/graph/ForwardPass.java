package org.xgradient.graph;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.xgradient.graph.walk.GraphWalk;
import org.xgradient.graph.walk.Rounding;

/**
 * One application of a model to a batch of inputs.
 *
 * <p>The task loss and the attributions of a training step share one forward pass; that is where
 * the speed of X-Gradient comes from.
 *
 * @param model the model, from the explained values to the logits
 * @param inputs the explained values, of shape {@code [batch, ...]}: the inputs, or an inner tensor
 *     that is computed from them
 * @param logits the logits of those inputs, of shape {@code [batch, outputs]}
 * @param mode how dropout was treated
 * @param seed what random methods draw from, of shape {@code [2]}
 * @param labels the labels of the examples, of shape {@code [batch]}; empty where none are given
 */
public record ForwardPass(
    Model model,
    Operand<TFloat32> inputs,
    Operand<TFloat32> logits,
    Mode mode,
    Operand<TInt64> seed,
    Optional<Operand<TInt32>> labels) {

  /**
   * A pass in inference mode whose inputs are a placeholder, for looking at a model; it is added
   * once.
   *
   * @param bound the model
   * @return the pass
   */
  public static ForwardPass ofInference(BoundModel bound) {
    Model model = bound.model();
    return bound
        .session()
        .once(
            ForwardPass.class,
            model,
            () -> {
              var shape = Placeholder.shape(Shapes.batchOf(model));
              var tf = model.ops().withSubScope("inference");
              return model.forward(tf.placeholder(TFloat32.class, shape));
            });
  }

  /** {@return the operations} */
  public Ops ops() {
    return model.ops();
  }

  /**
   * The same pass with another source of what random methods draw.
   *
   * @param seed the seed, of shape {@code [2]}
   * @return the pass
   */
  public ForwardPass withSeed(Operand<TInt64> seed) {
    return new ForwardPass(model, inputs, logits, mode, seed, labels);
  }

  /**
   * The same pass of examples with labels, which a {@link Target} may ask for.
   *
   * @param labels the labels, of shape {@code [batch]}
   * @return the pass
   */
  public ForwardPass withLabels(Operand<TInt32> labels) {
    return new ForwardPass(model, inputs, logits, mode, seed, Optional.of(labels));
  }

  /**
   * Applies the model to points of paths that start from the inputs of this pass. The dropout masks
   * are those of this pass.
   *
   * @param points the points, of shape {@code [points * batch, ...]}: all first points, then all
   *     second points, and so on
   * @return the logits, of shape {@code [points * batch, outputs]}
   */
  public Operand<TFloat32> logitsAlongPath(Operand<TFloat32> points) {
    return model.logits(points, mode.alongPathsOf(inputs));
  }

  /**
   * The shapes of the values that the operations between the inputs and the logits compute, those
   * that only rename or reshape left out: what a pass keeps in memory for its gradient.
   *
   * @return the shapes, whose first dimension is that of the batch
   */
  public ImmutableList<Shape> valueShapes() {
    return GraphWalk.between(List.of(inputs), List.of(logits)).stream()
        .filter(operation -> !GraphWalk.isView(operation))
        .map(operation -> operation.output(0).shape())
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * How far numbers of the coarsest type between the inputs and the logits are from each other.
   *
   * @return the distance from 1 to the next number: {@code 2^-23} in single precision, {@code
   *     2^-10} in half, {@code 2^-7} in bfloat16
   */
  public double rounding() {
    return Rounding.of(GraphWalk.between(List.of(inputs), List.of(logits)));
  }

  /**
   * An estimate of the memory that one row takes in a forward and backward pass: the values of a
   * pass are kept until its gradient has used them, and the gradient of each is as large as the
   * value. Operations that only rename or reshape share the memory of their input.
   *
   * @return the bytes for each row, at least 1
   */
  public long bytesPerRow() {
    long values = valueShapes().stream().mapToLong(ForwardPass::elementsPerRow).sum();
    return Math.max(1, 2 * values * Float.BYTES);
  }

  private static long elementsPerRow(Shape shape) {
    if (shape.isUnknown() || shape.numDimensions() == 0) {
      return 0;
    }
    long elements = 1;
    for (int i = 1; i < shape.numDimensions(); i++) {
      elements *= Math.max(1, shape.get(i));
    }
    return elements;
  }
}
