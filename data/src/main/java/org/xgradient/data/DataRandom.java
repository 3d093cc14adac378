package org.xgradient.data;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A random generator that draws the same numbers from the same seed on every JDK: SplitMix64 for
 * the bits, Box and Muller's transform for normal numbers, {@link StrictMath} for the functions.
 *
 * <p>Not safe for use by several threads.
 *
 * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea, Flood, "Fast Splittable
 *     Pseudorandom Number Generators", OOPSLA 2014</a>
 */
public final class DataRandom {

  /** The odd number nearest to 2^64 divided by the golden ratio. */
  static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;
  private double spareGaussian = Double.NaN;

  /**
   * Creates the generator.
   *
   * @param seed any number; every seed is a good one
   */
  public DataRandom(long seed) {
    this.state = seed;
  }

  /** {@return 64 random bits} */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /**
   * Draws a whole number with equal probabilities.
   *
   * @param bound the upper bound, exclusive, at least 1
   * @return a number in {@code [0, bound)}
   * @throws IllegalArgumentException if the bound is less than 1
   */
  public int nextInt(int bound) {
    checkArgument(bound >= 1, "the bound must be at least 1, found %s", bound);
    if (bound == 1) {
      return 0;
    }
    // Bits beyond the bound are drawn again rather than folded, which would favour small numbers.
    int shift = Integer.numberOfLeadingZeros(bound - 1);
    int drawn;
    do {
      drawn = (int) (nextLong() >>> 32) >>> shift;
    } while (drawn >= bound);
    return drawn;
  }

  /** {@return a number drawn uniformly from {@code [0, 1)}, a multiple of 2^-53} */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** {@return a number drawn from the standard normal distribution} */
  public double nextGaussian() {
    if (!Double.isNaN(spareGaussian)) {
      double spare = spareGaussian;
      spareGaussian = Double.NaN;
      return spare;
    }
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    double angle = 2 * Math.PI * nextDouble();
    spareGaussian = radius * StrictMath.sin(angle);
    return radius * StrictMath.cos(angle);
  }

  /**
   * Draws an order of the numbers {@code 0 .. size - 1}, all orders with equal probabilities.
   *
   * @param size how many numbers, at least 0
   * @return the numbers in random order
   */
  public int[] permutation(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    shuffle(order);
    return order;
  }

  /**
   * Puts numbers into random order, all orders with equal probabilities (Fisher and Yates).
   *
   * @param numbers the numbers, reordered in place
   */
  public void shuffle(int[] numbers) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swapped = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = swapped;
    }
  }

  /** The finaliser of SplitMix64, a bijection whose every output bit depends on every input bit. */
  static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
