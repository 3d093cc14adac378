package org.xgradient.benchmarks.campaign.prove;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;

/** An expression as a model, of which each number is an output. */
record ExpressionModel(Ops ops, DrawnExpression expression) implements Model {

  @Override
  public ImmutableIntArray inputShape() {
    return ImmutableIntArray.of(DrawnExpression.WIDTH);
  }

  @Override
  public int outputs() {
    return DrawnExpression.WIDTH;
  }

  @Override
  public ImmutableList<Parameter> parameters() {
    return ImmutableList.of();
  }

  @Override
  public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
    return expression.inGraph(ops, inputs);
  }
}
