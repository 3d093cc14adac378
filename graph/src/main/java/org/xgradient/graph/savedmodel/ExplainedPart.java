package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.graph.Shapes;

/**
 * A tensor of a SavedModel's graph that attributions are made of.
 *
 * @param tensor its name in the graph
 * @param inputs the names of the inputs that it is computed from, or is
 * @param shape the shape of one example's
 * @param from where its values begin in a flattened example of the model
 * @param why why it is explained and not what it is computed from; empty if it is an input itself
 * @param features the keys of the features that it is computed from, if inputs are examples that
 *     are parsed; else none
 */
public record ExplainedPart(
    String tensor,
    ImmutableList<String> inputs,
    ImmutableIntArray shape,
    int from,
    String why,
    ImmutableList<String> features) {

  /** {@return the number of its values} */
  public int size() {
    return Shapes.size(shape);
  }

  /** {@return whether it is an input itself} */
  public boolean isInput() {
    return why.isEmpty();
  }
}
