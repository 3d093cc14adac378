package org.xgradient.training.objective;

import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;

/**
 * The priors of the literature.
 *
 * <p>In the formulas {@code A_bi} is the attribution of feature {@code i} of example {@code b},
 * {@code B} the size of the batch, {@code n} the number of features, and {@code a_i = 1/B Σ_b
 * |A_bi|}. FAA is Hesse, Schaub-Meyer and Roth (2021), EG is Erion et al. (2021).
 */
public final class Priors {

  private Priors() {}

  /**
   * Sparsity: the negative Gini coefficient of the features' mean absolute attributions, {@code Ω =
   * -Σ_ij |a_i - a_j| / (2 n Σ_i a_i)}, in {@code [-1, 0]}; 0 where all attributions are 0.
   *
   * <p>Computed from sorted values in {@code O(n log n)}: {@code Σ_ij |a_i - a_j| = 2 Σ_i (2 r_i -
   * n - 1) a_i}, where {@code r_i} is the rank of {@code a_i} and locally constant.
   *
   * <p>This is what the authors of FAA compute and their weights belong to. FAA, Sec. 4.3, prints
   * the size of the batch in place of {@code 2 n}; EG prints twice the coefficient.
   *
   * @return the prior
   */
  public static Prior gini() {
    return GiniPrior::penalty;
  }

  /**
   * Smoothness of the attributions of images: total variation, {@code Ω = 1/B Σ_b Σ |A[b, y+1, x,
   * c] - A[b, y, x, c]| + |A[b, y, x+1, c] - A[b, y, x, c]|} over neighbouring pixels. The code of
   * EG takes this mean over the batch; the paper the sum.
   *
   * @return the prior; it throws {@code IllegalArgumentException} for attributions that are not of
   *     shape {@code [batch, height, width, channels]}
   */
  public static Prior totalVariation() {
    return TotalVariation::penalty;
  }

  /**
   * Smoothness over a graph of features: {@code Ω = aᵀ L a}. With the Laplacian {@code L = D - W}
   * of a graph with weights {@code W} this is half the sum of {@code W_ij (a_i - a_j)²} over all
   * ordered pairs (EG, graph prior).
   *
   * @param laplacian the matrix {@code L}, of shape {@code [features, features]}, symmetric
   * @return the prior; it throws {@code IllegalArgumentException} for another number of features
   * @throws IllegalArgumentException if the matrix is not square and symmetric
   */
  public static Prior laplacian(FloatArray laplacian) {
    return LaplacianPrior.of(laplacian);
  }

  /**
   * Right for the right reasons: {@code Ω = 1/B Σ_b Σ_i (M_i A_bi)²}, with {@code M_i} = 1 for
   * features that should have no attribution and 0 for the others. Ross, Hughes and Doshi-Velez
   * (2017), Eq. 1, have the sum over the batch, and a mask for each example.
   *
   * @param mask the mask {@code M}, of the shape of one example
   * @return the prior; it throws {@code IllegalArgumentException} for examples of another shape
   */
  public static Prior mask(FloatArray mask) {
    return new MaskPrior(mask);
  }

  /**
   * The mean absolute attribution: {@code Ω = 1/n Σ_i a_i}.
   *
   * @return the prior
   */
  public static Prior l1() {
    return (tf, attributions) -> mean(tf, MeanAbsolute.of(tf, attributions));
  }

  /**
   * The Euclidean norm of the features' mean absolute attributions: {@code Ω = (Σ_i a_i²)^(1/2)};
   * at 0 its gradient is taken as 0.
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
   * Sparsity of groups of features, such as the columns of a one-hot encoding: {@code Ω = Σ_g
   * √(|g|) (Σ_(i ∈ g) a_i²)^(1/2)}, the group lasso of Yuan and Lin (2006) on the mean absolute
   * attributions. The gradient of the norm of a group of zeros is taken as 0.
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
