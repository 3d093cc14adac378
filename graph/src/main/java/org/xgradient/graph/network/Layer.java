package org.xgradient.graph.network;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The description of a layer of a network: immutable, and free of any graph.
 *
 * <p>The set is closed, because tests must see every layer: each one's second-order gradients and
 * each claim of homogeneity are checked for all of them.
 */
public sealed interface Layer
    permits Dense,
        Activation,
        LeakyRelu,
        PRelu,
        Dropout,
        Sequential,
        Conv1d,
        Conv2d,
        Pool2d,
        PoolOverTime,
        GlobalAveragePool,
        AdaptiveAveragePool2d,
        Flatten,
        ZeroPadding2d,
        Residual,
        Concatenation,
        Scale,
        Shift {

  /**
   * The shape of the output.
   *
   * @param input the shape of one input example, without the batch dimension
   * @return the shape of one output example
   * @throws IllegalArgumentException if the layer can't take such an input
   */
  ImmutableIntArray outputShape(ImmutableIntArray input);

  /**
   * The parameters of this layer, with names relative to it; an only parameter may have an empty
   * name and then carries that of the layer.
   *
   * @param input the shape of one input example, without the batch dimension
   * @return the parameters
   */
  default ImmutableList<ParameterSpec> parameters(ImmutableIntArray input) {
    return ImmutableList.of();
  }

  /**
   * Adds the operations of this layer.
   *
   * @param scope the graph, the parameters of this layer, and the mode
   * @param inputs the inputs, of shape {@code [batch, ...]}
   * @return the outputs, of shape {@code [batch, ...]}
   */
  Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs);

  /** {@return this layer without what it adds: biases and scalar shifts, and nothing else} */
  default Layer withoutBiases() {
    return this;
  }
}
