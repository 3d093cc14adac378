package org.xgradient.graph.savedmodel;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Locale;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Shapes;

/**
 * The output of a signature that is taken.
 *
 * @param name its name
 * @param shape the shape of one example's; empty for one number. The outputs of the model are its
 *     values in row-major order
 * @param activation what the signature does to the logits
 */
public record ModelOutput(String name, ImmutableIntArray shape, Activation activation) {

  /** What a signature does to the logits. */
  public enum Activation {
    /** Nothing: the outputs are the logits. */
    NONE,
    /** {@code 1 / (1 + exp(-z))}. */
    SIGMOID,
    /** {@code exp(z_c) / Σ_d exp(z_d)} over the last axis. */
    SOFTMAX,
    /** The logarithm of the softmax. */
    LOG_SOFTMAX;

    static Activation of(String type) {
      return switch (type) {
        case "" -> NONE;
        case "LogSoftmax" -> LOG_SOFTMAX;
        default -> valueOf(type.toUpperCase(Locale.ROOT));
      };
    }
  }

  /** {@return the number of values of one example} */
  public int size() {
    return Shapes.size(shape);
  }

  /**
   * Computes what the signature gives.
   *
   * @param logits the logits of the model, of shape {@code [rows, outputs]}
   * @return the outputs, of the same shape
   */
  public FloatArray of(FloatArray logits) {
    float[] outputs = logits.values().clone();
    int last = shape.isEmpty() ? 1 : shape.get(shape.length() - 1);
    for (int from = 0; from < outputs.length; from += last) {
      apply(outputs, from, from + last);
    }
    return FloatArray.of(outputs, logits.shape().toArray());
  }

  private void apply(float[] values, int from, int to) {
    double largest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, values[i]);
    }
    for (int i = from; i < to; i++) {
      sum += Math.exp(values[i] - largest);
    }
    for (int i = from; i < to; i++) {
      double logit = values[i];
      values[i] =
          (float)
              switch (activation) {
                case NONE -> logit;
                case SIGMOID -> 1 / (1 + Math.exp(-logit));
                case SOFTMAX -> Math.exp(logit - largest) / sum;
                case LOG_SOFTMAX -> logit - largest - Math.log(sum);
              };
    }
  }
}
