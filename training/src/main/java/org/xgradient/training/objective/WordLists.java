package org.xgradient.training.objective;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.embedding.EmbeddedTexts;

/** Lists of words by their numbers. */
final class WordLists {

  private WordLists() {}

  static void check(ImmutableIntArray words) {
    checkArgument(!words.isEmpty(), "there must be at least one word that must not count");
    checkArgument(
        ImmutableSet.copyOf(words.asList()).size() == words.length(),
        "each word must be named once, found %s",
        words);
  }

  /** {@return 1 where a word of the list is, 0 elsewhere, of shape {@code [batch, steps]}} */
  static Operand<TFloat32> members(Ops tf, EmbeddedTexts texts, ImmutableIntArray words) {
    float[] isMember = new float[texts.whole().network().words()];
    for (int word : words.asList()) {
      checkArgument(
          word >= 0 && word < isMember.length,
          "numbers of words must be in [0, %s), found %s",
          isMember.length,
          word);
      isMember[word] = 1;
    }
    return tf.gather(tf.constant(isMember), texts.tokens(), tf.constant(0));
  }
}
