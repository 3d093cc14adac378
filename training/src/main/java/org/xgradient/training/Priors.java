package org.xgradient.training;

import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;

/**
 * The priors of the literature.
 *
 * <p>In the formulas \(A_{bi}\) is the attribution of feature \(i\) of example \(b\), \(B\) the
 * size of the batch, \(n\) the number of features, and \(a_i = \frac1B \sum_b |A_{bi}|\). FAA is
 * Hesse, Schaub-Meyer and Roth (2021), EG is Erion et al. (2021).
 */
public final class Priors {

  private Priors() {}

  /**
   * Sparsity: the negative Gini coefficient of the features' mean absolute attributions, \(\Omega =
   * -\sum_{ij} |a_i - a_j| / (2 n \sum_i a_i)\), in \([-1, 0]\); 0 where all attributions are 0.
   *
   * <p>Computed from sorted values in \(O(n \log n)\): \(\sum_{ij} |a_i - a_j| = 2 \sum_i (2 r_i -
   * n - 1) a_i\), where \(r_i\) is the rank of \(a_i\) and locally constant.
   *
   * <p>This is what the authors of FAA compute and their weights belong to. FAA, Sec. 4.3, prints
   * the size of the batch in place of \(2 n\); EG prints twice the coefficient.
   *
   * @return the prior
   */
  public static Prior gini() {
    return GiniPrior::penalty;
  }

  /**
   * Smoothness of the attributions of images: total variation, \(\Omega = \frac1B \sum_b \sum
   * |A_{b,y+1,x,c} - A_{b,y,x,c}| + |A_{b,y,x+1,c} - A_{b,y,x,c}|\) over neighbouring pixels. The
   * code of EG takes this mean over the batch; the paper the sum.
   *
   * @return the prior; it throws {@code IllegalArgumentException} for attributions that are not of
   *     shape {@code [batch, height, width, channels]}
   */
  public static Prior totalVariation() {
    return TotalVariation::penalty;
  }

  /**
   * Smoothness over a graph of features: \(\Omega = a^\top L a\). With the Laplacian \(L = D - W\)
   * of a graph with weights \(W\) this is half the sum of \(W_{ij} (a_i - a_j)^2\) over all ordered
   * pairs (EG, graph prior).
   *
   * @param laplacian the matrix \(L\), of shape {@code [features, features]}, symmetric
   * @return the prior; it throws {@code IllegalArgumentException} for another number of features
   * @throws IllegalArgumentException if the matrix is not square and symmetric
   */
  public static Prior laplacian(FloatArray laplacian) {
    return LaplacianPrior.of(laplacian);
  }

  /**
   * Right for the right reasons: \(\Omega = \frac1B \sum_b \sum_i (M_i A_{bi})^2\), with \(M_i\) =
   * 1 for features that should have no attribution and 0 for the others. Ross, Hughes and
   * Doshi-Velez (2017), Eq. 1, have the sum over the batch, and a mask for each example.
   *
   * @param mask the mask \(M\), of the shape of one example
   * @return the prior; it throws {@code IllegalArgumentException} for examples of another shape
   */
  public static Prior mask(FloatArray mask) {
    return new MaskPrior(mask);
  }

  /**
   * The mean absolute attribution: \(\Omega = \frac1n \sum_i a_i\).
   *
   * @return the prior
   */
  public static Prior l1() {
    return (tf, attributions) -> mean(tf, MeanAbsolute.of(tf, attributions));
  }

  /**
   * The Euclidean norm of the features' mean absolute attributions: \(\Omega = (\sum_i
   * a_i^2)^{1/2}\); at 0 its gradient is taken as 0.
   *
   * @return the prior
   */
  public static Prior l2() {
    return (tf, attributions) -> {
      var squares = tf.math.square(MeanAbsolute.of(tf, attributions));
      return SafeRoot.of(tf, tf.reduceSum(squares, tf.constant(0)));
    };
  }

  /**
   * Sparsity of groups of features, such as the columns of a one-hot encoding: \(\Omega = \sum_g
   * \sqrt{|g|}\, (\sum_{i \in g} a_i^2)^{1/2}\), the group lasso of Yuan and Lin (2006) on the mean
   * absolute attributions. The gradient of the norm of a group of zeros is taken as 0.
   *
   * @param groups the indices of the features of each group, in the row-major order of an example;
   *     a feature may be in several groups or in none
   * @return the prior; it throws {@code IllegalArgumentException} where there is no such feature
   * @throws IllegalArgumentException if there is no group, or one is empty or names a feature twice
   */
  public static Prior groups(List<ImmutableIntArray> groups) {
    return GroupPrior.of(groups);
  }

  private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> values) {
    return tf.math.mean(values, tf.constant(0));
  }
}
