package org.xgradient.benchmarks;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Floats;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.Target;
import org.xgradient.metrics.masking.MaskingEvaluation;
import org.xgradient.metrics.masking.MaskingOptions;
import org.xgradient.metrics.masking.MaskingResults;

/**
 * W5: the masking metrics of X-Gradient on X-AlexNet, and what they are compared with: as many
 * plain forward passes of the same images as the six curves have points, in the same batches. Times
 * are those of one image.
 */
final class MaskingWorkloads {

  private static final int IMAGES = 8;
  private static final int POINTS = 6 * 16;
  private static final int BATCH = 24;
  private static final int INPUTS_SEED = 2;
  private static final ImmutableMap<String, Object> PARAMS =
      ImmutableMap.of(
          "network", "x-alexnet", "images", IMAGES, "points", POINTS, "batch", BATCH, "size", 224);

  private MaskingWorkloads() {}

  static ImmutableList<Benchmark> all() {
    return ImmutableList.of(
        Benchmark.of("W5.metrics", PARAMS, MaskingWorkloads::metrics).withUnits(IMAGES),
        Benchmark.of("W5.forward96", PARAMS, MaskingWorkloads::forward).withUnits(IMAGES));
  }

  private static Workload metrics(GraphSession session) {
    var model = ImageWorkloads.ALEXNET.build(session);
    var attributor =
        Attributor.of(
            model, new XGradient(), AttributorOptions.withDefaults().withTarget(Target.label()));
    var options = MaskingOptions.withDefaults().withMaxBatch(BATCH);
    var evaluation = MaskingEvaluation.of(model, options);
    FloatArray images = images();
    int[] labels = new int[IMAGES];
    return () -> {
      var attributions = attributor.attribute(images, labels).values();
      return values(evaluation.evaluate(images, labels, ImmutableMap.of("xgrad", attributions)));
    };
  }

  private static FloatArray values(MaskingResults results) {
    float[] all =
        Floats.concat(
            results.curves().stream()
                .map(curve -> curve.values().values())
                .toArray(float[][]::new));
    return FloatArray.of(all, all.length);
  }

  private static Workload forward(GraphSession session) {
    var model = ImageWorkloads.ALEXNET.build(session);
    var batch = Placeholder.shape(Shapes.batchOf(model.inputShape()));
    var placeholder = model.ops().placeholder(TFloat32.class, batch);
    var logits = model.forward(placeholder).logits();
    FloatArray images = images();
    int[] rows = new int[BATCH];
    for (int i = 0; i < BATCH; i++) {
      rows[i] = i % IMAGES;
    }
    FloatArray repeated = images.gather(rows);
    return () -> {
      FloatArray last = images;
      for (int i = 0; i < IMAGES * POINTS / BATCH; i++) {
        last = session.run(Feeds.of(placeholder, repeated), List.of(logits), List.of()).get(0);
      }
      return last;
    };
  }

  private static FloatArray images() {
    ImmutableIntArray shape = ImageWorkloads.ALEXNET.network().inputShape();
    return RandomRows.normal(INPUTS_SEED, IMAGES, shape);
  }
}
