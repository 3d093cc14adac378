package org.xgradient.graph.gradient;

import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.Optional;
import org.tensorflow.GraphOperation;

/**
 * Convolutions and poolings whose value TensorFlow computes, and whose gradient it gets wrong or
 * fails at.
 */
public final class RefusedWindows {

  private static final ImmutableSet<String> CONVOLUTIONS =
      ImmutableSet.of(
          "Conv2D",
          "Conv2DBackpropInput",
          "Conv2DBackpropFilter",
          "DepthwiseConv2dNative",
          "DepthwiseConv2dNativeBackpropInput");

  private RefusedWindows() {}

  /**
   * Why an operation can't be differentiated.
   *
   * @param reason what is wrong
   * @param fix what to build in its place
   */
  public record Refusal(String reason, String fix) {}

  /** {@return why an operation can't be differentiated, if it is such a window} */
  public static Optional<Refusal> refusal(GraphOperation operation) {
    String type = operation.type();
    if (CONVOLUTIONS.contains(type)) {
      return ofConvolution(operation);
    }
    return type.equals("MaxPool") && isPaddedExplicitly(operation)
        ? Optional.of(
            new Refusal(
                "its gradient fails with explicit padding",
                "pad by a PadV2 operation of the lowest number, and use VALID"))
        : Optional.empty();
  }

  private static Optional<Refusal> ofConvolution(GraphOperation operation) {
    long[] dilations = operation.attributes().getAttrIntList("dilations");
    if (Arrays.stream(dilations).anyMatch(dilation -> dilation != 1)) {
      return Optional.of(
          new Refusal(
              "TensorFlow's gradient of it ignores the dilations " + Arrays.toString(dilations),
              "spread the kernel instead"));
    }
    boolean forward = !operation.type().contains("Backprop");
    return forward && isPaddedExplicitly(operation)
        ? Optional.of(
            new Refusal(
                "its gradient fails with explicit padding", "use a Pad operation and VALID"))
        : Optional.empty();
  }

  private static boolean isPaddedExplicitly(GraphOperation operation) {
    return operation.attributes().getAttrString("padding").equals("EXPLICIT");
  }
}
