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
 * the {@code Relu}, with respect to whose own output there is no gradient then.
 */
public final class Rectifier {

  static final String IDENTITIES = "IdentityN";

  private Rectifier() {}

  /**
   * Adds {@code max(x, 0)}.
   *
   * @param tf the operations of the graph
   * @param x the operand, of any shape
   * @return the result, of the shape of {@code x}
   */
  public static Operand<TFloat32> of(Ops tf, Operand<TFloat32> x) {
    if (!GradientRegistry.isOwn(IDENTITIES)) {
      // On Windows, where TensorFlow takes no gradients from Java.
      return tf.nn.relu(x);
    }
    return tf.identityN(List.of(tf.nn.relu(x), x)).output().get(0).expect(TFloat32.class);
  }

  /**
   * Whether an {@code IdentityN} passes on the {@code Relu} of a tensor and that tensor, and
   * nothing arrives at the latter: TensorFlow puts zeros there.
   */
  static boolean is(GraphOperation identities, List<Output<?>> v) {
    return identities.numInputs() == 2
        && v.get(1).op().type().equals("ZerosLike")
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
