package org.xgradient.metrics.masking;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The different masks of one image, and which points of which curves each of them serves. Many
 * points share a mask: a curve is flat once all pixels of its order are kept, and keeping all is
 * removing none.
 */
final class MaskPlan {

  /** A point of a curve. */
  record Point(int curve, int fraction) {}

  /** A mask, and the points of curves whose score the masked image gives. */
  static final class PlannedMask {
    private final int[] ranks;
    private final int kept;
    private final List<Point> points = new ArrayList<>();

    private PlannedMask(int[] ranks, int kept) {
      this.ranks = ranks;
      this.kept = kept;
    }

    /** The rank of each value of the input; not a copy, and shared by masks. */
    int[] ranks() {
      return ranks;
    }

    /** The values whose rank is less than this stay. */
    int kept() {
      return kept;
    }

    List<Point> points() {
      return points;
    }
  }

  /** Two points of the same key have the same mask. */
  private record Key(int method, PixelOrder order, Masking masking, int kept) {
    static final Key NOTHING = new Key(-1, PixelOrder.SIGNED, Masking.KEEP, 0);
    static final Key EVERYTHING = new Key(-1, PixelOrder.SIGNED, Masking.KEEP, PixelRanks.EVERY);
  }

  private record Sequence(int method, PixelOrder order, Masking masking) {}

  private final List<MaskingMetric> metrics;
  private final ImmutableDoubleArray fractions;
  private final PixelLayout layout;
  private final Map<Key, PlannedMask> masks = new LinkedHashMap<>();
  private final Map<Sequence, int[]> ranks = new HashMap<>();

  MaskPlan(MaskingOptions options, PixelLayout layout) {
    this.metrics = options.metrics();
    this.fractions = options.fractions();
    this.layout = layout;
  }

  /** Adds the curves of one method, which has as many as there are metrics. */
  void add(int method, PixelRanks pixels) {
    for (int m = 0; m < metrics.size(); m++) {
      MaskingMetric metric = metrics.get(m);
      int count = pixels.count(metric.order());
      for (int f = 0; f < fractions.length(); f++) {
        int kept = kept(fractions.get(f), layout, count);
        Key key = key(method, metric, kept, count);
        masks
            .computeIfAbsent(key, absent -> planned(key, metric, method, pixels))
            .points
            .add(new Point(method * metrics.size() + m, f));
      }
    }
  }

  /** How many pixels stay, of those that have a place in the order. */
  static int kept(double fraction, PixelLayout layout, int count) {
    return (int) Math.min(Math.floor(fraction * layout.pixels()), count);
  }

  private Key key(int method, MaskingMetric metric, int kept, int count) {
    if (kept == 0) {
      return Key.NOTHING;
    }
    if (kept == layout.pixels()) {
      return Key.EVERYTHING;
    }
    Masking masking = kept == count ? Masking.KEEP : metric.masking();
    return new Key(method, metric.order(), masking, kept);
  }

  private PlannedMask planned(Key key, MaskingMetric metric, int method, PixelRanks pixels) {
    // Where nothing or everything stays, any ranks do: these will be needed anyhow.
    var sequence =
        key.method() < 0
            ? new Sequence(method, metric.order(), metric.masking())
            : new Sequence(method, key.order(), key.masking());
    int[] values =
        ranks.computeIfAbsent(
            sequence, absent -> pixels.ranks(sequence.order(), sequence.masking()));
    return new PlannedMask(values, key.kept());
  }

  /** The different masks, those of a method and an order next to each other. */
  Iterable<PlannedMask> masks() {
    return masks.values();
  }
}
