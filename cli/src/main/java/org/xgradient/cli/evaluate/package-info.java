/**
 * Judges attribution methods on the rows of a table or on images: scores, curves, and a report.
 *
 * <p>A {@link org.xgradient.cli.evaluate.PlannedEvaluation} of methods on a {@link
 * org.xgradient.cli.evaluate.Subject} becomes an {@link org.xgradient.cli.evaluate.Evaluation} by
 * an {@link org.xgradient.cli.evaluate.Evaluator}, and {@link
 * org.xgradient.cli.evaluate.EvaluationFiles} writes it.
 */
@NullMarked
package org.xgradient.cli.evaluate;

import org.jspecify.annotations.NullMarked;
