package org.xgradient.training;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;
import org.xgradient.data.image.Mixup;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Predictor;
import org.xgradient.training.objective.ExampleLosses;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.optimizer.Adam;
import org.xgradient.training.optimizer.Optimizer;
import org.xgradient.training.optimizer.UpdateRule;
import org.xgradient.training.step.ObjectiveValue;
import org.xgradient.training.step.StepInput;
import org.xgradient.training.step.StepLosses;
import org.xgradient.training.step.Steps;

/**
 * Trains a model on an objective.
 *
 * <p>The operations are added once, when it is made; then it can train any number of times, with
 * other data, seeds and learning rates. Each training starts from the parameters that the model has
 * at that moment, and from a fresh optimizer. It borrows the session, and is for one thread at a
 * time.
 *
 * <p>Attributions are those of the pass that the task loss sees, in training mode: the prior speaks
 * of the function that is trained, with the dropout masks of the step, and both cost one forward
 * pass. With a mask fixed, a network that is homogeneous stays so. (FAA's experiments have no
 * dropout.)
 */
public final class Trainer {

  private final BoundModel bound;
  private final GraphSession session;
  private final Model model;
  private final Objective objective;
  private final UpdateRule rule;
  private final Steps steps;
  private final Predictor predictor;

  private Trainer(
      BoundModel bound, Objective objective, UpdateRule rule, Steps steps, Predictor predictor) {
    this.bound = bound;
    this.session = bound.session();
    this.model = bound.model();
    this.objective = objective;
    this.rule = rule;
    this.steps = steps;
    this.predictor = predictor;
  }

  /**
   * Prepares the training of a model by Adam with its usual options.
   *
   * @param model the model
   * @param objective what to make small
   * @return the trainer
   * @throws IllegalArgumentException as {@link #of(BoundModel, Objective, Optimizer)} does
   */
  public static Trainer of(BoundModel model, Objective objective) {
    return of(model, objective, Adam.withDefaults());
  }

  /**
   * Prepares the training of a model.
   *
   * @param model the model
   * @param objective what to make small
   * @param optimizer how
   * @return the trainer
   * @throws IllegalArgumentException if the model has no parameters, the loss or a prior does not
   *     apply to it, or the objective does not depend on one of its parameters
   */
  public static Trainer of(BoundModel model, Objective objective, Optimizer optimizer) {
    checkArgument(
        !model.model().parameters().isEmpty(),
        "the model must have a variable of floats behind what is explained of it, found none; what"
            + " was frozen into constants can't be trained");
    UpdateRule rule = optimizer.build(model.model().ops(), model.model().parameters());
    var steps = new Steps(model, objective, rule);
    return new Trainer(model, objective, rule, steps, Predictor.of(model));
  }

  /**
   * The same trainer with other weights of the priors, which adds no operations.
   *
   * @param weights a weight for each prior of the objective, each at least 0 and finite
   * @return the trainer
   * @throws IllegalArgumentException if there is not one for each prior, or one is negative or not
   *     finite
   */
  public Trainer withPriorWeights(double... weights) {
    return new Trainer(bound, objective.withPriorWeights(weights), rule, steps, predictor);
  }

  /**
   * Trains, and keeps the best epoch by the validation data.
   *
   * @param train the training data
   * @param validation the validation data
   * @param options how to train
   * @return the best weights, which the model has then too, and the history
   * @throws IllegalArgumentException if the data or the options do not fit the model, a label is
   *     not one of the task's, or the metric is not defined for the validation data
   * @throws DivergedException if the objective is no longer a number
   * @throws CancellationException if the thread was interrupted
   */
  public TrainingResult fit(Dataset train, Dataset validation, TrainingOptions options) {
    return start(train, Optional.of(validation), options).run();
  }

  /**
   * Trains all epochs.
   *
   * @param train the training data
   * @param options how to train
   * @return the weights at the end, and the history
   * @throws IllegalArgumentException if the data or the options do not fit the model, or a label is
   *     not one of the task's
   * @throws DivergedException if the objective is no longer a number
   * @throws CancellationException if the thread was interrupted
   */
  public TrainingResult fit(Dataset train, TrainingOptions options) {
    return start(train, Optional.empty(), options).run();
  }

