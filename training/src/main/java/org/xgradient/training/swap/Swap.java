package org.xgradient.training.swap;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Floats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;

/**
 * Rows with some features replaced by those of another row that has other values there: each
 * different row is as likely as any other. Where a column has two values, that is the other one.
 *
 * <p>Features that are replaced together, such as the one-hot features of a column, come from one
 * row. Where all rows agree in them, nothing is replaced.
 */
final class Swap implements Replacement {

  private final FloatArray rows;
  private final int[] features;

  /** The rows, those with equal values of the features one after another. */
  private final int[] order;

  /** For each row, where the rows with its values begin in that order, and how many there are. */
  private final int[] begin;

  private final int[] count;

  private Swap(FloatArray rows, int[] features, int[] order, int[] begin, int[] count) {
    this.rows = rows;
    this.features = features;
    this.order = order;
    this.begin = begin;
    this.count = count;
  }

  /**
   * Prepares rows.
   *
   * @param rows the rows, of shape {@code [rows, ...]}
   * @param mask 1 for each feature to replace, 0 for the others, of the shape of one row
   */
  static Swap of(FloatArray rows, FloatArray mask) {
    checkArgument(
        mask.shape().equals(rows.rowShape()),
        "the mask must be of the shape of one row, %s, found %s",
        rows.rowShape(),
        mask.shape());
    int[] features = features(mask);
    Map<List<Float>, List<Integer>> groups = new HashMap<>();
    for (int row = 0; row < rows.rows(); row++) {
      groups.computeIfAbsent(values(rows, row, features), key -> new ArrayList<>()).add(row);
    }
    int[] order = new int[rows.rows()];
    int[] begin = new int[rows.rows()];
    int[] count = new int[rows.rows()];
    int next = 0;
    // In the order of their first rows: that of a hash map is not one to draw by.
    for (int row = 0; row < rows.rows(); row++) {
      List<Integer> group = groups.remove(values(rows, row, features));
      if (group == null) {
        continue;
      }
      int from = next;
      for (int member : group) {
        begin[member] = from;
        count[member] = group.size();
        order[next++] = member;
      }
    }
    return new Swap(rows, features, order, begin, count);
  }

  private static int[] features(FloatArray mask) {
    List<Integer> features = new ArrayList<>();
    for (int i = 0; i < mask.size(); i++) {
      float value = mask.values()[i];
      checkArgument(
          value == 0 || value == 1, "the values of a mask must be 0 or 1, found %s", value);
      if (value == 1) {
        features.add(i);
      }
    }
    checkArgument(!features.isEmpty(), "the mask must have a feature, found none");
    return features.stream().mapToInt(Integer::intValue).toArray();
  }

  private static List<Float> values(FloatArray rows, int row, int[] features) {
    float[] values = new float[features.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.values()[row * rows.rowSize() + features[i]];
    }
    return Floats.asList(values);
  }

  @Override
  public FloatArray draw(long seed) {
    DataRandom random = new DataRandom(seed);
    float[] swapped = Arrays.copyOf(rows.values(), rows.size());
    int size = rows.rowSize();
    for (int row = 0; row < rows.rows(); row++) {
      int others = rows.rows() - count[row];
      if (others == 0) {
        continue;
      }
      int drawn = random.nextInt(others);
      int other = order[drawn < begin[row] ? drawn : drawn + count[row]];
      for (int feature : features) {
        swapped[row * size + feature] = rows.values()[other * size + feature];
      }
    }
    return FloatArray.of(swapped, rows.shape().toArray());
  }
}
