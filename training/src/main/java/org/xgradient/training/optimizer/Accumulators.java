package org.xgradient.training.optimizer;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.Parameter;

/** Variables in which gradients are summed over several runs. */
public final class Accumulators {

  private final ImmutableList<Parameter> parameters;
  private final ImmutableList<Parameter> sums;

  public Accumulators(Ops tf, ImmutableList<Parameter> parameters) {
    this.parameters = parameters;
    sums = Slots.like(tf, parameters, "gradient");
  }

  /** {@return the sums, in the order of the parameters} */
  public ImmutableList<Operand<TFloat32>> values() {
    return sums.stream().map(Parameter::value).collect(ImmutableList.toImmutableList());
  }

  /** {@return the operations that set all sums to zero} */
  public ImmutableList<Op> reset(Ops tf) {
    ImmutableList.Builder<Op> resets = ImmutableList.builder();
    for (Parameter sum : sums) {
      var zeros = tf.fill(tf.constant(sum.shape().toArray()), tf.constant(0f));
      resets.add(tf.assignVariableOp(sum.handle(), zeros));
    }
    return resets.build();
  }

  /** {@return the operations that add the gradient of a scalar to the sums} */
  public ImmutableList<Op> add(Ops tf, Operand<TFloat32> y) {
    List<Operand<TFloat32>> values = parameters.stream().map(Parameter::value).toList();
    List<Optional<Operand<TFloat32>>> gradients = Gradients.whereDependent(tf, y, values);
    ImmutableList.Builder<Op> additions = ImmutableList.builder();
    for (int i = 0; i < gradients.size(); i++) {
      if (gradients.get(i).isPresent()) {
        additions.add(tf.assignAddVariableOp(sums.get(i).handle(), gradients.get(i).get()));
      }
    }
    return additions.build();
  }
}
