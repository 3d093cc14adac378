package org.xgradient.metrics.masking;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.ProgressListener;
import org.xgradient.attribution.ProgressListener.Progress;
import org.xgradient.data.Batch;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.metrics.AttributionChecks;
import org.xgradient.metrics.MethodAttributors;

/**
 * Computes the {@linkplain MaskingMetric masking metrics} of attributions.
 *
 * <p>The operations are added once, when it is made. It borrows the session. Each attribution is
 * sorted once; images are masked, blurred and classified in the graph, in batches that keep within
 * a memory budget, and points of curves that share a mask share a pass. The result does not depend
 * on the batches, but for the rounding of the model. Several methods are evaluated on the same
 * images, so that their differences can be tested in pairs. Safe to call from several threads.
 */
public final class MaskingEvaluation {

  private final GraphSession session;
  private final Model model;
  private final MaskingOptions options;
  private final MaskGraph graph;
  private final PixelLayout layout;
  private final int batch;

  private MaskingEvaluation(BoundModel bound, MaskingOptions options) {
    this.session = bound.session();
    this.model = bound.model();
    this.options = options;
    graph = new MaskGraph(model, options.fill());
    layout = PixelLayout.of(model.inputShape());
    // A single image may exceed the budget: there is nothing smaller.
    long affordable = Math.max(1, options.memoryBudget() / graph.bytesPerMask());
    batch = model.fixedBatch().orElse((int) Math.min(options.maxBatch(), affordable));
  }

  /**
   * Prepares an evaluation.
   *
   * @param model the model
   * @param options metrics, fill, budget and progress
   * @return the evaluation
   * @throws IllegalArgumentException if the fill does not apply to the model's inputs
   */
  public static MaskingEvaluation of(BoundModel model, MaskingOptions options) {
    return new MaskingEvaluation(model, options);
  }

  /**
   * Evaluates attributions.
   *
   * @param inputs the images that were explained, of shape {@code [images, ...]}, at least one, all
   *     finite
   * @param labels the label of each image, in {@code [0, outputs)}; 0 or 1 for a model with one
   *     output, whose logit and probability scores do not depend on them
   * @param attributions the attributions by the name of the method, at least one, each of the shape
   *     of the inputs, all finite
   * @return the curves
   * @throws IllegalArgumentException if a shape or label does not fit, or a value is not finite;
   *     the image and the method are named
   * @throws CancellationException if the thread was interrupted
   */
  public MaskingResults evaluate(
      FloatArray inputs, int[] labels, Map<String, FloatArray> attributions) {
    return evaluate(inputs, labels, attributions, options.progress());
  }

  private MaskingResults evaluate(
      FloatArray inputs,
      int[] labels,
      Map<String, FloatArray> attributions,
      ProgressListener progress) {
    check(inputs, labels, attributions);
    return new MaskingRun(
            options,
            model,
            batch,
            chunk -> graph.logits(session, inputs, chunk),
            labels,
            ImmutableMap.copyOf(attributions),
            progress)
        .run(ImageIds.of(inputs, labels));
  }

  /**
   * Attributes and evaluates a data set, part by part, so that the attributions of all of it need
   * never be held at a time.
   *
   * @param data the data, with class indices as labels, at least one example
   * @param methods the methods
   * @param partSize the number of examples to attribute at a time, at least 1
   * @return the curves
   * @throws IllegalArgumentException if the data does not fit the model
   * @throws CancellationException if the thread was interrupted
   */
  public MaskingResults evaluate(Dataset data, MethodAttributors methods, int partSize) {
    checkArgument(partSize >= 1, "the part size must be at least 1, found %s", partSize);
    List<MaskingResults> parts = new ArrayList<>();
    for (int from = 0; from < data.size(); from += partSize) {
      int to = Math.min(data.size(), from + partSize);
      Batch part = data.batch(IntStream.range(from, to).toArray());
      int[] labels = classIndices(part.labels());
      Map<String, FloatArray> attributions =
          Maps.transformValues(methods.attribute(part.inputs(), labels), Attributions::values);
      long methodCount = attributions.size();
      long done = from * methodCount;
      long total = data.size() * methodCount;
      ProgressListener ofAll =
          progress -> options.progress().progressed(new Progress(done + progress.done(), total));
      parts.add(evaluate(part.inputs(), labels, attributions, ofAll));
    }
    return MaskingResults.concatenation(parts);
  }

  private static int[] classIndices(FloatArray labels) {
    int[] indices = new int[labels.size()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = (int) labels.values()[i];
      checkArgument(
          indices[i] == labels.values()[i],
          "labels must be class indices, found %s",
          labels.values()[i]);
    }
    return indices;
  }

  private void check(FloatArray inputs, int[] labels, Map<String, FloatArray> attributions) {
    checkArgument(
        inputs.shape().length() > 0 && inputs.rowShape().equals(model.inputShape()),
        "inputs must be of shape [images, %s], found %s",
        model.inputShape(),
        inputs.shape());
    AttributionChecks.requireFinite("the inputs", inputs);
    AttributionChecks.requireLabels(labels, inputs.rows(), Math.max(2, model.outputs()));
    checkArgument(!attributions.isEmpty(), "there must be at least one method, found none");
    attributions.forEach((method, values) -> check(method, values, inputs));
  }

  private void check(String method, FloatArray attributions, FloatArray inputs) {
    checkArgument(
        attributions.shape().equals(inputs.shape()),
        "the attributions of %s must be of the shape of the inputs %s, found %s",
        method,
        inputs.shape(),
        attributions.shape());
    float[] values = attributions.values();
    for (int i = 0; i < values.length; i++) {
      checkArgument(
          Float.isFinite(values[i]),
          "the attributions of %s must be finite, found %s in image %s, value %s of %s",
          method,
          values[i],
          i / layout.size(),
          i % layout.size(),
          layout.size());
    }
  }
}
