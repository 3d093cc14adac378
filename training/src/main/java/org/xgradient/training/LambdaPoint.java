package org.xgradient.training;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Optional;
import org.xgradient.data.SampleMean;
import org.xgradient.training.swap.SwapEffect;

/**
 * What came of one weight of the priors, on the validation data.
 *
 * @param lambda what the weights of the objective's priors were multiplied by, at least 0
 * @param losses the task loss of each validation example
 * @param penalties the penalty of each prior, without its weight
 * @param metric the usual metric of the task
 * @param swap what a swap of the features does that the objective is to be independent of; empty
 *     where it names none
 * @param training the training
 */
public record LambdaPoint(
    double lambda,
    ImmutableDoubleArray losses,
    ImmutableDoubleArray penalties,
    double metric,
    Optional<SwapEffect> swap,
    TrainingResult training) {

  /** {@return the mean task loss} */
  public double loss() {
    return SampleMean.of(losses.toArray()).mean();
  }
}
