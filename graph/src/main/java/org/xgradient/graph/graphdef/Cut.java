package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.tensorflow.proto.DataType;

/**
 * Where attributions are made of a graph: tensors from which its output can be differentiated.
 *
 * @param parts the tensors that are explained, at least one, in the order of the inputs
 * @param fixed the names of the inputs that are needed beside them, and held fixed
 * @param sources the names of the inputs that they are computed from
 */
public record Cut(
    ImmutableList<Part> parts, ImmutableSet<String> fixed, ImmutableSet<String> sources) {

  /**
   * A tensor that is explained.
   *
   * @param tensor the tensor
   * @param type its type, one of floating-point numbers
   * @param inputs the names of the inputs that it is computed from
   * @param features the keys of the features of parsed examples that it is computed from; none if
   *     the inputs are not parsed
   * @param why why it is no input itself; empty if it is one
   */
  public record Part(
      TensorName tensor,
      DataType type,
      ImmutableList<String> inputs,
      ImmutableList<String> features,
      String why) {

    /** {@return whether it is an input itself} */
    public boolean isInput() {
      return why.isEmpty();
    }
  }
}
