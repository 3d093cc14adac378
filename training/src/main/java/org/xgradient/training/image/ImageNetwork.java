package org.xgradient.training.image;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import org.xgradient.data.FloatArray;
import org.xgradient.data.image.ImagePreprocessing;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.Network;

/**
 * A network for images with what is done to an image before.
 *
 * @param network the network
 * @param preprocessing the preprocessing that the network was, or is to be, trained with
 */
public record ImageNetwork(Network network, ImagePreprocessing preprocessing) {

  /** The side of the images that the small convolutional network takes if nothing else is said. */
  public static final int DEFAULT_SIDE = 32;

  private static final String CONV_NET = "convnet";

  /**
   * The names that {@link #named} takes: an {@code x-} before each stands for its X- variant, for
   * Fixup networks that of the paper, without scales. Those of torchvision have its names; {@code
   * squeezenet} is that of its authors.
   */
  public static final String NAMES =
      "alexnet, vgg16, squeezenet, squeezenet1_0, squeezenet1_1, resnet18, 34, 50, 101 or 152,"
          + " fixup-resnet18, 34, 50, 101 or 152, convnet, each with x- before for its X- variant";

  /**
   * Checks that the preprocessing makes what the network takes.
   *
   * @throws IllegalArgumentException if it doesn't
   */
  public ImageNetwork {
    checkArgument(
        preprocessing.outputShape().equals(network.inputShape()),
        "%s takes images of shape %s, found a preprocessing that makes %s; change its crop",
        network.name(),
        network.inputShape(),
        preprocessing.outputShape());
  }

  /**
   * Finds a network.
   *
   * @param name one of {@link #NAMES}
   * @param classes the number of logits
   * @return the network, with the preprocessing that it was published with; {@code convnet} for
   *     images of {@link #DEFAULT_SIDE}
   * @throws IllegalArgumentException if there is no such network, or it has another number of
   *     logits
   */
  public static ImageNetwork named(String name, int classes) {
    if (isConvNet(name)) {
      return convNet(name, classes, DEFAULT_SIDE);
    }
    Network network =
        PublishedNetworks.named(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the network must be one of %s, found %s".formatted(NAMES, name)))
            .apply(classes);
    checkArgument(
        network.outputs() == classes,
        "%s has %s classes, found %s names of classes; give a name for each",
        name,
        network.outputs(),
        classes);
    boolean squeezeNet = name.endsWith("squeezenet");
    return new ImageNetwork(
        network, squeezeNet ? ImagePreprocessing.squeezeNet() : ImagePreprocessing.imageNet());
  }

  /**
   * Finds a network for images of a size.
   *
   * @param name one of {@link #NAMES}
   * @param classes the number of logits
   * @param side the side of the square that the network sees; only {@code convnet} takes any, of at
   *     least 8
   * @return the network
   * @throws IllegalArgumentException if there is no such network, or it has another number of
   *     logits or takes another size
   */
  public static ImageNetwork named(String name, int classes, int side) {
    if (isConvNet(name)) {
      return convNet(name, classes, side);
    }
    ImageNetwork found = named(name, classes);
    checkArgument(
        found.preprocessing.crop() == side,
        "%s takes images of side %s, found %s; of all networks only convnet takes any",
        name,
        found.preprocessing.crop(),
        side);
    return found;
  }

  private static boolean isConvNet(String name) {
    return name.equals(CONV_NET) || name.equals("x-" + CONV_NET);
  }

  private static ImageNetwork convNet(String name, int classes, int side) {
    Network regular = Networks.smallConvNet(side, 3, classes);
    return new ImageNetwork(
        name.equals(CONV_NET) ? regular : regular.withoutBiases(),
        ImagePreprocessing.sizeOnly(side));
  }

  /**
   * The same network behind another preprocessing.
   *
   * @param preprocessing the preprocessing
   * @return the network
   * @throws IllegalArgumentException if it doesn't make what the network takes
   */
  public ImageNetwork withPreprocessing(ImagePreprocessing preprocessing) {
    return new ImageNetwork(network, preprocessing);
  }

  /**
   * Reads trained weights. A network without biases leaves those of the file out.
   *
   * @param file an npz file, safetensors (or the index of several), or a checkpoint of PyTorch
   * @return the values of all parameters by name, for {@link Network#build(
   *     org.xgradient.graph.GraphSession, java.util.Map)}
   * @throws IllegalArgumentException if the name of the file says none of these, or the arrays
   *     don't fit the network
   * @throws org.xgradient.data.DataException if the file cannot be read or is damaged
   */
  public ImmutableMap<String, FloatArray> weights(Path file) {
    return WeightFiles.read(file, network);
  }
}
