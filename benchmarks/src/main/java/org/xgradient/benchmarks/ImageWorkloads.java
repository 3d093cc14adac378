package org.xgradient.benchmarks;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.graph.Networks;

/** W2 and the attributions of W3: attributing with X-AlexNet and the X-Fixup ResNet-50. */
final class ImageWorkloads {

  static final int CLASSES = 1000;
  static final int RESNET_ROWS = 2;
  static final Weights RESNET = new Weights(Networks.xFixupResNet(50, CLASSES), Weights.Initial.HE);
  static final ImmutableMap<String, Object> RESNET_PARAMS = params("x-fixup-resnet50", RESNET_ROWS);

  static final Weights ALEXNET =
      new Weights(Networks.alexNet(CLASSES).withoutBiases(), Weights.Initial.OF_THE_NETWORK);

  /** Of one image; a multiplication and an addition are two operations. */
  private static final double ALEXNET_GIGA_FLOP = 2 * 0.7142;

  private static final double RESNET_GIGA_FLOP = 2 * 4.09;

  private ImageWorkloads() {}

  static ImmutableList<Benchmark> all() {
    var resNet = new AttributionWorkloads(RESNET, RESNET_ROWS, RESNET_GIGA_FLOP, RESNET_PARAMS);
    return ImmutableList.<Benchmark>builder()
        .addAll(alexNet(1))
        .addAll(alexNet(16))
        .add(resNet.forward("W3.forward"))
        .add(resNet.gradient("W3.gradient"))
        .add(resNet.method("W3.xgrad", new XGradient()))
        .add(resNet.method("W3.ig128", IntegratedGradients.withDefaults()))
        .build();
  }

  private static ImmutableList<Benchmark> alexNet(int rows) {
    var work =
        new AttributionWorkloads(ALEXNET, rows, ALEXNET_GIGA_FLOP, params("x-alexnet", rows));
    String suffix = ".b" + rows;
    var eg1 = new ExpectedGradients(ReferenceDistribution.batch(), 1);
    return ImmutableList.of(
        work.forward("W2.forward" + suffix),
        work.gradient("W2.gradient" + suffix),
        work.method("W2.xgrad" + suffix, new XGradient()),
        work.method("W2.ig128" + suffix, IntegratedGradients.withDefaults()),
        work.method("W2.eg1" + suffix, eg1));
  }

  private static ImmutableMap<String, Object> params(String network, int rows) {
    return ImmutableMap.of("network", network, "batch", rows, "size", 224);
  }
}
