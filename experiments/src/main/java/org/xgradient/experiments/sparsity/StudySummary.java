package org.xgradient.experiments.sparsity;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.sparsity.SparsityExperiment.Result;
import org.xgradient.experiments.sparsity.SparsityExperiment.Task;
import org.xgradient.metrics.PairedDifference;

/**
 * The results of {@link SparsityExperiment} method by method. The weight of a method's prior is the
 * one with the highest mean validation ROC-AUC over the repetitions; of several such the smallest.
 *
 * @param methods the methods, in the order of the configuration
 */
public record StudySummary(ImmutableList<Method> methods) {

  /**
   * A method.
   *
   * @param name its name
   * @param lambda the weight that was chosen; 0 without a prior
   * @param weights what came out with each weight, in the order of the configuration
   */
  public record Method(String name, double lambda, ImmutableList<Weight> weights) {

    /** {@return what came out with the weight that was chosen} */
    public Weight chosen() {
      return weights.stream().filter(weight -> weight.lambda() == lambda).findFirst().orElseThrow();
    }
  }

  /**
   * What came out with a weight of the prior.
   *
   * @param lambda the weight
   * @param validationAuc the validation ROC-AUC of each repetition
   * @param testAuc the test ROC-AUC of each repetition
   * @param sparsity the Gini coefficient of each repetition
   */
  public record Weight(
      double lambda,
      ImmutableDoubleArray validationAuc,
      ImmutableDoubleArray testAuc,
      ImmutableDoubleArray sparsity) {}

  /**
   * Summarises results.
   *
   * @param results the results
   * @return the summary
   */
  public static StudySummary of(ExperimentResults<StudyConfiguration, Task, Result> results) {
    return new StudySummary(
        results.configuration().methods().stream()
            .map(method -> method(results, method))
            .collect(toImmutableList()));
  }

  private static Method method(
      ExperimentResults<StudyConfiguration, Task, Result> results, StudyMethod method) {
    List<Double> lambdas =
        method.isRegularized() ? results.configuration().lambdas() : List.of(0.0);
    ImmutableList<Weight> weights =
        lambdas.stream()
            .map(lambda -> weight(results, method.name(), lambda))
            .collect(toImmutableList());
    Weight best =
        weights.stream()
            .min(
                Comparator.comparingDouble((Weight weight) -> -mean(weight.validationAuc()))
                    .thenComparingDouble(Weight::lambda))
            .orElseThrow();
    return new Method(method.name(), best.lambda(), weights);
  }

  private static Weight weight(
      ExperimentResults<StudyConfiguration, Task, Result> results, String name, double lambda) {
    List<Result> runs = results.of(task -> task.method().equals(name) && task.lambda() == lambda);
    return new Weight(
        lambda,
        ImmutableDoubleArray.copyOf(runs.stream().mapToDouble(Result::validationAuc)),
        ImmutableDoubleArray.copyOf(runs.stream().mapToDouble(Result::testAuc)),
        ImmutableDoubleArray.copyOf(runs.stream().mapToDouble(Result::sparsity)));
  }

  private static double mean(ImmutableDoubleArray values) {
    return values.stream().average().orElseThrow();
  }

  /**
   * Finds a method.
   *
   * @param name its name
   * @return the method; empty if it was not part of the study
   */
  public Optional<Method> method(String name) {
    return methods.stream().filter(method -> method.name().equals(name)).findFirst();
  }

  /**
   * How much better one method is than another, repetition by repetition: on the same rows, from
   * the same seed.
   *
   * @param first the one
   * @param second the other
   * @return the difference of the test ROC-AUC
   */
  public static PairedDifference difference(Method first, Method second) {
    return PairedDifference.of(
        first.chosen().testAuc().toArray(), second.chosen().testAuc().toArray());
  }
}
