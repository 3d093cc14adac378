package org.xgradient.training;

import com.google.common.collect.ImmutableList;
import java.util.Locale;
import java.util.Optional;
import org.xgradient.training.LambdaRule.WeakestIndependent;

/**
 * Whether the priors of a training keep what they promise, on rows that neither the training nor
 * the choice of its weight has seen.
 *
 * @param path the weights that were tried
 * @param with the model that was taken
 * @param without the model of the same training without the priors
 * @param leftOut the model that was trained without the masked features; empty where none are
 */
public record PriorReport(
    LambdaPath path, PriorFigures with, PriorFigures without, Optional<PriorFigures> leftOut) {

  /** How much of the usual metric a prior may cost. */
  public static final double COST = 0.02;

  /**
   * What is not kept: a swap of the masked features changes more than 2 % of the decisions, a model
   * without them is better by more than 0.02 of the usual metric, or another prior costs more than
   * that.
   *
   * @return a sentence for each, with what to do; empty if all is kept
   */
  public ImmutableList<String> broken() {
    ImmutableList.Builder<String> sentences = ImmutableList.builder();
    with.swap()
        .filter(swap -> swap.changed() > WeakestIndependent.CHANGED)
        .ifPresent(
            swap ->
                sentences.add(
                    format(
                        "a swap of the masked columns changes %.1f %% of the decisions on the test"
                            + " rows (of a regression: of the labels' deviation), more than %.0f"
                            + " %%; take a larger lambda, or leave the columns out",
                        100 * swap.changed(), 100 * WeakestIndependent.CHANGED)));
    leftOut
        .filter(left -> left.metric() - with.metric() > COST)
        .ifPresent(
            left ->
                sentences.add(
                    format(
                        "the prior costs more than leaving the masked columns out: the metric on"
                            + " the test rows is %.3f, and %.3f without them; leave them out",
                        with.metric(), left.metric())));
    if (leftOut.isEmpty() && without.metric() - with.metric() > COST) {
      sentences.add(
          format(
              "the prior costs more than %.2f: the metric on the test rows is %.3f, and %.3f"
                  + " without it; take a smaller lambda, or none",
              COST, with.metric(), without.metric()));
    }
    return sentences.build();
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
