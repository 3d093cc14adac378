package org.xgradient.cli.evaluate;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.Task;
import org.xgradient.metrics.Direction;
import org.xgradient.metrics.Score;
import org.xgradient.metrics.masking.MaskingMetric;

/** What can be measured of an attribution method on some inputs. */
public enum EvaluationMetric {
  /** Keep positive. */
  KPM(
      "KPM",
      Direction.HIGHER_IS_BETTER,
      "output when only the features with the most positive attribution stay"),
  /** Keep negative. */
  KNM(
      "KNM",
      Direction.LOWER_IS_BETTER,
      "output when only the features with the most negative attribution stay"),
  /** Keep absolute. */
  KAM(
      "KAM",
      Direction.HIGHER_IS_BETTER,
      "accuracy when only the features with the strongest attribution stay"),
  /** Remove positive. */
  RPM(
      "RPM",
      Direction.LOWER_IS_BETTER,
      "output when of the positive features the least positive stay"),
  /** Remove negative. */
  RNM(
      "RNM",
      Direction.HIGHER_IS_BETTER,
      "output when of the negative features the least negative stay"),
  /** Remove absolute. */
  RAM(
      "RAM",
      Direction.LOWER_IS_BETTER,
      "accuracy when only the features with the weakest attribution stay"),
  /** Insertion. */
  INSERTION(
      "insertion",
      Direction.HIGHER_IS_BETTER,
      "probability of the label as features appear, the most positive attribution first"),
  /** Deletion. */
  DELETION(
      "deletion",
      Direction.LOWER_IS_BETTER,
      "probability of the label as features go, the most positive attribution first"),
  /** Completeness gap. */
  COMPLETENESS(
      "completeness gap",
      Direction.LOWER_IS_BETTER,
      "how far the attributions are from adding up to the change of the output since the baseline"),
  /** Infidelity. */
  INFIDELITY(
      "infidelity",
      Direction.LOWER_IS_BETTER,
      "squared error of the change of the output that the attributions predict, when all features"
          + " go to a noisy baseline"),
  /** Max-sensitivity. */
  SENSITIVITY(
      "max-sensitivity",
      Direction.LOWER_IS_BETTER,
      "largest relative change of the attributions under small changes of the features"),
  /** Sparsity. */
  SPARSITY(
      "sparsity (Gini)",
      Direction.HIGHER_IS_BETTER,
      "0 if all features count alike, near 1 if one alone counts"),
  /** Rank agreement. */
  AGREEMENT(
      "rank agreement",
      null,
      "rank correlation with the attributions of the first method, from -1 to 1"),
  /** Model randomization. */
  RANDOMIZATION(
      "randomization",
      Direction.LOWER_IS_BETTER,
      "rank correlation of absolute attributions with those of the same model after all of its"
          + " parameters were permuted; near 1 a method explains the input, not the model");

  /** What stands for all of them. */
  public static final String ALL = "all";

  private final String title;
  private final @Nullable Direction direction;
  private final String meaning;

  EvaluationMetric(String title, @Nullable Direction direction, String meaning) {
    this.title = title;
    this.direction = direction;
    this.meaning = meaning;
  }

  /**
   * Reads a list of metrics.
   *
   * @param names their names, or {@link #ALL} for those that apply to the task
   * @param task the task of the model
   * @return the metrics, in the order of this type
   * @throws IllegalArgumentException if there is no metric of such a name, or it does not apply to
   *     the task
   */
  public static ImmutableSet<EvaluationMetric> parse(List<String> names, Task task) {
    EnumSet<EvaluationMetric> metrics = EnumSet.noneOf(EvaluationMetric.class);
    for (String name : names) {
      if (Ascii.equalsIgnoreCase(name, ALL)) {
        Stream.of(values()).filter(metric -> metric.appliesTo(task)).forEach(metrics::add);
        continue;
      }
      EvaluationMetric metric = parse(name);
      if (!metric.appliesTo(task)) {
        throw new IllegalArgumentException(
            "metric %s must have classes to look at, found a regression; leave it out"
                .formatted(name));
      }
      metrics.add(metric);
    }
    return ImmutableSet.copyOf(metrics);
  }

  private static EvaluationMetric parse(String name) {
    return Stream.of(values())
        .filter(metric -> Ascii.equalsIgnoreCase(metric.name(), name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a metric must be one of %s, found \"%s\"".formatted(names(), name)));
  }

  /** {@return what a user may choose from} */
  private static String names() {
    return Stream.concat(
            Stream.of(ALL), Stream.of(values()).map(metric -> Ascii.toLowerCase(metric.name())))
        .collect(Collectors.joining(", "));
  }

  /** Accuracies and probabilities are of classes. */
  private boolean appliesTo(Task task) {
    return task != Task.REGRESSION
        || masking().map(metric -> metric.score() == Score.TARGET_LOGIT).orElse(true);
  }

  /** {@return the name, as it stands in tables} */
  public String title() {
    return title;
  }

  /** {@return the masking metric; empty for what is no masking metric} */
  public Optional<MaskingMetric> masking() {
    return switch (this) {
      case KPM -> Optional.of(MaskingMetric.KPM);
      case KNM -> Optional.of(MaskingMetric.KNM);
      case KAM -> Optional.of(MaskingMetric.KAM);
      case RPM -> Optional.of(MaskingMetric.RPM);
      case RNM -> Optional.of(MaskingMetric.RNM);
      case RAM -> Optional.of(MaskingMetric.RAM);
      case INSERTION -> Optional.of(MaskingMetric.INSERTION);
      case DELETION -> Optional.of(MaskingMetric.DELETION);
      case COMPLETENESS, INFIDELITY, SENSITIVITY, SPARSITY, AGREEMENT, RANDOMIZATION ->
          Optional.empty();
    };
  }

  /** {@return whether it is a masking metric that runs from none to all features} */
  boolean isCausal() {
    return this == INSERTION || this == DELETION;
  }

  /** {@return which values are better: higher, lower, or a dash where neither is} */
  public String better() {
    return direction == null ? "-" : direction == Direction.HIGHER_IS_BETTER ? "higher" : "lower";
  }

  /** {@return what the curve of a masking metric shows} */
  String quantity() {
    return masking().map(MaskingMetric::score).map(EvaluationMetric::quantity).orElse(title);
  }

  private static String quantity(Score score) {
    return switch (score) {
      case TARGET_LOGIT -> "output";
      case TARGET_PROBABILITY -> "probability";
      case TOP1_ACCURACY -> "accuracy";
    };
  }

  /** {@return what the number says} */
  String meaning(Wording wording) {
    return meaning.replace("features", wording.parts());
  }
}
