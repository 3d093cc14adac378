package org.xgradient.training.optimizer;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Parameter;

/** What the optimizers share. */
public final class Slots {

  private Slots() {}

  /** A variable for each parameter, of its shape. */
  static ImmutableList<Parameter> like(Ops tf, List<Parameter> parameters, String purpose) {
    return parameters.stream()
        .map(
            parameter ->
                Parameter.create(
                    tf,
                    "optimizer." + purpose + "." + parameter.name(),
                    parameter.role(),
                    parameter.shape()))
        .collect(ImmutableList.toImmutableList());
  }

  public static Placeholder<TFloat32> scalar(Ops tf, String name) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }

  static void checkWeightDecay(double weightDecay) {
    checkArgument(
        weightDecay >= 0 && Double.isFinite(weightDecay),
        "the weight decay must be at least 0 and finite, found %s",
        weightDecay);
  }

  /** The gradient of the objective and of half the decay times the squared parameter. */
  static Operand<TFloat32> decayed(
      Ops tf, Parameter parameter, Operand<TFloat32> gradient, double weightDecay) {
    return weightDecay == 0
        ? gradient
        : tf.math.add(gradient, tf.math.mul(parameter.value(), tf.constant((float) weightDecay)));
  }
}
