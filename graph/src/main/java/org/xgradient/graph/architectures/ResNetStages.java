package org.xgradient.graph.architectures;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;

/**
 * The four stages of a residual network (He et al. 2016, Table 1).
 *
 * @param blocks the number of blocks of each stage
 * @param bottleneck whether a block has convolutions 1x1, 3x3 and 1x1, or else two 3x3
 */
record ResNetStages(ImmutableIntArray blocks, boolean bottleneck) {

  private static final ImmutableMap<Integer, ImmutableIntArray> BLOCKS =
      ImmutableMap.of(
          18, ImmutableIntArray.of(2, 2, 2, 2),
          34, ImmutableIntArray.of(3, 4, 6, 3),
          50, ImmutableIntArray.of(3, 4, 6, 3),
          101, ImmutableIntArray.of(3, 4, 23, 3),
          152, ImmutableIntArray.of(3, 8, 36, 3));

  private static final int FIRST_BOTTLENECK = 50;

  /**
   * The stages of the published depths.
   *
   * @param depth the number of layers: 18, 34, 50, 101 or 152
   * @throws IllegalArgumentException if there is no such depth
   */
  static ResNetStages of(int depth) {
    ImmutableIntArray blocks = BLOCKS.get(depth);
    if (blocks == null) {
      throw new IllegalArgumentException(
          "depth must be one of %s, found %s".formatted(BLOCKS.keySet(), depth));
    }
    return new ResNetStages(blocks, depth >= FIRST_BOTTLENECK);
  }

  /** {@return the number of blocks of all stages} */
  int total() {
    return blocks.stream().sum();
  }

  /** {@return how many channels leave a block for each channel within it} */
  int expansion() {
    return bottleneck ? 4 : 1;
  }

  /** {@return the number of channels within the blocks of a stage, counted from 0} */
  static int width(int stage) {
    return 64 << stage;
  }

  /** {@return the stride of the first block of a stage, counted from 0} */
  static int stride(int stage) {
    return stage == 0 ? 1 : 2;
  }
}
