package org.xgradient.cli.option;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;
import java.util.Optional;
import org.xgradient.data.image.ChannelOrder;
import org.xgradient.data.image.ImagePreprocessing;
import org.xgradient.data.image.Resize;
import picocli.CommandLine.Option;

/** Options that change what is done to an image before a network sees it. */
@HelpGroup("Images")
public final class PreprocessingOptions {

  private static final int CHANNELS = 3;

  @Option(
      names = "--resize",
      paramLabel = "HOW",
      description =
          "short_side (keeps the proportions) or square (default: as the network was published).")
  private Optional<Resize> resize = Optional.empty();

  @Option(
      names = "--resize-to",
      paramLabel = "PIXELS",
      description =
          "Side that an image is resized to before its centre is cut out (default: as the network"
              + " was published).")
  private Optional<Integer> side = Optional.empty();

  @Option(
      names = "--channels",
      paramLabel = "ORDER",
      description = "Order of the network's channels: rgb or bgr (default: as published).")
  private Optional<ChannelOrder> order = Optional.empty();

  @Option(
      names = "--scale",
      paramLabel = "S",
      description = "What values in [0, 1] are multiplied by: 1 or 255 (default: as published).")
  private Optional<Double> scale = Optional.empty();

  @Option(
      names = "--mean",
      split = ",",
      paramLabel = "M",
      description = "What is subtracted then, for each of the network's channels.")
  private double[] mean = {};

  @Option(
      names = "--deviation",
      split = ",",
      paramLabel = "D",
      description = "What is divided by then, for each of the network's channels.")
  private double[] deviation = {};

  /**
   * {@return what is done, if no option says otherwise}
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  ImagePreprocessing applyTo(ImagePreprocessing published) {
    return new ImagePreprocessing(
        resize.orElse(published.resize()),
        side.orElse(published.side()),
        published.crop(),
        order.orElse(published.order()),
        scale.orElse(published.scale()),
        perChannel("--mean", mean, published.mean()),
        perChannel("--deviation", deviation, published.deviation()));
  }

  private static ImmutableDoubleArray perChannel(
      String option, double[] given, ImmutableDoubleArray published) {
    if (given.length == 0) {
      return published;
    }
    if (given.length != CHANNELS) {
      throw new IllegalArgumentException(
          "%s must be three numbers separated by commas, one for each channel, found %s"
              .formatted(option, Arrays.toString(given)));
    }
    return ImmutableDoubleArray.copyOf(given);
  }
}
