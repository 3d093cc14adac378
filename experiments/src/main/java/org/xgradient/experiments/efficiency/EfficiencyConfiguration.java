package org.xgradient.experiments.efficiency;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import org.xgradient.experiments.sparsity.StudyMethod;

/**
 * The configuration of {@link EfficiencyExperiment}.
 *
 * @param networks the networks
 * @param methods the ways to train; times and memory are compared with those of the method named in
 *     {@code comparedWith}
 * @param comparedWith the name of a method
 * @param rounds how often each is measured, each time in a process of its own, at least 2
 * @param warmUpSteps the steps of a process that are not timed, at least 1
 * @param steps the steps that are timed, at least 1; the median counts
 * @param memoryBudgetMegabytes what the values of one run may take; a step that needs more is done
 *     in parts
 * @param seed what the data and the initial weights come from
 */
public record EfficiencyConfiguration(
    List<TimedNetwork> networks,
    List<StudyMethod> methods,
    String comparedWith,
    int rounds,
    int warmUpSteps,
    int steps,
    int memoryBudgetMegabytes,
    long seed) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range, or there is no method to compare with
   */
  public EfficiencyConfiguration {
    networks = List.copyOf(networks);
    methods = List.copyOf(methods);
    checkArgument(!networks.isEmpty(), "\"networks\" must have a network, found none");
    checkArgument(
        networks.stream().map(TimedNetwork::name).distinct().count() == networks.size(),
        "\"networks\" must have different names");
    checkArgument(
        methods.stream().map(StudyMethod::name).distinct().count() == methods.size(),
        "\"methods\" must have different names");
    checkArgument(
        methods.stream().anyMatch(method -> method.name().equals(comparedWith)),
        "\"comparedWith\" must be the name of a method, found \"%s\"",
        comparedWith);
    checkArgument(
        rounds >= 2,
        "\"rounds\" must be at least 2, so that there is a confidence interval, found %s",
        rounds);
    checkArgument(
        warmUpSteps >= 1 && steps >= 1,
        "\"warmUpSteps\" and \"steps\" must be at least 1, found %s and %s",
        warmUpSteps,
        steps);
    checkArgument(
        memoryBudgetMegabytes >= 1,
        "\"memoryBudgetMegabytes\" must be at least 1, found %s",
        memoryBudgetMegabytes);
  }
}
