package org.xgradient.training.optimizer;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Parameter;

/** An optimizer in a graph. */
public interface UpdateRule {

  /** {@return the variables that the optimizer keeps beside the parameters; they start at 0} */
  ImmutableList<Parameter> slots();

  /**
   * Adds the operations that update all parameters once.
   *
   * @param tf the operations of the graph, with the control dependencies the updates must have
   * @param gradients the gradients, in the order of the parameters
   * @return the operations
   */
  ImmutableList<Op> apply(Ops tf, List<Operand<TFloat32>> gradients);

  /**
   * Adds what the update operations need to be fed.
   *
   * @param feeds other feeds
   * @param rate the learning rate
   * @param step the number of the step, from 0
   * @return the feeds of the step
   */
  Feeds feed(Feeds feeds, double rate, long step);
}
