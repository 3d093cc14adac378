package org.xgradient.cli.evaluate;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.Baseline;
import org.xgradient.cli.option.AttributionOptions;
import org.xgradient.cli.text.ReadTexts;
import org.xgradient.data.DataException;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.data.Task;
import org.xgradient.data.text.LabelledTexts;
import org.xgradient.graph.Predictor;
import org.xgradient.graph.Target;
import org.xgradient.metrics.Bootstrap;
import org.xgradient.metrics.Gini;
import org.xgradient.metrics.RankAgreement;
import org.xgradient.metrics.masking.KeptFractions;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.progress.ProgressTask;
import org.xgradient.report.text.SafeText;
import org.xgradient.training.text.TextModel;
import org.xgradient.training.text.WordAttributions;
import org.xgradient.training.text.WordMasking;

/**
 * Compares methods on labelled texts, word by word: what each says of the logit of the label.
 *
 * @param model the model, borrowed
 * @param options which methods, and how they run
 * @param most the number of texts to draw, if there are more
 */
record TextComparison(TextModel model, AttributionOptions options, int most) {

  private static final ImmutableSet<EvaluationMetric> MEASURED =
      ImmutableSet.of(
          EvaluationMetric.KPM,
          EvaluationMetric.KNM,
          EvaluationMetric.KAM,
          EvaluationMetric.RPM,
          EvaluationMetric.RNM,
          EvaluationMetric.RAM,
          EvaluationMetric.INSERTION,
          EvaluationMetric.DELETION,
          EvaluationMetric.COMPLETENESS,
          EvaluationMetric.SPARSITY,
          EvaluationMetric.AGREEMENT);

  private static final int FRACTIONS = 11;

  /** One of ten words. */
  private static final double LEAST_FRACTION = 0.1;

  private static final int TEXTS_OF_CHOICE = 64;

  /**
   * Checks that metrics that the user named are defined for words.
   *
   * @throws IllegalArgumentException if one is not
   */
  static void checkMeasured(Set<EvaluationMetric> named) {
    Set<EvaluationMetric> others = Sets.difference(named, MEASURED);
    checkArgument(
        others.isEmpty(), "metrics of words must be some of %s, found %s too", MEASURED, others);
  }

  /**
   * Measures.
   *
   * @param wanted what to measure; what is not defined for words is left out
   * @throws IllegalArgumentException if nothing is left, or there are fewer than two texts
   * @throws DataException if a label is no class of the model
   */
  Evaluation run(
      LabelledTexts all,
      ImmutableSet<EvaluationMetric> wanted,
      ProgressReporter progress,
      Provenance source) {
    ImmutableSet<EvaluationMetric> metrics =
        wanted.stream().filter(MEASURED::contains).collect(ImmutableSet.toImmutableSet());
    checkArgument(
        !metrics.isEmpty(),
        "there must be a metric of words, one of %s, found %s",
        MEASURED,
        wanted);
    checkArgument(all.size() >= 2, "there must be at least 2 texts, found %s", all.size());
    // All of them, before anything is said of the texts that are drawn.
    model.info().classes().firstUnknown(all).ifPresent(TextComparison::refuse);
    ReadTexts read = ReadTexts.of(model, drawn(all));
    FloatArray tokens = model.info().preprocessing().tokens(read.encoded());
    FloatArray labels = model.info().classes().encode(read.texts());
    int[] classes = PlannedEvaluation.classes(labels, model.info().classes().task());
    // Without Expected Gradients, for texts have no references.
    ImmutableMap<String, ComparedMethod> methods =
        new ComparedMethods(options, Baseline.zero(), TEXTS_OF_CHOICE)
            .of(model.model(), tokens, classes, Optional.empty());
    var families =
        new WordMasking(
            model.model(), tokens, classes, KeptFractions.geometric(FRACTIONS, LEAST_FRACTION));
    var causal = new WordMasking(model.model(), tokens, classes, KeptFractions.linear(FRACTIONS));
    Map<String, Attributions> found = new LinkedHashMap<>();
    try (ProgressTask task = progress.start("explaining", methods.size(), "methods")) {
      methods.forEach(
          (name, method) -> {
            found.put(name, attribute(method, tokens, classes));
            task.step();
          });
    }
    var words = new LinkedHashMap<String, FloatArray>();
    found.forEach((name, of) -> words.put(name, WordAttributions.of(of).values()));
    Bootstrap bootstrap =
        Bootstrap.withDefaults()
            .withConfidence(Evaluation.CONFIDENCE)
            .withSeed(options.runs().seed());
    ImmutableList.Builder<MethodScore> scores = ImmutableList.builder();
    ImmutableList.Builder<BandedCurve> curves = ImmutableList.builder();
    FloatArray first = words.values().iterator().next();
    for (String name : methods.keySet()) {
      FloatArray own = Optional.ofNullable(words.get(name)).orElseThrow();
      Attributions of = Optional.ofNullable(found.get(name)).orElseThrow();
      for (EvaluationMetric metric : metrics) {
        Optional<double[]> values;
        if (metric.masking().isPresent()) {
          var masking = metric.isCausal() ? causal : families;
          var curve = masking.curve(name, metric.masking().get(), own);
          curves.add(BandedCurve.of(metric, curve, bootstrap));
          values = Optional.of(curve.imageAucs());
        } else {
          values = values(metric, of, own, first);
        }
        scores.add(
            values
                .map(rows -> MethodScore.of(name, metric, rows, bootstrap))
                .orElseGet(() -> MethodScore.missing(name, metric)));
      }
    }
    boolean binary = model.info().classes().task() == Task.BINARY;
    String explained =
        binary ? SafeText.isolated(model.info().classes().names().get(1)) : "the label";
    return new Evaluation(
        new Wording("texts", "words", "Masked words become blanks, words without any meaning."),
        methods.keySet(),
        metrics,
        tokens.rows(),
        scores.build(),
        curves.build(),
        new ExamplePart(
            "The words that each method names",
            "What each method says of the logit of %s: the first texts, one below the other for each method."
                .formatted(explained),
            ImmutableList.of(new WordsByMethod(read, ImmutableMap.copyOf(words)))),
        ImmutableMap.of(),
        ModelScores.of(
            model.info().classes().task(), Predictor.of(model.model()).logits(tokens), labels, 1),
        ComparedMethods.provenance(options, methods).withAll(source).with("most rows", most));
  }

  private static void refuse(String unknown) {
    throw new DataException(unknown);
  }

  private static Optional<double[]> values(
      EvaluationMetric metric, Attributions of, FloatArray own, FloatArray first) {
    return switch (metric) {
      case COMPLETENESS ->
          of.completenessGap()
              .map(
                  gaps -> {
                    double[] absolute = new double[gaps.size()];
                    Arrays.setAll(absolute, i -> Math.abs(gaps.values()[i]));
                    return absolute;
                  });
      case SPARSITY -> Optional.of(Gini.ofRows(own));
      case AGREEMENT -> Optional.of(RankAgreement.ofRows(own, first));
      default -> Optional.empty();
    };
  }

  private LabelledTexts drawn(LabelledTexts all) {
    if (all.size() <= most) {
      return all;
    }
    int[] drawn = new DataRandom(options.runs().seed()).permutation(all.size());
    return all.subset(ImmutableIntArray.copyOf(Arrays.copyOf(drawn, most)));
  }

  private Attributions attribute(ComparedMethod compared, FloatArray tokens, int[] classes) {
    var runs = options.runs().withTarget(Target.label());
    var attributor = Attributor.of(model.model(), compared.method(), runs);
    return compared.attribute(tokens, classes, attributor::attribute);
  }
}
