package org.xgradient.attribution.axioms;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.network.NetworkModel;

/** A model of images of 2 by 3 pixels: a network of their 6 values. */
record ImageModel(Ops ops, NetworkModel network) implements Model {

  @Override
  public ImmutableIntArray inputShape() {
    return ImmutableIntArray.of(2, 3, 1);
  }

  @Override
  public int outputs() {
    return network.outputs();
  }

  @Override
  public ImmutableList<Parameter> parameters() {
    return network.parameters();
  }

  @Override
  public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
    return network.logits(Shapes.flatRows(ops, inputs), mode);
  }
}
