package org.xgradient.training.optimizer;

import com.google.common.collect.ImmutableList;
import org.tensorflow.op.Ops;
import org.xgradient.graph.Parameter;

/** The description of an optimizer: immutable, and free of any graph. */
public sealed interface Optimizer permits Sgd, Adam {

  /**
   * Adds the variables that the optimizer keeps.
   *
   * @param tf the operations of the graph
   * @param parameters the parameters to train
   * @return the rule by which they are updated
   */
  UpdateRule build(Ops tf, ImmutableList<Parameter> parameters);
}
