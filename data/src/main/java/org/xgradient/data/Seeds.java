package org.xgradient.data;

/**
 * Derives the many seeds of a run from its one root seed, so that each purpose draws numbers of its
 * own and none has to be told what another has drawn.
 */
public final class Seeds {

  private Seeds() {}

  /**
   * Derives a seed. The result is a pure function of the arguments, the same on every JDK and in
   * every version of this library; different arguments give unrelated seeds.
   *
   * @param root the root seed of the run
   * @param purpose what the seed is for, such as {@code "shuffle"}
   * @param indices which one of them, such as the repetition and the epoch; {@code (1)} and {@code
   *     (1, 0)} are different
   * @return the seed
   */
  public static long derive(long root, String purpose, long... indices) {
    long seed = absorb(absorb(root, purpose.length()), indices.length);
    for (int i = 0; i < purpose.length(); i++) {
      seed = absorb(seed, purpose.charAt(i));
    }
    for (long index : indices) {
      seed = absorb(seed, index);
    }
    return seed;
  }

  /** Mixes before and after the word enters, so that neither argument can cancel the other. */
  private static long absorb(long seed, long word) {
    return DataRandom.mix(DataRandom.mix(seed + DataRandom.GOLDEN_GAMMA) ^ word);
  }
}
