package org.xgradient.attribution.axioms;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;

/** A variant of a model, which shares its parameters. */
record VariantModel(Model model, Variant variant) implements Model {

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
  public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
    return variant.logits(model, inputs, mode);
  }
}
