package org.xgradient.benchmarks;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.Network;

/**
 * W2, W3 and VGG16: attributing with X-AlexNet, the X-Fixup ResNet-50 and X-VGG16, and training
 * them.
 */
final class ImageWorkloads {

  static final int CLASSES = 1000;

  static final WeightedNetwork ALEXNET = ofTheNetwork(Networks.alexNet(CLASSES));

  private static final WeightedNetwork VGG16 = ofTheNetwork(Networks.vgg16(CLASSES));
  private static final WeightedNetwork RESNET =
      new WeightedNetwork(Networks.xFixupResNet(50, CLASSES), WeightedNetwork.Initial.HE);

  /** Of one image; a multiplication and an addition are two operations. */
  private static final double ALEXNET_GIGA_FLOP = 2 * 0.7142;

  private static final double RESNET_GIGA_FLOP = 2 * 4.09;
  private static final double VGG16_GIGA_FLOP = 2 * 15.47;

  /** Of the first convolution: places, filters, and the values under a filter. */
  private static final double ALEXNET_FIRST = 2e-9 * 55 * 55 * 64 * 11 * 11 * 3;

  private static final double RESNET_FIRST = 2e-9 * 112 * 112 * 64 * 7 * 7 * 3;

  /**
   * Its first convolution has too few multiplications for each value, and is done at each point.
   */
  private static final double VGG16_FIRST = 0;

  private static final int STEP_ROWS = 2;

  private ImageWorkloads() {}

  static ImmutableList<Benchmark> all() {
    var alexNet = alexNet(STEP_ROWS);
    var resNet =
        new AttributionWorkloads(
            RESNET,
            STEP_ROWS,
            RESNET_GIGA_FLOP,
            RESNET_FIRST,
            params("x-fixup-resnet50", STEP_ROWS));
    return ImmutableList.<Benchmark>builder()
        .addAll(attributions(alexNet(1), "W2", ".b1"))
        .addAll(attributions(alexNet(16), "W2", ".b16"))
        .addAll(new StepWorkloads(alexNet, 1024).all("W2"))
        .addAll(attributions(resNet, "W3", ""))
        .addAll(new StepWorkloads(resNet, 1024).all("W3"))
        .addAll(attributions(vgg16(1), "VGG16", ""))
        .addAll(new StepWorkloads(vgg16(STEP_ROWS), 2048).all("VGG16"))
        .build();
  }

  private static ImmutableList<Benchmark> attributions(
      AttributionWorkloads work, String group, String suffix) {
    var eg1 = new ExpectedGradients(ReferenceDistribution.batch(), 1);
    return ImmutableList.<Benchmark>builder()
        .add(work.forward(group + ".forward" + suffix))
        .add(work.gradient(group + ".gradient" + suffix))
        .add(work.method(group + ".xgrad" + suffix, new XGradient()))
        .addAll(work.integrated(group, suffix))
        .add(work.method(group + ".eg1" + suffix, eg1))
        .build();
  }

  private static AttributionWorkloads alexNet(int rows) {
    return new AttributionWorkloads(
        ALEXNET, rows, ALEXNET_GIGA_FLOP, ALEXNET_FIRST, params("x-alexnet", rows));
  }

  private static AttributionWorkloads vgg16(int rows) {
    return new AttributionWorkloads(
        VGG16, rows, VGG16_GIGA_FLOP, VGG16_FIRST, params("x-vgg16", rows));
  }

  private static WeightedNetwork ofTheNetwork(Network network) {
    return new WeightedNetwork(network.withoutBiases(), WeightedNetwork.Initial.OF_THE_NETWORK);
  }

  private static ImmutableMap<String, Object> params(String network, int rows) {
    return ImmutableMap.of("network", network, "batch", rows, "size", 224);
  }
}
