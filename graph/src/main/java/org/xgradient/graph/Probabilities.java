package org.xgradient.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.OptionalInt;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A model whose outputs are the probabilities of its classes, where those of another are their
 * logits: the logistic function of a single logit, the softmax of several.
 *
 * <p>It is not homogeneous, whatever the other model is. Integrated and Expected Gradients explain
 * it: their attributions add up to a difference of probabilities.
 *
 * @param ofLogits the other model; the parameters are its
 */
public record Probabilities(Model ofLogits) implements Model {

  @Override
  public Ops ops() {
    return ofLogits.ops();
  }

  @Override
  public ImmutableIntArray inputShape() {
    return ofLogits.inputShape();
  }

  @Override
  public int outputs() {
    return ofLogits.outputs();
  }

  @Override
  public OptionalInt fixedBatch() {
    return ofLogits.fixedBatch();
  }

  @Override
  public ImmutableList<Parameter> parameters() {
    return ofLogits.parameters();
  }

  @Override
  public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
    Operand<TFloat32> logits = ofLogits.logits(inputs, mode);
    return outputs() == 1 ? ops().math.sigmoid(logits) : ops().nn.softmax(logits);
  }
}
