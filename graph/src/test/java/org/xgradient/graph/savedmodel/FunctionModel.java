package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.function.BiFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Shapes;

/** A model by any function of operations. */
public record FunctionModel(
    Ops ops,
    ImmutableIntArray inputShape,
    int outputs,
    BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> function)
    implements Model {

  @Override
  public ImmutableList<Parameter> parameters() {
    return ImmutableList.of();
  }

  @Override
  public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
    return function.apply(ops, inputs);
  }

  /** A forward pass of a function, whose inputs are a placeholder of a fixed batch. */
  public static ForwardPass pass(
      Ops tf,
      int rows,
      ImmutableIntArray example,
      BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> function) {
    var shape = ImmutableIntArray.builder().add(rows).addAll(example).build();
    var x = tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shapes.of(shape)));
    return new FunctionModel(tf, example, 1, function).forward(x);
  }
}
