package org.xgradient.attribution;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.op.Ops;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;

/** A model that computes something else from the logits of another. */
interface WrappedModel extends Model {

  Model model();

  @Override
  default Ops ops() {
    return model().ops();
  }

  @Override
  default ImmutableIntArray inputShape() {
    return model().inputShape();
  }

  @Override
  default int outputs() {
    return model().outputs();
  }

  @Override
  default ImmutableList<Parameter> parameters() {
    return model().parameters();
  }
}
