package org.xgradient.experiments.efficiency;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.xgradient.data.Dataset;
import org.xgradient.experiments.ExperimentJson;
import org.xgradient.experiments.sparsity.StudyMethod;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.runtime.ResidentMemory;
import org.xgradient.training.EpochRecord;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.optimizer.Adam;
import org.xgradient.training.optimizer.LearningRateSchedule;

/**
 * Measures the training steps of one network with one method. Started in a process of its own, so
 * that the peak of its memory is that of these steps.
 *
 * @param configuration how to measure
 * @param task what to measure
 */
record StepMeasurement(EfficiencyConfiguration configuration, EfficiencyExperiment.Task task) {

  /** So small that random weights stay as they are; the time does not depend on it. */
  private static final double LEARNING_RATE = 1e-12;

  private static final long MEGABYTE = 1L << 20;

  /**
   * Measures, in this process.
   *
   * @param args a file with a measurement as JSON, and one to write the result to
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    checkArgument(args.length == 2, "there must be 2 files, found %s", List.of(args));
    StepMeasurement measurement =
        ExperimentJson.read(Files.readString(Path.of(args[0])), StepMeasurement.class);
    Files.writeString(Path.of(args[1]), ExperimentJson.write(measurement.measureHere()));
  }

  /** Starts a process that measures, and waits for it. */
  EfficiencyExperiment.Result measure() {
    try {
      Path directory = Files.createTempDirectory("xgradient-efficiency");
      Path question = directory.resolve("measurement.json");
      Path answer = directory.resolve("result.json");
      try {
        Files.writeString(question, ExperimentJson.write(this));
        run(question, answer);
        return ExperimentJson.read(Files.readString(answer), EfficiencyExperiment.Result.class);
      } finally {
        Files.deleteIfExists(question);
        Files.deleteIfExists(answer);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new IllegalStateException("a step cannot be measured: " + e.getMessage(), e);
    }
  }

  private static void run(Path question, Path answer) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-cp", classPath()));
    command.add(StepMeasurement.class.getName());
    command.addAll(List.of(question.toString(), answer.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException("the process that measures ended with code " + code);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a process measures", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Where this process has its classes from, whether they are modules or not. */
  private static String classPath() {
    return Stream.of("java.class.path", "jdk.module.path")
        .map(System::getProperty)
        .filter(path -> path != null && !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private EfficiencyExperiment.Result measureHere() {
    StudyMethod method =
        configuration.methods().stream()
            .filter(candidate -> candidate.name().equals(task.method()))
            .findFirst()
            .orElseThrow();
    TimedNetwork network =
        configuration.networks().stream()
            .filter(candidate -> candidate.name().equals(task.network()))
            .findFirst()
            .orElseThrow();
    Dataset data = network.data(configuration.seed());
    try (GraphSession session = GraphSession.open()) {
      var model = network.network(method.biases()).build(session, configuration.seed());
      Trainer trainer = Trainer.of(model, objective(method, data), Adam.withDefaults());
      ResidentMemory.resetPeak();
      var training =
          trainer.fit(
              data,
              TrainingOptions.withDefaults()
                  .withEpochs(configuration.warmUpSteps() + configuration.steps())
                  .withSchedule(LearningRateSchedule.constant(LEARNING_RATE))
                  .withMemoryBudget(configuration.memoryBudgetMegabytes() * MEGABYTE)
                  .withSeed(configuration.seed()));
      ImmutableList<EpochRecord> steps = training.history();
      OptionalLong peak = ResidentMemory.peakMegabytes();
      return new EfficiencyExperiment.Result(
          new Median()
              .evaluate(
                  steps.subList(configuration.warmUpSteps(), steps.size()).stream()
                      .mapToDouble(EpochRecord::seconds)
                      .toArray()),
          peak.isPresent() ? peak.getAsLong() : Double.NaN);
    }
  }

  private static Objective objective(StudyMethod method, Dataset data) {
    Loss loss = Loss.of(data.task());
    return method
        .arm()
        .regularizer()
        .map(
            regularizer ->
                Objective.of(
                    loss, AttributionPrior.of(regularizer.method(), regularizer.prior(), 1)))
        .orElseGet(() -> Objective.of(loss));
  }
}
