package org.xgradient.metrics;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;

/** One logit: the sum of the features times weights. */
public final class LinearModel implements Model, BoundModel {

  private final GraphSession session;
  private final Ops ops;
  private final float[] weights;

  public LinearModel(GraphSession session, float... weights) {
    this.session = session;
    this.ops = session.ops();
    this.weights = weights;
  }

  @Override
  public GraphSession session() {
    return session;
  }

  @Override
  public Model model() {
    return this;
  }

  @Override
  public Ops ops() {
    return ops;
  }

  @Override
  public ImmutableIntArray inputShape() {
    return ImmutableIntArray.of(weights.length);
  }

  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public ImmutableList<Parameter> parameters() {
    return ImmutableList.of();
  }

  @Override
  public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
    var column = ops.reshape(ops.constant(weights), ops.constant(new int[] {weights.length, 1}));
    return ops.linalg.matMul(inputs, column);
  }
}
