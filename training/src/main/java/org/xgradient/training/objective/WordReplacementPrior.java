package org.xgradient.training.objective;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.StatelessRandom;
import org.xgradient.graph.embedding.EmbeddedNetwork;
import org.xgradient.graph.embedding.EmbeddedTexts;

/**
 * A demand that outputs do not depend on which word of a list a text has: {@code Ω = 1/B Σ_b Σ_c
 * (F_c(x_b) - F_c(x_b'))²}, where in {@code x_b'} every word of the list is replaced by one that is
 * drawn from the list and a blank, the word itself among them, anew in each step. Both texts meet
 * the same dropout masks.
 *
 * @param words the numbers of the words of the list
 * @param weight the weight {@code λ}, at least 0 and finite
 */
public record WordReplacementPrior(ImmutableIntArray words, double weight)
    implements PriorByExample {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if there is no word, or the weight is negative or not finite
   */
  public WordReplacementPrior {
    WeightedPrior.checkWeight(weight);
    WordLists.check(words);
  }

  @Override
  public WordReplacementPrior withWeight(double other) {
    return new WordReplacementPrior(words, other);
  }

  /** {@return 1: that of the text with other words} */
  @Override
  public int passes() {
    return 1;
  }

  @Override
  public Operand<TFloat32> perExample(ForwardPass pass) {
    EmbeddedTexts texts = EmbeddedTexts.of(pass);
    Ops tf = pass.ops().withSubScope("word_replacement");
    int[] others = Arrays.copyOf(words.toArray(), words.length() + 1);
    others[words.length()] = EmbeddedNetwork.BLANK;
    var drawn =
        StatelessRandom.uniformInt(
            tf,
            pass.seed(),
            "word replacement",
            tf.shape(texts.tokens()),
            tf.constant(others.length));
    var replacements =
        tf.dtypes.cast(tf.gather(tf.constant(others), drawn, tf.constant(0)), TFloat32.class);
    var members = WordLists.members(tf, texts, words);
    var own = tf.dtypes.cast(texts.tokens(), TFloat32.class);
    // w + m (w' - w)
    var changed = tf.math.add(own, tf.math.mul(members, tf.math.sub(replacements, own)));
    var logits = texts.whole().logits(changed, pass.mode());
    return tf.reduceSum(tf.math.squaredDifference(logits, pass.logits()), tf.constant(1));
  }
}
