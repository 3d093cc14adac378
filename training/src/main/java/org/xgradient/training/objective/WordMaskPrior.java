package org.xgradient.training.objective;

import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Target;
import org.xgradient.graph.embedding.EmbeddedTexts;

/**
 * Right for the right reasons, of words: {@code Ω = 1/B Σ_b Σ_t M(w_bt) Σ_d A_btd²}, where {@code
 * A} are the attributions of a random mix of all logits to the embeddings of text {@code b} ({@link
 * Target#randomSigns}; the label's alone would leave the word to the other logits), and {@code M}
 * is 1 for the words that must not count and 0 for the others.
 *
 * @param method what computes the attributions
 * @param words the numbers of the words that must not count
 * @param weight the weight {@code λ}, at least 0 and finite
 */
public record WordMaskPrior(AttributionMethod method, ImmutableIntArray words, double weight)
    implements PriorByExample {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if there is no word, or the weight is negative or not finite
   */
  public WordMaskPrior {
    WeightedPrior.checkWeight(weight);
    WordLists.check(words);
  }

  @Override
  public WordMaskPrior withWeight(double other) {
    return new WordMaskPrior(method, words, other);
  }

  /** {@return 1: that of the gradient} */
  @Override
  public int passes() {
    return 1;
  }

  @Override
  public Operand<TFloat32> perExample(ForwardPass pass) {
    EmbeddedTexts texts = EmbeddedTexts.of(pass);
    var attributions = method.attribute(pass, Target.randomSigns());
    Ops tf = pass.ops().withSubScope("word_mask");
    // [batch, steps]
    var squares = tf.reduceSum(tf.math.square(attributions), tf.constant(2));
    var masked = tf.math.mul(squares, WordLists.members(tf, texts, words));
    return tf.reduceSum(masked, tf.constant(1));
  }
}
