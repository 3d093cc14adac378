package org.xgradient.training.objective;

import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;
import org.xgradient.data.Task;
import org.xgradient.graph.Target;

/** Which output a prior's attributions explain, given the labels of the batch. */
@FunctionalInterface
public interface PriorTarget {

  /**
   * The target of a batch.
   *
   * @param labels the labels, of shape {@code [batch]}
   * @return the target
   */
  Target of(Operand<TInt32> labels);

  /** {@return the logit of each example's label, of a model with a logit for each class} */
  static PriorTarget label() {
    return Target::label;
  }

  /** {@return the only logit, of a binary model or a regression} */
  static PriorTarget onlyLogit() {
    return labels -> Target.onlyLogit();
  }

  /** {@return all logits with signs drawn anew for each example and step} */
  static PriorTarget randomSigns() {
    return labels -> Target.randomSigns();
  }

  /**
   * The usual target of a task: the label's logit, or the only one.
   *
   * @param task the task
   * @return the target
   */
  static PriorTarget of(Task task) {
    return task == Task.MULTICLASS ? label() : onlyLogit();
  }
}
