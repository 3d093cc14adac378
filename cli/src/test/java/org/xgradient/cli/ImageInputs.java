package org.xgradient.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.NamedArrays;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.ParameterSpec;

/** Images and weights for tests of commands that take them. */
public final class ImageInputs {

  private ImageInputs() {}

  /** Stripes in colours of their own. */
  public static Path writeImage(Path file, int width, int height, int period) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int color = row / period % 2 == 0 ? 0xE0A030 : column / period % 3 == 0 ? 0x203090 : 0x70D0;
        image.setRGB(column, row, color);
      }
    }
    String name = file.getFileName().toString();
    String format = name.substring(name.lastIndexOf('.') + 1);
    Files.createDirectories(file.getParent());
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }

  /**
   * Normal weights in PyTorch's layout, kernels of He's width, so that outputs are as large as the
   * inputs.
   *
   * @param bias the standard deviation of everything that is not a kernel
   */
  public static Map<String, FloatArray> pytorchWeights(Network network, double bias, long seed) {
    DataRandom random = new DataRandom(seed);
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (ParameterSpec parameter : network.parameters()) {
      int[] ours = parameter.shape().toArray();
      int[] shape =
          switch (ours.length) {
            case 4 -> new int[] {ours[3], ours[2], ours[0], ours[1]};
            case 2 -> new int[] {ours[1], ours[0]};
            default -> ours;
          };
      double deviation = ours.length > 1 ? Math.sqrt(2.0 * shape[0] / product(shape)) : bias;
      FloatArray array = FloatArray.zeros(shape);
      for (int i = 0; i < array.size(); i++) {
        array.values()[i] = (float) (deviation * random.nextGaussian());
      }
      arrays.put(parameter.name(), array);
    }
    return arrays;
  }

  private static double product(int[] shape) {
    double product = 1;
    for (int size : shape) {
      product *= size;
    }
    return product;
  }

  /** The arrays named as PyTorch names those of a network trained on several devices. */
  public static NamedArrays inModule(Map<String, FloatArray> arrays) {
    Map<String, FloatArray> renamed = new LinkedHashMap<>();
    arrays.forEach((name, array) -> renamed.put("module." + name, array));
    return NamedArrays.of(renamed);
  }
}
