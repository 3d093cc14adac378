package org.xgradient.training;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.metrics.ModelMetric;
import org.xgradient.training.objective.ExampleLosses;
import org.xgradient.training.objective.Masked;
import org.xgradient.training.swap.SwapEffect;

/**
 * Trains with increasing weights of the priors, and takes the one that a rule chooses on validation
 * data. Where a prior keeps the model from some features or words, a model is trained without them
 * too, for comparison.
 *
 * <p>All trainings start from the parameters that the model has at that moment, so that one does
 * not depend on those before it. As a trainer, it is for one thread at a time.
 */
public final class LambdaSearch {

  private final Trainer trainer;
  private final LambdaRule rule;
  private final Listener listener;

  /** Told of each training of a search while the model has its parameters. */
  public interface Listener {

    /**
     * Called after the training with a weight.
     *
     * @param point what came of it
     */
    void tried(LambdaPoint point);

    /**
     * Called after the training without what the objective masks.
     *
     * @param point what came of it
     */
    default void leftOut(LambdaPoint point) {}
  }

  private LambdaSearch(Trainer trainer, LambdaRule rule, Listener listener) {
    this.trainer = trainer;
    this.rule = rule;
    this.listener = listener;
  }

  /**
   * A search by the rule for the objective of a trainer.
   *
   * @param trainer the trainer; the weights that are tried multiply those of its priors
   * @return the search
   * @throws IllegalArgumentException if the objective has no prior
   */
  public static LambdaSearch of(Trainer trainer) {
    checkArgument(
        !trainer.priorWeights().isEmpty(),
        "the objective must have a prior whose weight is to be found, found none");
    return new LambdaSearch(trainer, LambdaRule.of(trainer.objective()), point -> {});
  }

  /**
   * The same by another rule.
   *
   * @param other the rule
   * @return the search
   */
  public LambdaSearch by(LambdaRule other) {
    return new LambdaSearch(trainer, other, listener);
  }

  /**
   * The same with someone told of each training.
   *
   * @param other the listener
   * @return the search
   */
  public LambdaSearch withListener(Listener other) {
    return new LambdaSearch(trainer, rule, other);
  }

  /** {@return the number of trainings that the search takes at most} */
  public int trainings() {
    return rule.lambdas().length() + (trainer.objective().masked().isPresent() ? 1 : 0);
  }

  /**
   * Searches.
   *
   * @param train the training data
   * @param validation the validation data, at least one example, which choose the epoch of each
   *     training and the weight
   * @param options how to train; with checkpoints, the state of each training is kept beside their
   *     file
   * @return the weights that were tried; the model has the parameters of the one taken
   * @throws IllegalArgumentException as {@link Trainer#fit(Dataset, Dataset, TrainingOptions)} does
   * @throws DivergedException if an objective is no longer a number
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  public LambdaPath fit(Dataset train, Dataset validation, TrainingOptions options) {
    return new Run(train, validation, options, false).run();
  }

  /**
   * Goes on with a search; the result is that of one that was never interrupted.
   *
   * @param train the training data
   * @param validation the validation data
   * @param options how to train, with the checkpoints of the search that was interrupted
   * @return the weights that were tried; the model has the parameters of the one taken
   * @throws IllegalArgumentException as {@link Trainer#resume(Dataset, Dataset, TrainingOptions,
   *     Checkpoint)} does
   * @throws DivergedException if an objective is no longer a number
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  public LambdaPath resume(Dataset train, Dataset validation, TrainingOptions options) {
    return new Run(train, validation, options, true).run();
  }

  /** One search. */
  private final class Run {

    private final Dataset train;
    private final Dataset validation;
    private final TrainingOptions options;
    private final boolean resumes;
    private final ImmutableMap<String, FloatArray> start;

    Run(Dataset train, Dataset validation, TrainingOptions options, boolean resumes) {
      checkArgument(
          validation.size() > 0,
          "lambda is found on validation rows, found none; give some, or give lambda");
      this.train = train;
      this.validation = validation;
      this.options = options;
      this.resumes = resumes;
      start = trainer.weights();
    }

    LambdaPath run() {
      List<LambdaPoint> points = new ArrayList<>();
      while (points.size() < rule.lambdas().length()
          && (points.isEmpty() || !rule.isDecided(ImmutableList.copyOf(points)))) {
        double lambda = rule.lambdas().get(points.size());
        LambdaPoint point = train(lambda, "lambda-" + lambda, train, validation);
        listener.tried(point);
        points.add(point);
      }
      Optional<LambdaPoint> leftOut = trainer.objective().masked().map(this::without);
      var all = ImmutableList.copyOf(points);
      var path = new LambdaPath(rule, all, rule.choose(all), leftOut);
      trainer.assign(path.best().training().weights());
      return path;
    }

    private LambdaPoint without(Masked masked) {
      LambdaPoint point =
          train(
              0,
              "left-out",
              new MaskedDataset(train, masked),
              new MaskedDataset(validation, masked));
      listener.leftOut(point);
      return point;
    }

    private LambdaPoint train(double lambda, String name, Dataset rows, Dataset judges) {
      trainer.assign(start);
      Trainer weighted = trainer.timesPriorWeights(lambda);
      TrainingOptions own =
          options
              .checkpoints()
              .map(kept -> options.withCheckpoints(file(kept, name), kept.everyEpochs()))
              .orElse(options);
      Optional<Path> begun =
          own.checkpoints().map(Checkpointing::file).filter(file -> resumes && Files.exists(file));
      TrainingResult result =
          begun.isPresent()
              ? weighted.resume(rows, judges, own, Checkpoint.read(begun.get()))
              : weighted.fit(rows, judges, own);
      ExampleLosses losses = weighted.losses(judges, options);
      return new LambdaPoint(
          lambda,
          losses.losses(),
          losses.penalties(),
          ModelMetric.of(judges.task()).of(weighted.model(), judges),
          trainer
              .objective()
              .masked()
              .map(masked -> SwapEffect.of(trainer.model(), judges, masked)),
          result);
    }
  }

  private static Path file(Checkpointing kept, String name) {
    return kept.file().resolveSibling(name + "-" + kept.file().getFileName());
  }
}
