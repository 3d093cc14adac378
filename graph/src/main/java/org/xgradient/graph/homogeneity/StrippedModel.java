package org.xgradient.graph.homogeneity;

import com.google.common.collect.ImmutableList;
import java.util.Locale;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;

/**
 * A model whose biases were removed, and what that did.
 *
 * @param session the session of both, borrowed
 * @param model the model without biases, proven homogeneous
 * @param removed the constants that were removed, in the order of the forward pass
 * @param outputsAtZero the logits of the original at inputs of zero, of shape {@code [outputs]}: by
 *     as much completeness would have been missed with the zero baseline
 * @param change how the logits of the given data changed
 */
public record StrippedModel(
    GraphSession session,
    Model model,
    ImmutableList<Removed> removed,
    FloatArray outputsAtZero,
    Change change)
    implements BoundModel {

  /**
   * Checks that session and model belong together.
   *
   * @throws IllegalArgumentException if the model is in another graph
   */
  public StrippedModel {
    BoundModel.of(session, model);
  }

  /**
   * A constant that was removed. Sizes are root mean squares, those of activations over the given
   * data.
   *
   * @param operation the name of the operation that added it
   * @param constant what it was, in words
   * @param size the size of its values
   * @param activations the size of what it was added to
   */
  public record Removed(String operation, String constant, double size, double activations) {

    /** {@return the size relative to the activations; infinite if those are zero} */
    public double relativeSize() {
      return size / activations;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: %s, of size %.3g beside activations of %.3g",
          operation,
          constant,
          size,
          activations);
    }
  }

  /**
   * How logits changed. Sizes are root mean squares over rows and outputs.
   *
   * @param before the size of the logits before
   * @param difference the size of the differences
   * @param largest the largest absolute difference
   * @param sameDecision the share of rows with the same largest logit as before, or for one logit
   *     the same sign
   */
  public record Change(double before, double difference, double largest, double sameDecision) {

    /**
     * Compares.
     *
     * @param before the logits before, of shape {@code [rows, outputs]}, at least one row
     * @param after the logits after, of the same shape
     * @return the change
     */
    public static Change of(FloatArray before, FloatArray after) {
      return LogitChange.of(before, after);
    }
  }
}
