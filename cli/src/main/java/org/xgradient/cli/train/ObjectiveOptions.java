package org.xgradient.cli.train;

import com.google.common.base.Ascii;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.cli.option.HelpGroup;
import org.xgradient.cli.option.MethodOption;
import org.xgradient.cli.option.UnfitOptions;
import org.xgradient.data.Checksums;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.data.Task;
import org.xgradient.data.table.ColumnGroups;
import org.xgradient.data.text.TextPreprocessing;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.IndependencePrior;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.objective.Prior;
import org.xgradient.training.objective.Priors;
import org.xgradient.training.objective.WordMaskPrior;
import org.xgradient.training.objective.WordReplacementPrior;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of what a training makes small. */
@HelpGroup("Prior")
final class ObjectiveOptions {

  /** The option of parts of images. */
  static final String REGION = "--region";

  /** The option of a list of words. */
  static final String MASK_WORDS = "--mask-words";

  private static final String AUTO = "auto";

  @Option(
      names = "--prior",
      defaultValue = "none",
      paramLabel = "PRIOR",
      description = PriorOption.NAMES + " (default: ${DEFAULT-VALUE}).")
  private PriorOption prior;

  @Option(
      names = "--mask",
      split = ",",
      paramLabel = "COLUMN",
      description =
          "Columns, or words of texts, that the model should not rely on, for --prior mask. Between"
              + " slashes a regular expression that words of a kind match, such as"
              + " '/[A-Z].*/' for names, with --keep-case.")
  private List<String> masked = new ArrayList<>();

  @Option(
      names = MASK_WORDS,
      paramLabel = "FILE",
      description =
          "A list of words of texts that the model should not rely on, one a line, for --prior mask;"
              + " those that are not in its vocabulary are left out.")
  private Optional<Path> maskWords = Optional.empty();

