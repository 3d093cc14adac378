package org.xgradient.training.objective;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.xgradient.data.FloatArray;

/**
 * Features that a model must not depend on. Without them they are 0, their mean where features are
 * standardized.
 *
 * @param mask 1 for each of them, 0 for the others, of the shape of one example
 */
public record MaskedFeatures(FloatArray mask) implements Masked {

  @Override
  public FloatArray without(FloatArray inputs) {
    checkArgument(
        inputs.rowShape().equals(mask.shape()),
        "examples must be of the shape %s of the mask, found %s",
        mask.shape(),
        inputs.rowShape());
    float[] values = Arrays.copyOf(inputs.values(), inputs.size());
    for (int i = 0; i < values.length; i++) {
      if (mask.values()[i % mask.size()] != 0) {
        values[i] = 0;
      }
    }
    return FloatArray.of(values, inputs.shape().toArray());
  }
}
