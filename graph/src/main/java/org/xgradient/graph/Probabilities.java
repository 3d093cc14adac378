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
 * <p>Probabilities are bounded, so the model is not homogeneous of a degree of 1 or more, and
 * X-Gradient does not apply, whatever the other model is. Integrated Gradients explain it: with
 * many steps they add up to a difference of probabilities; so do Expected Gradients in the mean
 * over many draws.
 *
 * @param ofLogits the model that gives the logits, and has the parameters
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

  /** {@return the probabilities, in the place of logits} */
  @Override
  public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
    Operand<TFloat32> logits = ofLogits.logits(inputs, mode);
    return outputs() == 1 ? ops().math.sigmoid(logits) : ops().nn.softmax(logits);
  }
}
