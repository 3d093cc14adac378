package org.xgradient.attribution;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import org.xgradient.attribution.completeness.IncompleteException;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Finiteness;
import org.xgradient.graph.FixedInputs;
import org.xgradient.graph.Model;
import org.xgradient.graph.rows.RowTrial;

/**
 * Runs an attribution method over data; the only thing that does.
 *
 * <p>The operations are added once for a model, a method and a target, however many attributors are
 * made; a method or a target of one's own should be one object, or a record. Rows are taken in
 * batches, and the points of a {@link PathMethod} in chunks, such that one run keeps within a
 * memory budget; the result does not depend on how, but for the order of summation, and for methods
 * that draw at random, which draw for each batch. Attributions that are exact by proof are held to
 * their sum, which costs nothing, as the output is known. Safe to call from several threads.
 */
public final class Attributor {

  /** How the method is run. */
  interface Run {

    /** {@return the model} */
    BoundModel bound();

    /** {@return whether the target asks for the labels of the examples} */
    boolean needsLabels();

    /**
     * Attributes the target to rows that were checked.
     *
     * @param rows the values that are explained
     * @param labelOfRow the label of each row, if labels are needed
     * @param fixed what is given beside the rows
     */
    Attributions run(FloatArray rows, int[] labelOfRow, FixedInputs fixed);
  }

  private final Run run;
  private final Model model;

  Attributor(Run run) {
    this.run = run;
    this.model = run.bound().model();
  }

  /**
   * Prepares a method with default options: the predicted class is explained, or the only output.
   *
   * @param model the model
   * @param method the method
   * @return the runner
   * @throws org.xgradient.graph.rows.MixedRowsException if the rows of a batch know each other
   * @throws IllegalArgumentException if the method does not apply to the model
   */
  public static Attributor of(BoundModel model, AttributionMethod method) {
    return of(model, method, AttributorOptions.withDefaults());
  }

  /**
   * Prepares a method.
   *
   * @param model the model
   * @param method the method
   * @param options target, budget, seed and progress
   * @return the runner
   * @throws org.xgradient.graph.rows.MixedRowsException if the rows of a batch know each other
   * @throws IllegalArgumentException if the method or the target does not apply to the model
   */
  public static Attributor of(
      BoundModel model, AttributionMethod method, AttributorOptions options) {
    if (method instanceof AdaptiveIntegratedGradients adaptive) {
      return new Attributor(AdaptiveIntegration.Rule.of(model, adaptive, options));
    }
    return new Attributor(
        new BatchedRun(
            PreparedMethod.of(model, method, options.target()),
            method instanceof PathMethod path ? path.points() : 1,
            UnaryOperator.identity(),
            options));
  }

  /**
   * Prepares the choice of the cheapest method that is exact, with default options.
   *
   * @param model the model
   * @return the runner
   */
  public static AutomaticAttributor auto(BoundModel model) {
    return auto(model, AutomaticOptions.withDefaults());
  }

  /**
   * Prepares the choice of the cheapest method that is exact, or as exact as asked for.
   *
   * @param model the model
   * @param options tolerance, baseline and budget
   * @return the runner
   * @throws org.xgradient.graph.rows.MixedRowsException if the rows of a batch know each other
   * @throws IllegalArgumentException if the target does not apply to the model
   */
  public static AutomaticAttributor auto(BoundModel model, AutomaticOptions options) {
    return AutomaticAttributor.of(model, options);
  }

  /**
   * Attributes the target to the inputs.
   *
   * @param rows the inputs, of shape {@code [rows, ...]}, all finite
   * @return the attributions
   * @throws IllegalArgumentException if the inputs are not of the model's shape, a value is not
   *     finite, the memory budget does not hold one batch, or the target needs labels
   * @throws org.xgradient.graph.NotFiniteException if an output or attribution is not finite
   * @throws org.xgradient.graph.rows.MixedRowsException if rows are not proven to stay apart, and
   *     the output of one that is given depends on the others
   * @throws IncompleteException if a method is exact by proof and its attributions don't add up
   * @throws CancellationException if the thread was interrupted
   */
  public Attributions attribute(FloatArray rows) {
    checkArgument(!run.needsLabels(), "the target is a label's; give a label for each row");
    return checked(rows, new int[0], FixedInputs.none());
  }

