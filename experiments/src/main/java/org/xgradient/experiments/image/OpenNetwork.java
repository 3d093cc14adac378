package org.xgradient.experiments.image;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.InputXGradient;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.Batch;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.homogeneity.Homogeneity;

/**
 * A network of an experiment with its test images, to be closed.
 *
 * @param bound its model
 * @param images the test images; their labels are the classes that are explained
 * @param display turns an input of the network, of shape {@code [height, width, channels]}, back
 *     into an image of shape {@code [height, width, 3]} with values in [0, 1]
 * @param resource what is closed
 */
public record OpenNetwork(
    BoundModel bound, Dataset images, UnaryOperator<FloatArray> display, AutoCloseable resource)
    implements BoundModel, AutoCloseable {

  @Override
  public GraphSession session() {
    return bound.session();
  }

  @Override
  public Model model() {
    return bound.model();
  }

  /** {@return whether the model is proven homogeneous} */
  public boolean isHomogeneous() {
    return Homogeneity.of(this) instanceof Homogeneity.Proven;
  }

  /** {@return X-Gradient, or where that is not defined, input times gradient} */
  public AttributionMethod oneGradient() {
    return isHomogeneous() ? new XGradient() : new InputXGradient();
  }

  /**
   * Reads the images, so many at a time.
   *
   * @param size how many, at least 1; fewer at the end
   * @param consumer told of each part in order
   */
  void forEachPart(int size, Consumer<Batch> consumer) {
    for (int from = 0; from < images.size(); from += size) {
      int to = Math.min(images.size(), from + size);
      consumer.accept(images.batch(IntStream.range(from, to).toArray()));
    }
  }

  /** The labels of some images as class indices. */
  static int[] labels(Batch batch) {
    int[] labels = new int[batch.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) batch.labels().values()[i];
    }
    return labels;
  }

  @Override
  public void close() {
    try {
      resource.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a network of an experiment cannot be closed", e);
    }
  }
}
