package org.xgradient.graph;

import com.google.common.primitives.ImmutableIntArray;

/**
 * Something that a caller gives a model for each example.
 *
 * @param name the name
 * @param shape the shape of one example's, without the batch dimension
 * @param role what attributions have to do with it
 */
public record ModelInput(String name, ImmutableIntArray shape, Role role) {

  /** What attributions have to do with an input. */
  public enum Role {
    /** Attributions are of its values. */
    EXPLAINED,
    /** Given and held fixed along paths, such as a mask. */
    FIXED,
    /** Attributions are of an inner tensor that is computed from it, such as an embedding. */
    SOURCE
  }
}
