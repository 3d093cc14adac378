package org.xgradient.training.objective;

import static com.google.common.base.Preconditions.checkArgument;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.data.Task;

/** What a model should make small on its training data; an interface where users plug in theirs. */
@FunctionalInterface
public interface Loss {

  /**
   * Adds the operations that compute the loss of each example.
   *
   * @param tf the operations of the graph
   * @param logits the logits, of shape {@code [batch, outputs]}
   * @param labels the labels, of shape {@code [batch]}
   * @return the losses, of shape {@code [batch]}
   * @throws IllegalArgumentException if the loss does not apply to so many outputs
   */
  Operand<TFloat32> perExample(Ops tf, Operand<TFloat32> logits, Operand<TFloat32> labels);

  /**
   * Binary cross-entropy of one logit {@code z} and a label {@code y}: {@code -y log σ(z) - (1 - y)
   * log(1 - σ(z))}. Labels are 0 or 1, or probabilities between.
   *
   * @return the loss; it throws {@code IllegalArgumentException} for a model with several logits
   */
  static Loss binaryCrossEntropy() {
    return (tf, logits, labels) -> {
      var z = only(tf, logits, "binary cross-entropy");
      // y softplus(-z) + (1 - y) softplus(z): no overflow, and the right gradient at 0, where that
      // of the usual form with max(z, 0) and |z| is not
      return tf.math.add(
          tf.math.mul(labels, tf.math.softplus(tf.math.neg(z))),
          tf.math.mul(tf.math.sub(tf.constant(1f), labels), tf.math.softplus(z)));
    };
  }

  /**
   * Cross-entropy of the softmax of the logits: {@code -log p_y}. Labels are class indices; one
   * outside {@code [0, outputs)} gives a loss of 0.
   *
   * @return the loss
   */
  static Loss softmaxCrossEntropy() {
    return (tf, logits, labels) -> {
      // Not the sparse operation, whose gradient has none of its own.
      var classes = tf.dtypes.cast(labels, TInt32.class);
      int outputs = Math.toIntExact(logits.shape().get(1));
      var truth = tf.oneHot(classes, tf.constant(outputs), tf.constant(1f), tf.constant(0f));
      var chosen = tf.math.mul(truth, tf.nn.logSoftmax(logits));
      return tf.math.neg(tf.reduceSum(chosen, tf.constant(1)));
    };
  }

  /**
   * The squared error of the only output: {@code (F(x) - y)²}.
   *
   * @return the loss; it throws {@code IllegalArgumentException} for a model with several outputs
   */
  static Loss squaredError() {
    return (tf, logits, labels) ->
        tf.math.square(tf.math.sub(only(tf, logits, "the squared error"), labels));
  }

  /**
   * The usual loss of a task: binary cross-entropy, softmax cross-entropy or the squared error.
   *
   * @param task the task
   * @return the loss
   */
  static Loss of(Task task) {
    return switch (task) {
      case BINARY -> binaryCrossEntropy();
      case MULTICLASS -> softmaxCrossEntropy();
      case REGRESSION -> squaredError();
    };
  }

  private static Operand<TFloat32> only(Ops tf, Operand<TFloat32> logits, String loss) {
    long outputs = logits.shape().get(1);
    checkArgument(outputs == 1, "%s needs a model with one output, found %s", loss, outputs);
    return tf.reshape(logits, tf.constant(new int[] {-1}));
  }
}
