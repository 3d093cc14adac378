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
   * Adds the operation that updates a parameter once. It may read this parameter and its slots, but
   * no other parameter: that may be updated already.
   *
   * @param tf the operations of the graph, with the control dependencies the update must have
   * @param index which parameter, counted from 0
   * @param gradient the gradient, of the shape of the parameter
   * @return the operation
   */
  Op update(Ops tf, int index, Operand<TFloat32> gradient);

  /**
   * Adds the operations that update all parameters once, each by {@link #update}.
   *
   * @param tf the operations of the graph, with the control dependencies the updates must have
   * @param gradients the gradients, in the order of the parameters
   * @return the operations
   */
  default ImmutableList<Op> updateAll(Ops tf, List<Operand<TFloat32>> gradients) {
    ImmutableList.Builder<Op> updates = ImmutableList.builder();
    for (int i = 0; i < gradients.size(); i++) {
      updates.add(update(tf, i, gradients.get(i)));
    }
    return updates.build();
  }

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