  @Option(
      names = REGION,
      paramLabel = "LEFT,TOP,WIDTH,HEIGHT",
      converter = Region.Converter.class,
      description =
          "A part of images that the model should not rely on, for --prior mask, in pixels of what the"
              + " network is given; may be repeated.")
  private List<Region> regions = new ArrayList<>();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description = {
        "What computes the attributions of the prior: xg (for networks without biases), ig, eg,"
            + " grad, ixg or rrr (default: xg).",
        "For --prior mask the default is none of these, but the squared difference of the outputs"
            + " when the columns are those of another row, which makes the model independent of"
            + " them; eg is its sampled form, the others that of the paper."
      })
  private Optional<MethodOption> method = Optional.empty();

  @Option(
      names = "--lambda",
      paramLabel = "WEIGHT",
      description = {
        "Weight of the prior, or auto: several weights are trained with, and validation rows"
            + " choose. For mask the smallest at which a swap of the columns changes at most 2 %% of"
            + " the decisions (of a regression: the output by 2 %% of the label's deviation on the"
            + " mean) and lowers the metric by at most 0.01, or the standard error of that on few rows; for"
            + " the others the largest whose loss is within one standard error of the best one and"
            + " whose metric is at most 0.01 worse (default: auto)."
      })
  private Optional<String> lambda = Optional.empty();

  @Option(
      names = "--tolerance",
      paramLabel = "LOSS",
      description =
          "How much validation loss --lambda auto may give for a prior other than mask (default: one"
              + " standard error of it).")
  private Optional<Double> tolerance = Optional.empty();

  @Option(
      names = "--strict-prior",
      description =
          "Fail where the prior does not keep what it promises on the test rows, or on those for"
              + " validation if there are none, or where no weight meets the demand of a mask.")
  private boolean strict;

  @Option(
      names = "--references",
      defaultValue = "1",
      paramLabel = "K",
      description =
          "References per row or image in Expected Gradients, drawn from the batch (default:"
              + " ${DEFAULT-VALUE}).")
  private int references;

  @Option(
      names = "--steps",
      defaultValue = "16",
      description = "Steps of Integrated Gradients in the prior (default: ${DEFAULT-VALUE}).")
  private int steps;

  @SuppressWarnings("NullAway.Init")
  ObjectiveOptions() {}

  /**
   * Refuses what the prior has no use for, and values that none has.
   *
   * @throws IllegalArgumentException if such an option is given
   */
  void refuseIdle(CommandSpec command) {
    check();
    UnfitOptions idle = UnfitOptions.of(command, explained());
    if (!method.equals(Optional.of(MethodOption.EG))) {
      idle = idle.and("--references");
    }
    if (!method.equals(Optional.of(MethodOption.IG))) {
      idle = idle.and("--steps");
    }
    idle.refuse();
    if (given().isPresent()) {
      UnfitOptions.of(command, "a weight by --lambda").and("--tolerance").refuse();
    }
  }

  /**
   * Checks, before anything is read, that the prior fits a network with biases.
   *
   * @param otherwise how to have none
   * @throws IllegalArgumentException if X-Gradient is to explain one
   */
  void checkBiases(boolean biases, String otherwise) {
    boolean sampled = prior == PriorOption.MASK && method.isEmpty();
    if (biases
        && prior != PriorOption.NONE
        && !sampled
        && method.orElse(MethodOption.XG) == MethodOption.XG) {
      throw new IllegalArgumentException(
          "--prior %s by X-Gradient%s needs a network without biases; %s, or give --method ig"
              .formatted(
                  Ascii.toLowerCase(prior.name()),
                  method.isEmpty() ? ", its usual method," : "",
                  otherwise));
    }
  }

  private String explained() {
    if (prior == PriorOption.NONE) {
      return "no prior";
    }
    return method
        .map(chosen -> "--method " + Ascii.toLowerCase(chosen.name()))
        .orElse("the usual method of the prior");
  }

  /**
   * The objective.
   *
   * @param groups which explained values are of which column
   * @param inputShape the shape of those of one row
   * @throws IllegalArgumentException if the options don't go together
   */
  Objective objective(Task task, ColumnGroups groups, ImmutableIntArray inputShape) {
    PriorOption.checkMask(prior, !masked.isEmpty());
    double weight = given().orElse(1.0) == 0 ? 0 : 1;
    if (prior == PriorOption.MASK && method.isEmpty()) {
      return Objective.of(Loss.of(task), IndependencePrior.of(mask(groups, inputShape), weight));
    }
    ReferenceDistribution references =
        prior == PriorOption.MASK
            ? ReferenceDistribution.batch().onlyIn(mask(groups, inputShape))
            : ReferenceDistribution.batch();
    return objective(
        task, () -> prior.prior(groups, () -> mask(groups, inputShape)), references, weight);
  }

  private FloatArray mask(ColumnGroups groups, ImmutableIntArray inputShape) {
    FloatArray mask = groups.mask(masked.toArray(String[]::new));
    return FloatArray.of(mask.values(), inputShape.toArray());
  }

  /** {@return the columns that the model is to be kept from; perhaps none} */
  List<String> masked() {
    return masked;
  }

  /**
   * How the weight is found, and what the prior must keep.
   *
   * @throws IllegalArgumentException if the weight is neither a number nor auto
   */
  PromiseOptions promise() {
    return new PromiseOptions(prior != PriorOption.NONE, given(), tolerance, strict);
  }

  private Optional<Double> given() {
    if (lambda.isEmpty() || lambda.get().equals(AUTO)) {
      return Optional.empty();
    }
    Double weight = Doubles.tryParse(lambda.get());
    if (weight == null || !(weight >= 0) || weight.isInfinite()) {
      throw new IllegalArgumentException(
          "--lambda must be auto or a number of at least 0, found \"%s\"".formatted(lambda.get()));
    }
    return Optional.of(weight);
  }

  private void check() {
    tolerance
        .filter(loss -> !(loss >= 0) || loss.isInfinite())
        .ifPresent(
            loss -> {
              throw new IllegalArgumentException(
                  "--tolerance must be at least 0 and finite, found " + loss);
            });
    if (prior != PriorOption.NONE) {
      if (prior == PriorOption.MASK && tolerance.isPresent()) {
        throw new IllegalArgumentException(
            "--tolerance is for priors that should cost nothing; --prior mask is a demand");
      }
      return;
    }
    refuseAlone("--lambda", lambda.isPresent());
    refuseAlone("--method", method.isPresent());
    refuseAlone("--tolerance", tolerance.isPresent());
    refuseAlone("--strict-prior", strict);
  }

  private static void refuseAlone(String option, boolean given) {
    if (given) {
      throw new IllegalArgumentException(
          option + " goes with a prior; give one with --prior, such as --prior gini");
    }
  }

  /**
   * The objective for images.
   *
   * @param side the height and width of what the network is given
   * @throws IllegalArgumentException if the options don't go together, or a region does not lie in
   *     the images
   */
  Objective ofImages(int side) {
    if (!masked.isEmpty()) {
      throw new IllegalArgumentException(
          "--mask names columns or words, found images; name a part of them with %s LEFT,TOP,WIDTH,HEIGHT"
              .formatted(REGION));
    }
    PriorOption.checkRegions(prior, regions);
    double weight = given().orElse(1.0);
    if (prior != PriorOption.MASK) {
      if (strict) {
        throw new IllegalArgumentException(
            "--strict-prior is for images with --prior mask; no other prior promises something of them");
      }
      return objective(Task.MULTICLASS, prior::ofImages, ReferenceDistribution.batch(), weight);
    }
    FloatArray mask = Region.mask(regions, side);
    return method.isEmpty()
        ? Objective.of(Loss.of(Task.MULTICLASS), IndependencePrior.of(mask, weight))
        : objective(
            Task.MULTICLASS,
            () -> Priors.mask(mask),
            ReferenceDistribution.batch().onlyIn(mask),
            weight);
  }

  /**
   * The objective for texts.
   *
   * @param maskedWords the numbers of the words that must not count
   * @throws IllegalArgumentException if the options don't go together, or there is no prior of
   *     texts like that
   */
  Objective ofTexts(Task task, ImmutableIntArray maskedWords) {
    PriorOption.checkMask(prior, !masked.isEmpty() || maskWords.isPresent());
    double weight = given().orElse(1.0);
    if (prior == PriorOption.MASK) {
      return Objective.of(
          Loss.of(task),
          method.isEmpty()
              ? new WordReplacementPrior(maskedWords, weight)
              : new WordMaskPrior(
                  method
                      .get()
                      .method(steps, references, Optional.of(ReferenceDistribution.batch())),
                  maskedWords,
                  weight));
    }
    return objective(task, prior::ofTexts, ReferenceDistribution.batch(), weight);
  }

  /** {@return the numbers of the words that must not count; perhaps none} */
  ImmutableIntArray wordNumbers(TextPreprocessing preprocessing) {
    return new WordsToMask(masked, maskWords).numbers(preprocessing);
  }

  private Objective objective(
      Task task, Supplier<Prior> chosen, ReferenceDistribution from, double weight) {
    if (prior == PriorOption.NONE) {
      return Objective.of(Loss.of(task));
    }
    AttributionMethod attribution =
        method.orElse(MethodOption.XG).method(steps, references, Optional.of(from));
    return Objective.of(Loss.of(task), AttributionPrior.of(attribution, chosen.get(), weight));
  }

  Provenance describe(Provenance provenance) {
    Provenance asked = provenance.with("prior", prior).with("masked columns", masked);
    // Trainings that began before there were these options go on.
    if (!regions.isEmpty()) {
      asked = asked.with("masked regions", regions);
    }
    if (maskWords.isPresent()) {
      asked = asked.with("masked words SHA-256", Checksums.sha256(maskWords.get()));
    }
    return asked
        .with("method", method.map(of -> Ascii.toLowerCase(of.name())).orElse("usual"))
        .with("references", references)
        .with("steps", steps)
        .with("lambda", lambda.orElse(AUTO))
        .with("tolerance", tolerance.map(Object::toString).orElse("usual"));
  }
}
