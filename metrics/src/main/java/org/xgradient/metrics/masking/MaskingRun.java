package org.xgradient.metrics.masking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.xgradient.attribution.ProgressListener;
import org.xgradient.attribution.ProgressListener.Progress;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Model;
import org.xgradient.metrics.Score;
import org.xgradient.metrics.masking.MaskPlan.PlannedMask;
import org.xgradient.metrics.masking.MaskPlan.Point;

/** One evaluation of some images: the masks that wait to be run, and the scores so far. */
final class MaskingRun {

  private final MaskingOptions options;
  private final PixelLayout layout;
  private final int outputs;
  private final int batch;
  private final Function<MaskChunk, float[]> logits;
  private final int[] labels;
  private final ImmutableMap<String, FloatArray> attributions;
  private final ProgressListener progress;

  /** For each curve, the scores of all images, of shape [images, fractions]. */
  private final List<float[]> scores = new ArrayList<>();

  private MaskChunk chunk = new MaskChunk();

  MaskingRun(
      MaskingOptions options,
      Model model,
      int batch,
      Function<MaskChunk, float[]> logits,
      int[] labels,
      ImmutableMap<String, FloatArray> attributions,
      ProgressListener progress) {
    this.options = options;
    this.layout = PixelLayout.of(model.inputShape());
    this.outputs = model.outputs();
    this.batch = batch;
    this.logits = logits;
    this.labels = labels;
    this.attributions = attributions;
    this.progress = progress;
    for (int c = 0; c < attributions.size() * options.metrics().size(); c++) {
      scores.add(new float[labels.length * options.fractions().length()]);
    }
  }

  MaskingResults run(ImmutableList<String> imageIds) {
    for (int image = 0; image < labels.length; image++) {
      for (PlannedMask mask : plan(image).masks()) {
        chunk.add(image, mask);
        if (chunk.size() == batch) {
          classify();
          report(image);
        }
      }
    }
    if (chunk.size() > 0) {
      classify();
    }
    report(labels.length);
    return results(imageIds);
  }

  private MaskPlan plan(int image) {
    var plan = new MaskPlan(options, layout);
    int method = 0;
    for (FloatArray values : attributions.values()) {
      plan.add(method++, PixelRanks.of(values, image, layout));
    }
    return plan;
  }

  private void classify() {
    if (Thread.interrupted()) {
      throw new CancellationException(
          "the evaluation was interrupted at example %s of %s"
              .formatted(chunk.image(0), labels.length));
    }
    float[] rows = logits.apply(chunk);
    for (int i = 0; i < chunk.size(); i++) {
      for (Point point : chunk.mask(i).points()) {
        score(point, chunk.image(i), rows, i);
      }
    }
    chunk = new MaskChunk();
  }

  private void score(Point point, int image, float[] rows, int row) {
    var metrics = options.metrics();
    Score score = metrics.get(point.curve() % metrics.size()).score();
    scores.get(point.curve())[image * options.fractions().length() + point.fraction()] =
        (float) score.of(rows, row, outputs, labels[image]);
  }

  private void report(int images) {
    long methods = attributions.size();
    progress.progressed(new Progress(images * methods, labels.length * methods));
  }

  private MaskingResults results(ImmutableList<String> imageIds) {
    ImmutableList.Builder<MaskingCurve> curves = ImmutableList.builder();
    var fractions = options.fractions();
    int curve = 0;
    for (String method : attributions.keySet()) {
      for (MaskingMetric metric : options.metrics()) {
        var values = FloatArray.of(scores.get(curve++), labels.length, fractions.length());
        curves.add(new MaskingCurve(method, metric, fractions, values, imageIds));
      }
    }
    return new MaskingResults(curves.build());
  }
}
