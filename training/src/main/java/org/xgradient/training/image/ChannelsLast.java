package org.xgradient.training.image;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.OptionalInt;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;

/**
 * A model of images of shape {@code [3, height, width]}, as PyTorch and ONNX have them, that takes
 * them with the channels last.
 */
record ChannelsLast(Model original) implements Model {

  private static final int COLOURS = 3;

  /** {@return a model that takes the channels last, the given one if it does} */
  static BoundModel of(BoundModel bound) {
    ImmutableIntArray shape = bound.model().inputShape();
    boolean first =
        shape.length() == 3 && shape.get(0) == COLOURS && shape.get(shape.length() - 1) != COLOURS;
    return first ? BoundModel.of(bound.session(), new ChannelsLast(bound.model())) : bound;
  }

  @Override
  public Ops ops() {
    return original.ops();
  }

  @Override
  public ImmutableIntArray inputShape() {
    ImmutableIntArray shape = original.inputShape();
    return ImmutableIntArray.of(shape.get(1), shape.get(2), shape.get(0));
  }

  @Override
  public int outputs() {
    return original.outputs();
  }

  @Override
  public OptionalInt fixedBatch() {
    return original.fixedBatch();
  }

  @Override
  public ImmutableList<Parameter> parameters() {
    return original.parameters();
  }

  @Override
  public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
    var turned = ops().linalg.transpose(inputs, ops().constant(new int[] {0, 3, 1, 2}));
    return original.logits(turned, mode);
  }
}
