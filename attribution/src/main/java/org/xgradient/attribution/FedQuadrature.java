package org.xgradient.attribution;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Target;

/**
 * Integrated Gradients whose quadrature is fed with each run, so that any number of steps is one
 * graph.
 */
final class FedQuadrature {

  private final PreparedMethod prepared;
  private final Method method;

  private FedQuadrature(BoundModel bound, Baseline baseline, Target target) {
    var tf = bound.model().ops().withSubScope("quadrature");
    var perPoint = Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE));
    method =
        new Method(
            baseline,
            tf.withName("nodes").placeholder(TFloat32.class, perPoint),
            tf.withName("weights").placeholder(TFloat32.class, perPoint));
    prepared = PreparedMethod.of(bound, method, target);
  }

  static FedQuadrature of(BoundModel bound, Baseline baseline, Target target) {
    return bound
        .session()
        .once(
            FedQuadrature.class,
            List.of(bound.model(), baseline, target),
            () -> new FedQuadrature(bound, baseline, target));
  }

  /** The runner of some rule. */
  Attributor attributor(Quadrature quadrature, AttributorOptions options) {
    FloatArray nodes = floats(quadrature.nodes());
    FloatArray weights = floats(quadrature.weights());
    return new Attributor(
        new BatchedRun(
            prepared,
            quadrature.points(),
            feeds -> feeds.with(method.nodes(), nodes).with(method.weights(), weights),
            options));
  }

  private static FloatArray floats(ImmutableDoubleArray values) {
    return FloatArray.of(IntegratedGradients.floats(values), values.length());
  }

  /** The method, whose number of points is known when it is run. */
  private record Method(Baseline baseline, Operand<TFloat32> nodes, Operand<TFloat32> weights)
      implements PathMethod {

    @Override
    public int points() {
      throw new IllegalStateException("the number of points is fed");
    }

    @Override
    public Optional<Baseline> completeFrom() {
      return Optional.of(baseline);
    }

    @Override
    public Operand<TFloat32> contribution(
        ForwardPass pass, Operand<TFloat32> coefficients, PointChunk chunk) {
      return IntegratedGradients.contribution(pass, coefficients, chunk, baseline, nodes, weights);
    }
  }
}
