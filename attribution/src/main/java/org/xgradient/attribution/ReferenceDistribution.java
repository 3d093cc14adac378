package org.xgradient.attribution;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.ForwardPass;

/**
 * Where {@link ExpectedGradients} takes its references from; an interface where users plug in their
 * own.
 */
@FunctionalInterface
public interface ReferenceDistribution {

  /**
   * Adds the operations that draw references, as a function of the seed of the pass.
   *
   * @param pass the forward pass to explain
   * @param draws the number of references that each example meets in all
   * @param chunk which of the draws
   * @return the references, of shape {@code [count, batch, ...]}
   * @throws IllegalArgumentException if the references are not of the shape of the inputs
   */
  Operand<TFloat32> draw(ForwardPass pass, int draws, PointChunk chunk);

  /**
   * References of this distribution that differ from their example in some features only:
   * attributions against them say what these features change while all others stay.
   *
   * @param mask 1 for the features that a reference has of its own, 0 for those of the example, of
   *     the shape of one example
   * @return the distribution; it throws {@code IllegalArgumentException} for a model whose inputs
   *     are of another shape
   * @throws IllegalArgumentException if a value is neither 0 nor 1
   */
  default ReferenceDistribution onlyIn(FloatArray mask) {
    return new TableReferences.Within(this, mask);
  }

  /**
   * Rows drawn independently, with replacement.
   *
   * @param rows the rows, of shape {@code [rows, ...]}, at least one
   * @return the distribution
   * @throws IllegalArgumentException if there is no row
   */
  static ReferenceDistribution uniform(FloatArray rows) {
    return TableReferences.of(rows, TableReferences.Order.UNIFORM);
  }

  /**
   * Rows in a new random order for each draw, so that each row serves as often as any other: the
   * references of FAA's experiments, where the batch is the training set, and each row serves
   * exactly once a draw.
   *
   * @param rows the rows, of shape {@code [rows, ...]}, at least one; there may be fewer or more
   *     than examples in a batch, and fewer than draws
   * @return the distribution
   * @throws IllegalArgumentException if there is no row
   */
  static ReferenceDistribution shuffled(FloatArray rows) {
    return TableReferences.of(rows, TableReferences.Order.SHUFFLED);
  }

  /**
   * Rows in a new random order for each draw, from an operand.
   *
   * @param rows the rows, of shape {@code [rows, ...]}; a placeholder can be fed
   * @return the distribution
   */
  static ReferenceDistribution shuffled(Operand<TFloat32> rows) {
    return new TableReferences((tf, pass) -> rows, TableReferences.Order.SHUFFLED);
  }

  /** {@return the examples of the batch itself, in a new random order for each draw} */
  static ReferenceDistribution batch() {
    return new TableReferences((tf, pass) -> pass.inputs(), TableReferences.Order.SHUFFLED);
  }
}
