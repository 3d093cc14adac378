package org.xgradient.metrics.masking;

import com.google.common.primitives.Ints;
import java.util.Arrays;
import org.xgradient.data.FloatArray;

/**
 * The pixels of one image in all orders of one attribution, from one sort: by absolute value, of
 * which the other orders are parts.
 */
final class PixelRanks {

  /** The rank of a pixel that has no place in an order: beyond any number of kept pixels. */
  static final int NEVER = Integer.MAX_VALUE - 1;

  /** The number of kept pixels that keeps every pixel, whatever the order. */
  static final int EVERY = Integer.MAX_VALUE;

  private final float[] means;

  /** The pixels by absolute value, of equal ones the lower index first. */
  private final int[] byMagnitude;

  private final PixelLayout layout;

  private PixelRanks(float[] means, int[] byMagnitude, PixelLayout layout) {
    this.means = means;
    this.byMagnitude = byMagnitude;
    this.layout = layout;
  }

  static PixelRanks of(FloatArray attributions, int row, PixelLayout layout) {
    float[] means = new float[layout.pixels()];
    long[] keys = new long[layout.pixels()];
    int element = row * layout.size();
    for (int pixel = 0; pixel < means.length; pixel++) {
      double sum = 0;
      for (int channel = 0; channel < layout.channels(); channel++) {
        sum += attributions.values()[element++];
      }
      means[pixel] = (float) (sum / layout.channels());
      // The bits of non-negative floats increase with their value.
      keys[pixel] = ((long) Float.floatToIntBits(Math.abs(means[pixel])) << 32) | pixel;
    }
    Arrays.sort(keys);
    return new PixelRanks(means, Arrays.stream(keys).mapToInt(key -> (int) key).toArray(), layout);
  }

  /** How many pixels have a place in the order. */
  int count(PixelOrder order) {
    int count = 0;
    for (float mean : means) {
      if (belongs(mean, order)) {
        count++;
      }
    }
    return count;
  }

  /** The rank of each value's pixel: those whose rank is less than k are the k that stay. */
  int[] ranks(PixelOrder order, Masking masking) {
    int[] ranks = new int[layout.size()];
    Arrays.fill(ranks, NEVER);
    int[] sequence = sequence(order, masking);
    int channels = layout.channels();
    for (int rank = 0; rank < sequence.length; rank++) {
      int first = sequence[rank] * channels;
      Arrays.fill(ranks, first, first + channels, rank);
    }
    return ranks;
  }

  /** The pixels in the order in which they stay. */
  private int[] sequence(PixelOrder order, Masking masking) {
    if (order != PixelOrder.SIGNED) {
      int[] weakestFirst = select(mean -> belongs(mean, order));
      return masking == Masking.KEEP ? reversed(weakestFirst) : weakestFirst;
    }
    boolean keep = masking == Masking.KEEP;
    int[] first = sequence(keep ? PixelOrder.POSITIVE : PixelOrder.NEGATIVE, Masking.KEEP);
    int[] last = sequence(keep ? PixelOrder.NEGATIVE : PixelOrder.POSITIVE, Masking.REMOVE);
    return Ints.concat(first, select(mean -> mean == 0), last);
  }

  private interface Condition {
    boolean holds(float mean);
  }

  private int[] select(Condition condition) {
    return Arrays.stream(byMagnitude).filter(pixel -> condition.holds(means[pixel])).toArray();
  }

  private static boolean belongs(float mean, PixelOrder order) {
    return switch (order) {
      case POSITIVE -> mean > 0;
      case NEGATIVE -> mean < 0;
      case ABSOLUTE -> mean != 0;
      case SIGNED -> true;
    };
  }

  /** The strongest first; runs of equal pixels keep their order. */
  private int[] reversed(int[] weakestFirst) {
    int[] strongestFirst = new int[weakestFirst.length];
    int written = 0;
    for (int end = weakestFirst.length; end > 0; ) {
      int start = end - 1;
      while (start > 0 && magnitude(weakestFirst[start - 1]) == magnitude(weakestFirst[end - 1])) {
        start--;
      }
      System.arraycopy(weakestFirst, start, strongestFirst, written, end - start);
      written += end - start;
      end = start;
    }
    return strongestFirst;
  }

  private float magnitude(int pixel) {
    return Math.abs(means[pixel]);
  }
}
