package org.xgradient.data.image;

import static com.google.common.base.Preconditions.checkArgument;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.xgradient.data.Batch;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;

/**
 * Mixes each example of a batch with another one of it: {@code w x + (1 - w) x'}, to be trained
 * with the loss {@code w L(y) + (1 - w) L(y')}. One weight w is drawn for the batch from
 * Beta(alpha, alpha), as in the authors' code.
 *
 * @param alpha the strength, above 0; 0.2 for ResNet-50 on ImageNet in the paper below, 0.7 for
 *     Fixup networks on ImageNet by default of their authors' code
 * @see <a href="https://arxiv.org/abs/1710.09412">Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: Beyond
 *     Empirical Risk Minimization", ICLR 2018</a>
 */
public record Mixup(double alpha) {

  /**
   * Checks the strength.
   *
   * @throws IllegalArgumentException if it is not above 0 and finite
   */
  public Mixup {
    checkArgument(
        alpha > 0 && Double.isFinite(alpha), "alpha must be above 0 and finite, found %s", alpha);
  }

  /**
   * A mixed batch.
   *
   * @param inputs the mixed examples
   * @param labels the labels of the examples that count with the weight
   * @param otherLabels the labels of the examples that count with 1 - weight
   * @param weight the weight, in [0, 1]
   */
  public record Mixed(
      FloatArray inputs, FloatArray labels, FloatArray otherLabels, double weight) {}

  /**
   * Mixes a batch.
   *
   * @param batch examples of any shape, left as they are
   * @param seed the same seed draws the same weight and partners
   * @return the mixed batch
   */
  public Mixed apply(Batch batch, long seed) {
    DataRandom random = new DataRandom(seed);
    double weight =
        new BetaDistribution(null, alpha, alpha).inverseCumulativeProbability(random.nextDouble());
    int[] partners = random.permutation(batch.size());
    float[] values = batch.inputs().values();
    float[] others = batch.inputs().gather(partners).values();
    for (int i = 0; i < values.length; i++) {
      others[i] = (float) (weight * values[i] + (1 - weight) * others[i]);
    }
    return new Mixed(
        FloatArray.of(others, batch.inputs().shape().toArray()),
        batch.labels(),
        batch.labels().gather(partners),
        weight);
  }
}
