package org.xgradient.attribution.axioms;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.Baseline;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;

/**
 * Holds an attribution method on a model to the axioms of attribution:
 *
 * <pre>{@code
 * Axioms.of(model, new XGradient()).on(rows).assertHolds();
 * }</pre>
 *
 * <p>Nothing but {@link AssertionError} is needed of a test framework.
 *
 * <p>Where an axiom speaks of several functions, they are made from the model: {@code F} computed a
 * second way, {@code 2 F(x) - 3 F(R x)} where {@code R} reverses the order of the features, {@code
 * F} with half of the features multiplied by 0, and {@code F(½ (x + R x))}, which is symmetric in
 * pairs of features. All of them are homogeneous where {@code F} is. A method that draws at random
 * draws anew for each attribution, from the seed of the options.
 *
 * <p>Operations are added when a check first needs them and are used again by later checks, also
 * after the parameters of the model have changed. Not for several threads at a time.
 */
public final class Axioms {

  private static final int DEFAULT_FEATURE_LIMIT = 64;

  private final BoundModel model;
  private final Workbench workbench;
  private final Starts starts;
  private final Tolerances tolerances;
  private final int featureLimit;

  private Axioms(
      BoundModel model,
      Workbench workbench,
      Starts starts,
      Tolerances tolerances,
      int featureLimit) {
    this.model = model;
    this.workbench = workbench;
    this.starts = starts;
    this.tolerances = tolerances;
    this.featureLimit = featureLimit;
  }

  /**
   * Prepares checks with default options for running the method.
   *
   * @param model the model
   * @param method the method
   * @return the checks
   */
  public static Axioms of(BoundModel model, AttributionMethod method) {
    return of(model, method, AttributorOptions.withDefaults());
  }

  /**
   * Prepares checks. Attributions count from the baseline that the method {@linkplain
   * AttributionMethod#completeFrom() says}, or the references of {@link
   * org.xgradient.attribution.ConvergedExpectedGradients}; for other methods, from the zero
   * baseline. The tolerances are {@link Tolerances#of(AttributionMethod)}.
   *
   * @param model the model
   * @param method the method
   * @param options budget and seed
   * @return the checks
   */
  public static Axioms of(BoundModel model, AttributionMethod method, AttributorOptions options) {
    return new Axioms(
        model,
        new Workbench(model, method, options),
        Starts.of(model, method),
        Tolerances.of(method),
        DEFAULT_FEATURE_LIMIT);
  }

  /**
   * The same, counting from another baseline.
   *
   * @param baseline the baseline {@code x'}
   * @return the checks
   */
  public Axioms from(Baseline baseline) {
    var other = Starts.baseline(model, baseline);
    return new Axioms(model, workbench, other, tolerances, featureLimit);
  }

  /**
   * The same, counting from the mean output over references: for Expected Gradients.
   *
   * @param references the references, of shape {@code [references, ...]}, at least one, each as
   *     likely as any other
   * @return the checks
   * @throws IllegalArgumentException if there is no reference, or they are not of the shape of the
   *     inputs
   */
  public Axioms fromReferences(FloatArray references) {
    var other = Starts.references(workbench.model(), references);
    return new Axioms(model, workbench, other, tolerances, featureLimit);
  }

  /**
   * The same with other tolerances.
   *
   * @param tolerances the tolerances
   * @return the checks
   */
  public Axioms withTolerances(Tolerances tolerances) {
    return new Axioms(model, workbench, starts, tolerances, featureLimit);
  }

  /**
   * The same with another limit of the features that {@link Axiom#SENSITIVITY_A} looks at, one run
   * for each: they are evenly spaced where a model has more. The default is 64.
   *
   * @param features the largest number of features, at least 1
   * @return the checks
   * @throws IllegalArgumentException if it is less than 1
   */
  public Axioms withFeatureLimit(int features) {
    checkArgument(features >= 1, "the limit of features must be at least 1, found %s", features);
    return new Axioms(model, workbench, starts, tolerances, features);
  }

  /**
   * Chooses the data, and explains the largest logit of each row.
   *
   * @param rows the inputs, of shape {@code [rows, ...]}, at least one, all finite
   * @return the checks on these rows
   * @throws IllegalArgumentException if the inputs are not of the model's shape, or there is none
   */
  public AxiomCheck on(FloatArray rows) {
    checkRows(rows);
    return on(rows, workbench.predicted(rows));
  }

  /**
   * Chooses the data and the logits to explain.
   *
   * @param rows the inputs, of shape {@code [rows, ...]}, at least one, all finite
   * @param labelOfRow the logit to explain for each row, in {@code [0, outputs)}
   * @return the checks on these rows
   * @throws IllegalArgumentException if the inputs are not of the model's shape, there is none, or
   *     there is not one label in range for each row
   */
  public AxiomCheck on(FloatArray rows, int... labelOfRow) {
    checkRows(rows);
    checkArgument(
        labelOfRow.length == rows.rows(),
        "there must be one label for each of %s rows, found %s",
        rows.rows(),
        labelOfRow.length);
    for (int label : labelOfRow) {
      checkArgument(
          label >= 0 && label < workbench.model().outputs(),
          "labels must be in [0, %s), found %s",
          workbench.model().outputs(),
          label);
    }
    return new AxiomCheck(
        new AxiomSubject(
            workbench, starts.of(rows), rows, ImmutableIntArray.copyOf(labelOfRow), featureLimit),
        tolerances);
  }

  private void checkRows(FloatArray rows) {
    var inputShape = workbench.model().inputShape();
    checkArgument(
        rows.shape().length() > 0 && rows.rowShape().equals(inputShape),
        "inputs must be of shape [rows, %s], found %s",
        inputShape,
        rows.shape());
    checkArgument(rows.rows() > 0, "there are no rows to check axioms on");
  }
}
