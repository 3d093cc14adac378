package org.xgradient.metrics.masking;

import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.xgradient.data.FloatArray;
import org.xgradient.metrics.masking.MaskPlan.PlannedMask;

/** Masked images that go through the model in one run; images and ranks are held once each. */
final class MaskChunk {

  private final List<PlannedMask> masks = new ArrayList<>();
  private final List<Integer> imageOfMask = new ArrayList<>();
  private final List<Integer> ranksOfMask = new ArrayList<>();
  private final List<Integer> images = new ArrayList<>();
  private final List<int[]> ranks = new ArrayList<>();
  private final IdentityHashMap<int[], Integer> indexOfRanks = new IdentityHashMap<>();

  /** Adds a mask; those of an image must be added together. */
  void add(int image, PlannedMask mask) {
    if (images.isEmpty() || images.get(images.size() - 1) != image) {
      images.add(image);
    }
    masks.add(mask);
    imageOfMask.add(images.size() - 1);
    ranksOfMask.add(
        indexOfRanks.computeIfAbsent(
            mask.ranks(),
            values -> {
              ranks.add(values);
              return ranks.size() - 1;
            }));
  }

  int size() {
    return masks.size();
  }

  PlannedMask mask(int index) {
    return masks.get(index);
  }

  /** Which image of the data a mask is for. */
  int image(int index) {
    return images.get(imageOfMask.get(index));
  }

  /** The images, of shape [images, ...]. */
  FloatArray images(FloatArray inputs) {
    return inputs.gather(ints(images));
  }

  /** The ranks, all in a row. */
  int[] ranks() {
    return Ints.concat(ranks.toArray(int[][]::new));
  }

  /** The index of each mask's image. */
  int[] imageOfMask() {
    return ints(imageOfMask);
  }

  /** The index of each mask's ranks. */
  int[] ranksOfMask() {
    return ints(ranksOfMask);
  }

  /** The number of pixels that each mask keeps. */
  int[] kept() {
    return masks.stream().mapToInt(PlannedMask::kept).toArray();
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
