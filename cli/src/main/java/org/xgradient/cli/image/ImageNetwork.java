package org.xgradient.cli.image;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntFunction;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.Npz;
import org.xgradient.data.format.PyTorchCheckpoint;
import org.xgradient.data.format.Safetensors;
import org.xgradient.data.image.ImagePreprocessing;
import org.xgradient.graph.Network;
import org.xgradient.graph.Networks;
import org.xgradient.graph.Weights;

/**
 * A published network for images, with what is done to an image before.
 *
 * @param network the network
 * @param preprocessing the preprocessing that the network was trained with
 */
public record ImageNetwork(Network network, ImagePreprocessing preprocessing) {

  private static final int[] DEPTHS = {18, 34, 50, 101, 152};
  private static final ImmutableSortedMap<String, IntFunction<Network>> BY_NAME = byName();

  /** The names on the command line. */
  public static final String NAMES = String.join(", ", BY_NAME.keySet());

  private static ImmutableSortedMap<String, IntFunction<Network>> byName() {
    ImmutableSortedMap.Builder<String, IntFunction<Network>> networks =
        ImmutableSortedMap.naturalOrder();
    networks.put("alexnet", Networks::alexNet);
    networks.put("x-alexnet", classes -> Networks.alexNet(classes).withoutBiases());
    networks.put("vgg16", Networks::vgg16);
    networks.put("x-vgg16", classes -> Networks.vgg16(classes).withoutBiases());
    networks.put("squeezenet", classes -> Networks.squeezeNet());
    networks.put("x-squeezenet", classes -> Networks.squeezeNet().withoutBiases());
    for (int depth : DEPTHS) {
      networks.put("fixup-resnet" + depth, classes -> Networks.fixupResNet(depth, classes));
      networks.put("x-fixup-resnet" + depth, classes -> Networks.xFixupResNet(depth, classes));
    }
    return networks.buildOrThrow();
  }

  /**
   * Finds a network.
   *
   * @param name one of {@link #NAMES}
   * @param classes the number of logits
   * @return the network
   * @throws IllegalArgumentException if there is no such network, or it has another number of
   *     logits
   */
  public static ImageNetwork named(String name, int classes) {
    IntFunction<Network> factory = BY_NAME.get(name);
    if (factory == null) {
      throw new IllegalArgumentException(
          "--network must be one of %s, found %s".formatted(NAMES, name));
    }
    Network network = factory.apply(classes);
    if (network.outputs() != classes) {
      throw new IllegalArgumentException(
          "%s has %d classes, found %d names of classes; give a name for each"
              .formatted(name, network.outputs(), classes));
    }
    boolean squeezeNet = name.endsWith("squeezenet");
    return new ImageNetwork(
        network, squeezeNet ? ImagePreprocessing.squeezeNet() : ImagePreprocessing.imageNet());
  }

  /**
   * Reads trained weights in PyTorch's layout. A network without biases leaves those of the file
   * out.
   *
   * @param file an npz file, safetensors, or a checkpoint of PyTorch
   * @return the values of all parameters, by name
   * @throws IllegalArgumentException if the name of the file says none of these, or the arrays
   *     don't fit the network
   * @throws org.xgradient.data.DataException if the file cannot be read or is damaged
   */
  public ImmutableMap<String, FloatArray> weights(Path file) {
    Weights mapping = network.hasBiases() ? Weights.pytorch() : Weights.pytorch().withoutBiases();
    return mapping.map(network, arrays(file));
  }

  private static ImmutableMap<String, FloatArray> arrays(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".npz")) {
      return Npz.read(file).arrays();
    }
    if (name.endsWith(".safetensors")) {
      return Safetensors.read(file).arrays();
    }
    if (name.endsWith(".pth") || name.endsWith(".pt") || name.endsWith(".pth.tar")) {
      return PyTorchCheckpoint.read(file).arrays();
    }
    throw new IllegalArgumentException(
        "weights must be a file *.npz, *.safetensors, *.pth, *.pt or *.pth.tar, found " + file);
  }
}
