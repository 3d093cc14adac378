package org.xgradient.training;

import com.google.common.collect.ImmutableList;
import java.util.Locale;
import java.util.Optional;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.training.LambdaRule.WeakestIndependent;
import org.xgradient.training.swap.SwapEffect;

/**
 * Whether the priors of a training keep what they promise, on rows that the training has not seen.
 *
 * @param path the weights that were tried; empty for a training that was no search
 * @param with the model that was taken
 * @param without the model of the same training without the priors; empty without a search
 * @param leftOut the model that was trained without the masked features; empty where none are, or
 *     without a search
 * @param gain the interval of 95 % of the usual metric less that without the priors, in pairs of
 *     rows; empty without a search, or where the rows don't tell
 * @param rows what the rows are: "test", or "validation", which have chosen epoch and weight
 */
public record PriorReport(
    Optional<LambdaPath> path,
    PriorFigures with,
    Optional<PriorFigures> without,
    Optional<PriorFigures> leftOut,
    Optional<ConfidenceInterval> gain,
    String rows) {

  /** How much of the usual metric a prior may cost. */
  public static final double COST = 0.02;

  /**
   * What is not kept: no weight met a demand; a swap of the masked features changes more than 2 %
   * of the decisions, or the usual metric by more than 0.01 and the standard error of that; a model
   * without them is better by more than 0.02 of the metric; or another prior costs more than that.
   *
   * @return a sentence for each, with what to do; empty if all is kept
   */
  public ImmutableList<String> broken() {
    ImmutableList.Builder<String> sentences = ImmutableList.builder();
    path.ifPresent(tried -> addUnmet(sentences, tried));
    with.swap().ifPresent(swap -> addSwap(sentences, swap));
    leftOut
        .filter(left -> left.metric() - with.metric() > COST)
        .ifPresent(
            left ->
                sentences.add(
                    format(
                        "the prior costs more than leaving the masked columns out: the metric on"
                            + " the %s rows is %.3f, and %.3f without them; leave them out",
                        rows, with.metric(), left.metric())));
    without
        .filter(none -> leftOut.isEmpty() && none.metric() - with.metric() > COST)
        .ifPresent(
            none ->
                sentences.add(
                    format(
                        "the prior costs more than %.2f: the metric on the %s rows is %.3f, and %.3f"
                            + " without it; take a smaller lambda, or none",
                        COST, rows, with.metric(), none.metric())));
    return sentences.build();
  }

  private static void addUnmet(ImmutableList.Builder<String> sentences, LambdaPath tried) {
    if (tried.rule() instanceof WeakestIndependent rule && !tried.isKept()) {
      String failures =
          tried
              .best()
              .swap()
              .map(swap -> String.join(" and ", rule.failures(swap)))
              .orElse("can't be looked at");
      sentences.add(
          format(
              "no weight meets the demand on the validation rows: with the largest, %.0f, a swap of"
                  + " the masked columns %s; leave the columns out",
              tried.best().lambda(), failures));
    }
  }

  private void addSwap(ImmutableList.Builder<String> sentences, SwapEffect swap) {
    if (swap.rows() == 0) {
      sentences.add(
          format(
              "nothing could be swapped, for all %s rows agree in the masked columns, so that"
                  + " nothing shows whether the model depends on them; leave the columns out",
              rows));
      return;
    }
    for (String failure : WeakestIndependent.withDefaults().failures(swap)) {
      sentences.add(
          format(
              "a swap of the masked columns %s, on the %s rows; take a larger lambda, or leave the"
                  + " columns out",
              failure, rows));
    }
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
