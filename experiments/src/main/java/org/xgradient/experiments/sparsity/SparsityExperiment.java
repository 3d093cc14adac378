package org.xgradient.experiments.sparsity;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.xgradient.experiments.Description;
import org.xgradient.experiments.Experiment;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.Finding;
import org.xgradient.experiments.PreparedWork;
import org.xgradient.experiments.Workers;

/**
 * Networks trained on few rows with a prior on their attributions: mean test ROC-AUC over repeated
 * splits (FAA, Sec. 4.3 and App. B.3). It comes in two forms: Fig. 1 left compares methods, Fig. 1
 * right numbers of references of Expected Gradients.
 *
 * <p>The protocol is that of the authors' code; the methods, weights, rows and networks are those
 * of the configuration.
 */
public final class SparsityExperiment
    implements Experiment<StudyConfiguration, SparsityExperiment.Task, SparsityExperiment.Result> {

  private final StudyFigure figure;

  private SparsityExperiment(StudyFigure figure) {
    this.figure = figure;
  }

  /** {@return FAA, Fig. 1 left} */
  public static SparsityExperiment ofMethods() {
    return new SparsityExperiment(StudyFigure.METHODS);
  }

  /** {@return FAA, Fig. 1 right} */
  public static SparsityExperiment ofReferences() {
    return new SparsityExperiment(StudyFigure.REFERENCES);
  }

  /**
   * One training.
   *
   * @param method the name of the method
   * @param lambda the weight of its prior; 0 without one
   * @param repetition the number of the repetition, from 0, which decides the split
   */
  public record Task(String method, double lambda, int repetition) {}

  /**
   * What came of it.
   *
   * @param validationAuc the ROC-AUC on the validation rows, of the best epoch
   * @param testAuc the ROC-AUC on the test rows, of the same weights
   * @param bestEpoch that epoch, from 0
   * @param sparsity the Gini coefficient of the mean absolute attributions on test rows: those of
   *     X-Gradient, or of Integrated Gradients for a network with biases
   */
  public record Result(double validationAuc, double testAuc, int bestEpoch, double sparsity) {}

  /** {@return which half of the figure this is} */
  public StudyFigure figure() {
    return figure;
  }

  @Override
  public Description<StudyConfiguration, Task, Result> description() {
    return new Description<>(
        figure.experiment(),
        figure.title(),
        figure.source(),
        StudyConfiguration.class,
        Task.class,
        Result.class);
  }

  /** Repetition by repetition, so that what is done of an unfinished run can be compared. */
  @Override
  public ImmutableList<Task> tasks(StudyConfiguration configuration) {
    ImmutableList.Builder<Task> tasks = ImmutableList.builder();
    for (int repetition = 0; repetition < configuration.repetitions(); repetition++) {
      for (StudyMethod method : configuration.methods()) {
        List<Double> lambdas = method.isRegularized() ? configuration.lambdas() : List.of(0.0);
        for (double lambda : lambdas) {
          tasks.add(new Task(method.name(), lambda, repetition));
        }
      }
    }
    return tasks.build();
  }

  @Override
  public Object resultsDependOn(StudyConfiguration configuration) {
    return configuration.ofOneTraining();
  }

  @Override
  public PreparedWork<Task, Result> prepare(StudyConfiguration configuration) {
    StudyTable table = StudyTable.load(configuration);
    ImmutableMap.Builder<String, Arm> arms = ImmutableMap.builder();
    configuration.methods().forEach(method -> arms.put(method.name(), method.arm()));
    ImmutableMap<String, Arm> named = arms.buildOrThrow();
    return new PreparedWork<>(
        () ->
            new Trainings(
                new StudyWorker(table::prepare, configuration.options(), new LongAdder()), named),
        table.facts());
  }

  /** Keeps the numbers of a training, and forgets its weights. */
  private record Trainings(StudyWorker worker, ImmutableMap<String, Arm> arms)
      implements Workers.Worker<Task, Result> {

    @Override
    public Result run(Task task) {
      Arm arm = requireNonNull(arms.get(task.method()));
      StudyRun run = worker.run(new SparsityStudy.Task(arm, task.lambda(), task.repetition()));
      return new Result(
          run.validationAuc(), run.testAuc(), run.training().bestEpoch(), run.sparsity());
    }

    @Override
    public void close() {
      worker.close();
    }
  }

  @Override
  public ImmutableList<Finding> findings(
      ExperimentResults<StudyConfiguration, Task, Result> results) {
    return figure.findings(StudySummary.of(results));
  }
}
