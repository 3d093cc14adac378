package org.xgradient.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Optional;
import java.util.OptionalInt;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A function {@code F : ℝⁿ → ℝ^C} whose parameters live in a graph.
 *
 * <p>The output of each row of a batch must depend on that row only: not on what is in other rows,
 * how many there are, or in which place it stands. Batches are split and joined at will, and the
 * gradient of a sum over rows is taken for that of each. It is looked at where a model is explained
 * or imported (package {@code org.xgradient.graph.rows}). Dropout in training mode is exempt.
 *
 * <p>A model may be applied to any number of operands; every forward pass shares its parameters.
 * That is what lets an attribution method evaluate the model on the points of a path. Users plug in
 * their own by implementing {@link #logits}.
 */
public interface Model {

  /** {@return the operations, borrowed: whoever opened the graph closes it} */
  Ops ops();

  /**
   * {@return the shape of one example as it is given, without the batch dimension; that of what is
   * explained, unless {@link #forward(Operand, Mode)} says otherwise}
   */
  ImmutableIntArray inputShape();

  /** {@return the number of logits} */
  int outputs();

  /** {@return the only batch size that the model takes; empty, as usual, if it takes any} */
  default OptionalInt fixedBatch() {
    return OptionalInt.empty();
  }

  /** {@return the parameters, in the order in which the layers use them} */
  ImmutableList<Parameter> parameters();

  /**
   * Adds a forward pass to the graph.
   *
   * @param inputs a batch of inputs, of shape {@code [batch, ...]}
   * @param mode how dropout is treated
   * @return the logits, of shape {@code [batch, outputs]}
   */
  Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode);

  /**
   * Adds a forward pass in inference mode, in which random attribution methods draw from seed 0.
   *
   * @param inputs a batch of inputs, of shape {@code [batch, ...]}
   * @return the forward pass
   */
  default ForwardPass forward(Operand<TFloat32> inputs) {
    return forward(inputs, Mode.inference());
  }

  /**
   * Adds a forward pass, in which random attribution methods draw from the seed of the mode, or
   * from seed 0 in inference.
   *
   * <p>A model whose explained values are an inner tensor, such as embeddings, overrides this: the
   * inputs of its pass are that tensor, and the model of its pass goes on from there.
   *
   * @param inputs a batch of inputs, of shape {@code [batch, ...]}
   * @param mode how dropout is treated
   * @return the forward pass
   */
  default ForwardPass forward(Operand<TFloat32> inputs, Mode mode) {
    var seed = mode.seed().orElseGet(() -> ops().constant(new long[] {0, 0}));
    return new ForwardPass(this, inputs, logits(inputs, mode), mode, seed, Optional.empty());
  }
}
