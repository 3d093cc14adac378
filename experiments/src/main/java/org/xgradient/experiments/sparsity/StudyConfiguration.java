package org.xgradient.experiments.sparsity;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import java.util.List;

/**
 * The configuration of {@link SparsityExperiment}.
 *
 * @param data the table
 * @param hidden the widths of the hidden layers
 * @param epochs the number of epochs, each one step on all training rows
 * @param learningRate the learning rate of Adam
 * @param trainRows the number of training rows of a repetition
 * @param validationRows the number of validation rows
 * @param repetitions how many splits to train on, at least 2
 * @param seed what initial weights and draws come from, with the number of the repetition
 * @param methods the ways to train
 * @param lambdas the weights of the priors to try; of each method the one with the highest mean
 *     validation ROC-AUC counts
 * @param authorsResults a CSV file with the columns method, rep, val_auc and test_auc to draw
 *     beside; empty for none
 */
public record StudyConfiguration(
    TableSource data,
    List<Integer> hidden,
    int epochs,
    double learningRate,
    int trainRows,
    int validationRows,
    int repetitions,
    long seed,
    List<StudyMethod> methods,
    List<Double> lambdas,
    String authorsResults) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range, or two methods have the same name
   */
  public StudyConfiguration {
    hidden = List.copyOf(hidden);
    methods = List.copyOf(methods);
    lambdas = List.copyOf(lambdas);
    checkArgument(
        repetitions >= 2,
        "\"repetitions\" must be at least 2, so that there is a standard error, found %s",
        repetitions);
    checkArgument(
        trainRows >= 1 && validationRows >= 1,
        "\"trainRows\" and \"validationRows\" must be at least 1, found %s and %s",
        trainRows,
        validationRows);
    checkArgument(!methods.isEmpty(), "\"methods\" must have a method, found none");
    checkArgument(
        methods.stream().map(StudyMethod::name).distinct().count() == methods.size(),
        "\"methods\" must have different names");
    checkArgument(
        !lambdas.isEmpty() && lambdas.stream().allMatch(lambda -> lambda > 0),
        "\"lambdas\" must be positive numbers, at least one, found %s",
        lambdas);
    checkArgument(
        hidden.stream().allMatch(width -> width >= 1),
        "\"hidden\" must be numbers of at least 1, found %s",
        hidden);
  }

  /** {@return how a study trains} */
  StudyOptions options() {
    StudyOptions defaults = StudyOptions.withDefaults();
    return new StudyOptions(
        ImmutableIntArray.copyOf(hidden),
        epochs,
        learningRate,
        defaults.attributionRows(),
        seed,
        1);
  }

  /** {@return the same without what only says which trainings there are, and what is drawn} */
  StudyConfiguration ofOneTraining() {
    return new StudyConfiguration(
        data,
        hidden,
        epochs,
        learningRate,
        trainRows,
        validationRows,
        2,
        seed,
        methods,
        List.of(1.0),
        "");
  }

  /**
   * A method.
   *
   * @param name its name
   * @return the method
   * @throws IllegalArgumentException if there is none of this name
   */
  public StudyMethod method(String name) {
    return methods.stream()
        .filter(method -> method.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no method \"" + name + "\""));
  }
}
