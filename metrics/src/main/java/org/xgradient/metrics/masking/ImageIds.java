package org.xgradient.metrics.masking;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import org.xgradient.data.FloatArray;

/** What tells images apart in stored results: the first 64 bits of the SHA-256 of each. */
final class ImageIds {

  private static final int DIGITS = 16;

  private ImageIds() {}

  static ImmutableList<String> of(FloatArray inputs, int[] labels) {
    ImmutableList.Builder<String> ids = ImmutableList.builder();
    int size = inputs.rowSize();
    for (int row = 0; row < labels.length; row++) {
      Hasher hasher = Hashing.sha256().newHasher().putInt(labels[row]);
      for (int i = row * size; i < (row + 1) * size; i++) {
        hasher.putFloat(inputs.values()[i]);
      }
      ids.add(hasher.hash().toString().substring(0, DIGITS));
    }
    return ids.build();
  }
}
