package org.xgradient.experiments.efficiency;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.xgradient.experiments.Description;
import org.xgradient.experiments.Experiment;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.Finding;
import org.xgradient.experiments.PreparedWork;
import org.xgradient.experiments.Published;
import org.xgradient.experiments.RatioEstimate;
import org.xgradient.experiments.sparsity.StudyMethod;

/**
 * What a training step costs in time and memory, without a prior and with priors on several
 * attribution methods: FAA, App. B.3. Each is measured in a process of its own, in rounds, so that
 * a machine whose speed drifts does not favour one.
 */
public final class EfficiencyExperiment
    implements Experiment<
        EfficiencyConfiguration, EfficiencyExperiment.Task, EfficiencyExperiment.Result> {

  /** FAA, App. B.3: ResNet-50, batches of 2, one A100. */
  private static final String SOURCE = "FAA, App. B.3";

  private static final Published TIME_RATIO = Published.of("time", 1.12 / 0.0086, SOURCE);
  private static final Published MEMORY_RATIO = Published.of("memory", 14.57 / 4.21, SOURCE);

  /** The methods that the published ratios are of. */
  private static final String EXPENSIVE = "EG(32)";

  private static final String CHEAP = "XG";

  /**
   * One measurement.
   *
   * @param network the name of the network
   * @param method the name of the method
   * @param round the number of the round, from 0
   */
  public record Task(String network, String method, int round) {}

  /**
   * What was measured.
   *
   * @param seconds the median time of a step
   * @param peakMegabytes the largest resident memory of the process while it trained, in units of
   *     2^20 bytes; NaN where the system does not tell
   */
  public record Result(double seconds, double peakMegabytes) {}

  @Override
  public Description<EfficiencyConfiguration, Task, Result> description() {
    return new Description<>(
        "efficiency",
        "What a training step costs",
        SOURCE,
        EfficiencyConfiguration.class,
        Task.class,
        Result.class);
  }

  @Override
  public boolean isTimed() {
    return true;
  }

  @Override
  public ImmutableList<Task> tasks(EfficiencyConfiguration configuration) {
    ImmutableList.Builder<Task> tasks = ImmutableList.builder();
    for (int round = 0; round < configuration.rounds(); round++) {
      for (TimedNetwork network : configuration.networks()) {
        for (StudyMethod method : configuration.methods()) {
          tasks.add(new Task(network.name(), method.name(), round));
        }
      }
    }
    return tasks.build();
  }

  @Override
  public PreparedWork<Task, Result> prepare(EfficiencyConfiguration configuration) {
    return new PreparedWork<>(
        () -> task -> new StepMeasurement(configuration, task).measure(),
        ImmutableMap.of(
            "processors", Integer.toString(Runtime.getRuntime().availableProcessors())));
  }

  /**
   * How many times one method takes what another does.
   *
   * @param results the results
   * @param network the name of the network
   * @param method the name of the one method
   * @param other the name of the other
   * @param quantity the time or the memory
   * @return the ratio over the rounds; empty if the quantity is not known
   */
  public Optional<RatioEstimate> ratio(
      ExperimentResults<EfficiencyConfiguration, Task, Result> results,
      String network,
      String method,
      String other,
      ToDoubleFunction<Result> quantity) {
    return RatioEstimate.of(
        values(results, network, method, quantity), values(results, network, other, quantity));
  }

  /**
   * The measurements of a network with a method.
   *
   * @param results the results
   * @param network the name of the network
   * @param method the name of the method
   * @param quantity the time or the memory
   * @return a value for each round
   */
  public double[] values(
      ExperimentResults<EfficiencyConfiguration, Task, Result> results,
      String network,
      String method,
      ToDoubleFunction<Result> quantity) {
    return results.values(
        task -> task.network().equals(network) && task.method().equals(method), quantity);
  }

  @Override
  public ImmutableList<Finding> findings(
      ExperimentResults<EfficiencyConfiguration, Task, Result> results) {
    ImmutableList.Builder<Finding> findings = ImmutableList.builder();
    var names = results.configuration().methods().stream().map(StudyMethod::name).toList();
    if (!names.contains(EXPENSIVE) || !names.contains(CHEAP)) {
      return findings.build();
    }
    for (TimedNetwork network : results.configuration().networks()) {
      ratio(results, network.name(), EXPENSIVE, CHEAP, Result::seconds)
          .map(ratio -> finding(network, "the time", ratio, TIME_RATIO))
          .ifPresent(findings::add);
      ratio(results, network.name(), EXPENSIVE, CHEAP, Result::peakMegabytes)
          .map(ratio -> finding(network, "the peak memory", ratio, MEMORY_RATIO))
          .ifPresent(findings::add);
    }
    return findings.build();
  }

  private static Finding finding(
      TimedNetwork network, String quantity, RatioEstimate ratio, Published published) {
    return ratio.finding(
        "%s: a training step with %s takes".formatted(network.name(), EXPENSIVE),
        "%s of one with %s".formatted(quantity, CHEAP),
        "on ResNet-50 and an A100 (%s)".formatted(published.source()),
        published.value());
  }
}
