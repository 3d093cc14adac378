package org.xgradient.training.objective;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Priors on the words of texts. In the formulas {@code w_bt = Σ_d A_btd} is what word {@code t} of
 * text {@code b} adds to the output: its attributions summed over its embedding.
 */
public final class WordPriors {

  private WordPriors() {}

  /**
   * Few words of each text: the negative concentration {@code Ω = -1/B Σ_b Σ_t w_bt² / (Σ_t
   * |w_bt|)²}, in {@code [-1, 0]}: -1 where one word has all, {@code -1/n} where n words have as
   * much; 0 for a text without attributions. Padding adds nothing.
   *
   * @return the prior; it throws {@code IllegalArgumentException} for attributions that are not of
   *     shape {@code [batch, steps, dimension]}
   */
  public static Prior concentration() {
    return WordPriors::concentration;
  }

  /**
   * Little of each text: the sum of absolute contributions, {@code Ω = 1/B Σ_b Σ_t |w_bt|}.
   *
   * @return the prior; it throws {@code IllegalArgumentException} for attributions that are not of
   *     shape {@code [batch, steps, dimension]}
   */
  public static Prior l1() {
    return (tf, attributions) ->
        tf.math.mean(
            tf.reduceSum(tf.math.abs(words(tf, attributions)), tf.constant(1)), tf.constant(0));
  }

  private static Operand<TFloat32> concentration(Ops graph, Operand<TFloat32> attributions) {
    Ops tf = graph.withSubScope("concentration");
    var words = words(tf, attributions);
    var squares = tf.reduceSum(tf.math.square(words), tf.constant(1));
    var sum = tf.reduceSum(tf.math.abs(words), tf.constant(1));
    var ratio = tf.math.divNoNan(squares, tf.math.square(sum));
    return tf.math.neg(tf.math.mean(ratio, tf.constant(0)));
  }

  private static Operand<TFloat32> words(Ops tf, Operand<TFloat32> attributions) {
    int rank = attributions.shape().numDimensions();
    if (rank != 3) {
      throw new IllegalArgumentException(
          "the attributions must be of shape [batch, steps, dimension], found "
              + attributions.shape());
    }
    return tf.reduceSum(attributions, tf.constant(2));
  }
}
