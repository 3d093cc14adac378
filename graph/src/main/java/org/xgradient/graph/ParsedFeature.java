package org.xgradient.graph;

import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.graph.ModelInput.Kind;

/**
 * A feature that a model takes out of serialized {@code tf.Example}s, one of its inputs.
 *
 * @param key the name of the feature in the examples
 * @param kind what its values are: floats, integers or texts
 * @param shape the shape of one example's; where an example may have as many as it likes, of one
 *     value
 * @param required whether an example must have it
 */
public record ParsedFeature(String key, Kind kind, ImmutableIntArray shape, boolean required) {

  /** {@return the number of its values} */
  public int size() {
    return Shapes.size(shape);
  }
}
