package org.xgradient.graph.gradient;

import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A ReLU whose gradient looks at its result, which the next layer keeps anyhow.
 *
 * <p>TensorFlow's C++ gradient of {@code Relu} looks at what came in, so that both stay in memory
 * until the gradient has been there. It can't be replaced. So an {@code IdentityN} passes on the
 * result and, for its gradient alone, what came in: {@code dx = dy [y > 0]}, and nothing through
 * the {@code Relu}.
 */
public final class Rectifier {

  private Rectifier() {}

  /**
   * Adds {@code max(x, 0)}.
   *
   * @param tf the operations of the graph
   * @param x the operand, of any shape
   * @return the result, of the shape of {@code x}
   */
  public static Operand<TFloat32> of(Ops tf, Operand<TFloat32> x) {
    return tf.identityN(List.of(tf.nn.relu(x), x)).output().get(0).expect(TFloat32.class);
  }

  /** {@return whether an {@code IdentityN} passes on a {@code Relu} and what it is of} */
  static boolean is(GraphOperation identities) {
    return identities.numInputs() == 2
        && identities.input(0).op() instanceof GraphOperation relu
        && relu.type().equals("Relu")
        && relu.input(0).equals(identities.input(1));
  }

  /** The gradients of the two inputs, of which only the first output is used. */
  static List<Operand<?>> gradients(Ops tf, GraphOperation identities, List<Output<?>> v) {
    Operand<TFloat32> result = RawOps.typed(identities.input(0));
    return List.of(NoGradient.NONE, tf.nn.reluGrad(RawOps.typed(v.get(0)), result));
  }
}