  /**
   * Goes on with a training, and keeps the best epoch by the validation data. The result is that of
   * a training that was never interrupted, if the data and the options are the same; more epochs
   * may follow than were planned.
   *
   * @param train the training data
   * @param validation the validation data
   * @param options how to train
   * @param checkpoint where to go on
   * @return the best weights, which the model has then too, and the history
   * @throws IllegalArgumentException as {@link #fit(Dataset, Dataset, TrainingOptions)} does, or if
   *     the checkpoint is of another model, optimizer, seed, batch size or number of examples
   * @throws DivergedException if the objective is no longer a number
   * @throws CancellationException if the thread was interrupted
   */
  public TrainingResult resume(
      Dataset train, Dataset validation, TrainingOptions options, Checkpoint checkpoint) {
    TrainingRun run = start(train, Optional.of(validation), options);
    run.goOnFrom(checkpoint);
    return run.run();
  }

  /**
   * Goes on with a training without validation data.
   *
   * @param train the training data
   * @param options how to train
   * @param checkpoint where to go on
   * @return the weights at the end, and the history
   * @throws IllegalArgumentException as {@link #fit(Dataset, TrainingOptions)} does, or if the
   *     checkpoint is of another model, optimizer, seed, batch size or number of examples
   * @throws DivergedException if the objective is no longer a number
   * @throws CancellationException if the thread was interrupted
   */
  public TrainingResult resume(Dataset train, TrainingOptions options, Checkpoint checkpoint) {
    TrainingRun run = start(train, Optional.empty(), options);
    run.goOnFrom(checkpoint);
    return run.run();
  }

  private TrainingRun start(Dataset train, Optional<Dataset> validation, TrainingOptions options) {
    check(train);
    validation.ifPresent(this::check);
    rule.slots().forEach(slot -> slot.assignZeros(session));
    return new TrainingRun(this, train, validation, options);
  }

  private void check(Dataset data) {
    checkArgument(data.size() > 0, "there must be at least one example, found none");
    checkArgument(
        data.inputShape().equals(model.inputShape()) && data.outputs() == model.outputs(),
        "the data must be for a model of inputs %s and %s outputs, found %s and %s",
        model.inputShape(),
        model.outputs(),
        data.inputShape(),
        data.outputs());
  }

  StepLosses step(StepInput input, long memoryBudget) {
    return steps.run(input, memoryBudget);
  }

  /** The same trainer with the weights of the priors times a factor. */
  Trainer timesPriorWeights(double factor) {
    return withPriorWeights(
        objective.priorWeights().stream().map(weight -> factor * weight).toArray());
  }

  BoundModel model() {
    return bound;
  }

  Objective objective() {
    return objective;
  }

  /** {@return the value of the objective on data} */
  double objective(Dataset data, TrainingOptions options) {
    return losses(data, options).objective(priorWeights());
  }

  /**
   * The objective on data, in inference mode and without an update, as the epochs of a training are
   * judged.
   *
   * @param data the examples, at least one
   * @param options their seed and memory budget count
   * @return the losses and penalties with the parameters that the model has now
   */
  public ExampleLosses losses(Dataset data, TrainingOptions options) {
    var value =
        session.once(ObjectiveValue.class, rule, () -> new ObjectiveValue(bound, objective));
    return value.of(data, Seeds.derive(options.seed(), "validation"), options.memoryBudget());
  }

  Predictor predictor() {
    return predictor;
  }

  Optional<Mixup> mixup() {
    return objective.mixup();
  }

  ImmutableDoubleArray priorWeights() {
    return objective.priorWeights();
  }

  ImmutableMap<String, FloatArray> weights() {
    return read(model.parameters());
  }

  ImmutableMap<String, FloatArray> slots() {
    return read(rule.slots());
  }

  void assign(ImmutableMap<String, FloatArray> weights) {
    assign(model.parameters(), weights);
  }

  void assign(Checkpoint checkpoint) {
    assign(model.parameters(), checkpoint.weights());
    assign(rule.slots(), checkpoint.slots());
  }

  private void assign(List<Parameter> variables, ImmutableMap<String, FloatArray> values) {
    List<String> names = variables.stream().map(Parameter::name).toList();
    checkArgument(
        values.keySet().equals(ImmutableSet.copyOf(names)),
        "there must be values of %s, found %s",
        names,
        values.keySet());
    variables.forEach(variable -> variable.assign(session, value(values, variable.name())));
  }

  private static FloatArray value(ImmutableMap<String, FloatArray> values, String name) {
    return Objects.requireNonNull(values.get(name));
  }

  private ImmutableMap<String, FloatArray> read(List<Parameter> parameters) {
    if (parameters.isEmpty()) {
      return ImmutableMap.of();
    }
    var values =
        session.run(Feeds.none(), parameters.stream().map(Parameter::value).toList(), List.of());
    ImmutableMap.Builder<String, FloatArray> named = ImmutableMap.builder();
    for (int i = 0; i < values.size(); i++) {
      named.put(parameters.get(i).name(), values.get(i));
    }
    return named.buildOrThrow();
  }
}
