package org.xgradient.training.image;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Map;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.NamedArrays;
import org.xgradient.data.format.Npz;
import org.xgradient.data.format.PyTorchCheckpoint;
import org.xgradient.data.format.Safetensors;
import org.xgradient.data.format.SafetensorsIndex;
import org.xgradient.graph.architectures.Weights;
import org.xgradient.graph.network.Network;

/**
 * Files of weights: those of others in PyTorch's order of the dimensions, and ours, which say in
 * their metadata that they are in ours, so that the two are never confused.
 */
public final class WeightFiles {

  private static final String LAYOUT = "layout";
  private static final ImmutableList<String> CHECKPOINTS =
      ImmutableList.of(".pth", ".pt", ".pth.tar", ".ckpt");

  /** Of a convolution; dense layers are {@code [inputs, units]}. */
  private static final String OURS = "xgradient: height, width, inputs, outputs";

  private WeightFiles() {}

  /**
   * Reads the weights of a network. A network without biases leaves those of the file out.
   *
   * @param file an npz file, safetensors (or the index of several files), or a checkpoint of
   *     PyTorch; in PyTorch's layout unless it is marked as ours, as {@link ImageModel#WEIGHTS} of
   *     a model directory is
   * @param network the network
   * @return the values of all parameters by name, for {@link Network#build(
   *     org.xgradient.graph.GraphSession, Map)}
   * @throws IllegalArgumentException if the name of the file says none of these, or the arrays
   *     don't fit the network; the message names them, and the published network that has arrays of
   *     these names
   * @throws DataException if the file cannot be read or is damaged, or is marked as of a layout
   *     that is not known
   */
  public static ImmutableMap<String, FloatArray> read(Path file, Network network) {
    NamedArrays arrays = arrays(file);
    Weights layout = isOurs(file, arrays) ? Weights.ours() : Weights.pytorch();
    Weights mapping = network.hasBiases() ? layout : layout.withoutBiases();
    try {
      return mapping.map(network, arrays.arrays());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          PublishedNetworks.ownerOf(network, mapping, arrays.arrays())
              .map(
                  owner ->
                      "the weights in %s have the names of %s, which is another network than %s"
                          .formatted(file, owner, network.name()))
              .orElse(e.getMessage()),
          e);
    }
  }

  private static NamedArrays arrays(Path file) {
    String name = Ascii.toLowerCase(file.toString());
    if (name.endsWith(".npz")) {
      return Npz.read(file);
    }
    if (name.endsWith(".safetensors")) {
      return Safetensors.read(file);
    }
    if (name.endsWith(SafetensorsIndex.ENDING)) {
      return SafetensorsIndex.read(file);
    }
    if (CHECKPOINTS.stream().anyMatch(name::endsWith)) {
      return PyTorchCheckpoint.read(file);
    }
    throw new IllegalArgumentException(
        "weights must be a file *.npz, *.safetensors, *.safetensors.index.json, *.pth, *.pt,"
            + " *.pth.tar or *.ckpt, found "
            + file);
  }

  private static boolean isOurs(Path file, NamedArrays arrays) {
    String layout = arrays.metadata().get(LAYOUT);
    if (layout != null && !layout.equals(OURS)) {
      throw new DataException(
          "the metadata of %s must have the layout \"%s\" or none, found \"%s\""
              .formatted(file, OURS, layout));
    }
    return layout != null;
  }

  /**
   * Writes weights in the layout of this library as safetensors, marked as such.
   *
   * @param file the file to write or replace
   * @param network the name of the network that they are of
   * @param weights the values of its parameters by name
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public static void write(Path file, String network, Map<String, FloatArray> weights) {
    Safetensors.write(
        file,
        NamedArrays.of(weights)
            .withMetadata(
                ImmutableMap.of("format", "xgradient", LAYOUT, OURS, "network", network)));
  }
}
