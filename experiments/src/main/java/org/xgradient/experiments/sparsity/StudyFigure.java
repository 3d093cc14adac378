package org.xgradient.experiments.sparsity;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.xgradient.experiments.Claim;
import org.xgradient.experiments.Finding;
import org.xgradient.experiments.Published;

/** The two halves of FAA, Fig. 1: what they say, and the published values. */
public final class StudyFigure {

  /** Left: methods. */
  public static final StudyFigure METHODS =
      new StudyFigure(
          "sparsity",
          "Training with sparse attributions on few rows",
          "FAA, Fig. 1 left",
          ImmutableList.of(
              published("XG", .7697),
              published("EG(1)", .7519),
              published("RRR", .7141),
              published("Grad", .7150),
              published("none", .7077),
              published("none, no biases", .7056)),
          ImmutableList.of(
              higher("XG", "EG(1)"),
              higher("XG", "RRR"),
              higher("XG", "Grad"),
              higher("XG", "none"),
              higher("XG", "none, no biases"),
              higher("EG(1)", "none")));

  /** Right: numbers of references. */
  public static final StudyFigure REFERENCES =
      new StudyFigure(
          "references",
          "How many references Expected Gradients needs",
          "FAA, Fig. 1 right",
          ImmutableList.of(
              published("EG(1)", .7486),
              published("EG(2)", .7518),
              published("EG(4)", .7603),
              published("EG(8)", .7607),
              published("EG(16)", .7640),
              published("EG(32)", .7679),
              published("EG(64)", .7687),
              published("EG(128)", .7722),
              published("XG", .7679)),
          ImmutableList.of(
              higher("XG", "EG(1)"),
              higher("XG", "EG(2)"),
              Claim.similar("test ROC-AUC", "XG", "EG(32)", .01),
              higher("EG(32)", "EG(1)"),
              higher("EG(128)", "EG(1)")));

  private final String experiment;
  private final String title;
  private final String source;
  private final ImmutableList<Published> published;
  private final ImmutableList<Claim> claims;

  private StudyFigure(
      String experiment,
      String title,
      String source,
      ImmutableList<Published> published,
      ImmutableList<Claim> claims) {
    this.experiment = experiment;
    this.title = title;
    this.source = source;
    this.published = published;
    this.claims = claims;
  }

  private static Published published(String method, double value) {
    return Published.of(method, value, "FAA, Fig. 1, 200 repetitions");
  }

  private static Claim higher(String first, String second) {
    return Claim.higher("test ROC-AUC", first, second);
  }

  /** {@return the name on the command line} */
  String experiment() {
    return experiment;
  }

  /** {@return what is shown} */
  String title() {
    return title;
  }

  /** {@return where the paper shows it} */
  public String source() {
    return source;
  }

  /**
   * The mean test ROC-AUC that the authors report.
   *
   * @param method the name of the method
   * @return the value; empty if they have no such method
   */
  public Optional<Published> published(String method) {
    return published.stream().filter(value -> value.name().equals(method)).findFirst();
  }

  /** What the results say, of those claims whose methods were part of the study. */
  ImmutableList<Finding> findings(StudySummary summary) {
    return claims.stream()
        .flatMap(claim -> finding(claim, summary).stream())
        .collect(toImmutableList());
  }

  private static Optional<Finding> finding(Claim claim, StudySummary summary) {
    return summary
        .method(claim.first())
        .flatMap(
            first ->
                summary
                    .method(claim.second())
                    .map(second -> claim.test(StudySummary.difference(first, second))));
  }
}
