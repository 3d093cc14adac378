package org.xgradient.cli.train;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.xgradient.data.Dataset;
import org.xgradient.graph.BoundModel;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.report.text.TextTable;
import org.xgradient.training.LambdaPath;
import org.xgradient.training.LambdaRule.WeakestIndependent;
import org.xgradient.training.objective.Masked;
import org.xgradient.training.swap.SwapEffect;

/**
 * What a mask promises of examples that are not rows of a table.
 *
 * @param masked what may be swapped
 * @param strict whether a broken promise is an error
 * @param name what the examples are, such as "images"
 * @param swap what swaps them, such as "the masked region of another image"
 * @param remedy what to do where the promise is broken
 */
record SwapPromise(Masked masked, boolean strict, String name, String swap, String remedy) {

  /**
   * Checks, before the first step, that something judges a promise that must be kept.
   *
   * @throws IllegalArgumentException if nothing does
   */
  void check(Dataset test, Dataset validation) {
    if (strict && test.size() == 0 && validation.size() == 0) {
      throw new IllegalArgumentException(
          "--strict-prior is judged on test %s, or those for validation where there are none, found neither; give some with --test SHARE"
              .formatted(name));
    }
  }

  /**
   * What a swap does.
   *
   * @param rows what the examples are, "test" or "validation"
   * @param effect what is changed of them
   */
  record Told(String rows, SwapEffect effect) {}

  /** {@return what a swap does; of test examples if there are any; empty if there are none} */
  Optional<Told> measure(BoundModel model, Dataset test, Dataset validation) {
    if (test.size() > 0) {
      return Optional.of(new Told("test", SwapEffect.of(model, test, masked)));
    }
    return validation.size() > 0
        ? Optional.of(new Told("validation", SwapEffect.of(model, validation, masked)))
        : Optional.empty();
  }

  /**
   * Says what is not kept.
   *
   * @param tables what was found, which is printed before an error
   * @throws PromiseOptions.BrokenException if something is not, and it must be
   */
  void check(Optional<LambdaPath> path, Optional<Told> told, ImmutableList<ReportTable> tables) {
    ImmutableList<String> broken = broken(path, told);
    if (!broken.isEmpty() && strict) {
      tables.forEach(table -> System.out.println(TextTable.plain(table)));
      throw new PromiseOptions.BrokenException(broken);
    }
    broken.forEach(sentence -> System.err.println("warning: " + sentence));
  }

  private ImmutableList<String> broken(Optional<LambdaPath> path, Optional<Told> told) {
    ImmutableList.Builder<String> sentences = ImmutableList.builder();
    path.filter(tried -> tried.rule() instanceof WeakestIndependent && !tried.isKept())
        .ifPresent(
            tried ->
                sentences.add(
                    "no weight meets the demand on the validation %s; %s".formatted(name, remedy)));
    told.ifPresent(
        one -> {
          if (one.effect().rows() == 0) {
            sentences.add(
                "nothing could be swapped in the %s %s, so that none judges the prior"
                    .formatted(one.rows(), name));
          }
          WeakestIndependent.withDefaults()
              .failures(one.effect())
              .forEach(
                  failure ->
                      sentences.add(
                          "%s %s, on the %s %s; take a larger lambda, or %s"
                              .formatted(swap, failure, one.rows(), name, remedy)));
        });
    return sentences.build();
  }

  /** The share of the decisions that change, as a percentage. */
  static String percent(SwapEffect effect) {
    return Numbers.significant(100 * effect.changed(), 2);
  }
}
