package org.xgradient.graph.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.OptionalInt;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;

/**
 * A model that, like some imported ones, was made for batches of one size.
 *
 * @param model what it does
 * @param batch the size
 */
public record FixedBatch(Model model, int batch) implements Model {

  @Override
  public Ops ops() {
    return model.ops();
  }

  @Override
  public ImmutableIntArray inputShape() {
    return model.inputShape();
  }

  @Override
  public int outputs() {
    return model.outputs();
  }

  @Override
  public ImmutableList<Parameter> parameters() {
    return model.parameters();
  }

  @Override
  public OptionalInt fixedBatch() {
    return OptionalInt.of(batch);
  }

  @Override
  public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
    var tf = ops();
    int[] shape = new int[inputShape().length() + 1];
    shape[0] = batch;
    for (int i = 1; i < shape.length; i++) {
      shape[i] = inputShape().get(i - 1);
    }
    return model.logits(tf.reshape(inputs, tf.constant(shape)), mode);
  }
}
