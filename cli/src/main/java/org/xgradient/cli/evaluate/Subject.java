package org.xgradient.cli.evaluate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;
import org.xgradient.graph.BoundModel;
import org.xgradient.metrics.masking.MaskingOptions;

/** A model and the kind of inputs that it takes: what methods are compared on. */
public interface Subject extends BoundModel {

  /** {@return what the model's outputs mean} */
  Task task();

  /** {@return what reports call the inputs} */
  Wording wording();

  /**
   * {@return how inputs are masked: the families of the paper, insertion and deletion, together or
   * not; each metric of {@link EvaluationMetric} is in one of them}
   */
  ImmutableList<MaskingOptions> maskings();

  /** {@return what an output of 1 is in the unit of the label; 1 for a classification} */
  default double unit() {
    return 1;
  }

  /** {@return how many inputs have their attributions computed again and again} */
  int sampleForRandomization();

  /**
   * Shows what was masked of some inputs.
   *
   * @param inputs the inputs, of shape {@code [rows, ...]}
   * @param attributions the attributions by the name of the method
   * @param curves a curve of one metric for each method
   * @return the examples
   */
  ImmutableList<Example> examples(
      FloatArray inputs,
      ImmutableMap<String, FloatArray> attributions,
      ImmutableList<BandedCurve> curves);
}