  /**
   * Attributes the target to the inputs, while other inputs are held fixed.
   *
   * @param rows the values that are explained, of shape {@code [rows, ...]}, all finite
   * @param fixed what is given beside them
   * @return the attributions
   * @throws IllegalArgumentException as {@link #attribute(FloatArray)} does
   * @throws org.xgradient.graph.NotFiniteException if an output or attribution is not finite
   * @throws org.xgradient.graph.rows.MixedRowsException if rows are not proven to stay apart, and
   *     the output of one that is given depends on the others
   * @throws IncompleteException if a method is exact by proof and its attributions don't add up
   * @throws CancellationException if the thread was interrupted
   */
  public Attributions attribute(FloatArray rows, FixedInputs fixed) {
    checkArgument(!run.needsLabels(), "the target is a label's; give a label for each row");
    return checked(rows, new int[0], fixed);
  }

  /**
   * Attributes the logits of labels to the inputs.
   *
   * @param rows the inputs, of shape {@code [rows, ...]}, all finite
   * @param labelOfRow the label of each row, each in {@code [0, outputs)}; of a model with one
   *     output the values are not looked at
   * @return the attributions
   * @throws IllegalArgumentException if the inputs are not of the model's shape, a value is not
   *     finite, there is not one label for each row, a label is out of range, or the target does
   *     not ask for labels
   * @throws org.xgradient.graph.NotFiniteException if an output or attribution is not finite
   * @throws org.xgradient.graph.rows.MixedRowsException if rows are not proven to stay apart, and
   *     the output of one that is given depends on the others
   * @throws IncompleteException if a method is exact by proof and its attributions don't add up
   * @throws CancellationException if the thread was interrupted
   */
  public Attributions attribute(FloatArray rows, int[] labelOfRow) {
    checkArgument(
        run.needsLabels() || model.outputs() == 1,
        "the target does not ask for labels; give none, or take Target.label()");
    checkArgument(
        labelOfRow.length == rows.rows(),
        "there must be one label for each of %s rows, found %s",
        rows.rows(),
        labelOfRow.length);
    for (int i = 0; i < labelOfRow.length && run.needsLabels(); i++) {
      checkArgument(
          labelOfRow[i] >= 0 && labelOfRow[i] < model.outputs(),
          "labels must be in [0, %s), found %s in row %s",
          model.outputs(),
          labelOfRow[i],
          i);
    }
    return checked(rows, labelOfRow, FixedInputs.none());
  }

  private Attributions checked(FloatArray rows, int[] labelOfRow, FixedInputs fixed) {
    check(rows, fixed);
    return run.run(rows, labelOfRow, fixed);
  }

  /** The same of an adaptive rule, with what it took. */
  AdaptiveIntegration.Found measured(FloatArray rows, int[] labelOfRow, FixedInputs fixed) {
    check(rows, fixed);
    return ((AdaptiveIntegration.Rule) run).measured(rows, labelOfRow, fixed);
  }

  private void check(FloatArray rows, FixedInputs fixed) {
    checkArgument(
        rows.shape().length() > 0 && rows.rowShape().equals(model.inputShape()),
        "inputs must be of shape [rows, %s], found %s",
        model.inputShape(),
        rows.shape());
    checkArgument(rows.rows() > 0, "there are no rows to attribute");
    int notFinite = Finiteness.firstNotFinite(rows.values());
    if (notFinite >= 0) {
      throw new IllegalArgumentException(
          "inputs must be finite, found %s in row %s, feature %s"
              .formatted(
                  rows.values()[notFinite],
                  notFinite / rows.rowSize(),
                  notFinite % rows.rowSize()));
    }
    RowTrial.check(run.bound(), rows, fixed);
  }
}
