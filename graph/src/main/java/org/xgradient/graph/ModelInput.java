package org.xgradient.graph;

import com.google.common.primitives.ImmutableIntArray;

/**
 * Something that a caller gives a model for each example.
 *
 * @param name the name
 * @param kind what its values are
 * @param shape the shape of one example's, without the batch dimension
 * @param role what attributions have to do with it
 */
public record ModelInput(String name, Kind kind, ImmutableIntArray shape, Role role) {

  /** What the values of an input are. */
  public enum Kind {
    /** Floating-point numbers of any size. */
    FLOATS,
    /** Integers of any size. */
    INTEGERS,
    /** True or false, given as 1 or 0. */
    FLAGS,
    /** Texts, or bytes. */
    TEXTS
  }

  /** What attributions have to do with an input. */
  public enum Role {
    /** Attributions are of its values. */
    EXPLAINED,
    /** Given and held fixed along paths, such as a mask. */
    FIXED,
    /** Attributions are of an inner tensor that is computed from it, such as an embedding. */
    SOURCE,
    /** The output does not depend on it, so that it need not be given. */
    UNUSED
  }
}
