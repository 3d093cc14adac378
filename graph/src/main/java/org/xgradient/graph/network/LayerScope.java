package org.xgradient.graph.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Mode;

/** What a layer needs to add its operations to a graph: one layer's view of a forward pass. */
public interface LayerScope {

  /** {@return the operations, in a name scope of the layer's} */
  Ops ops();

  /** {@return how the pass treats dropout} */
  Mode mode();

  /** {@return the path of the layer, as in {@code features.0}; empty for the whole network} */
  String path();

  /**
   * The value of a parameter of this layer.
   *
   * @param name the name relative to the layer; empty for a parameter with the layer's own name
   * @return the value
   * @throws IllegalArgumentException if the layer did not declare the parameter
   */
  Operand<TFloat32> parameter(String name);

  /**
   * The scope of a layer inside this one.
   *
   * @param name the name of the inner layer; empty for a layer that shares this scope
   * @return the inner scope
   */
  LayerScope inner(String name);
}
