package org.xgradient.training.image;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.data.Provenance;
import org.xgradient.data.image.ClassNames;
import org.xgradient.data.image.ImagePreprocessing;
import org.xgradient.graph.Model;
import org.xgradient.graph.network.Network;

/**
 * What is known of a trained model of images, besides its weights.
 *
 * @param network the name of the network, such as {@code x-alexnet}
 * @param biases whether it has biases
 * @param preprocessing what is done to an image before
 * @param classes the names of the classes in the order of the logits, at least two
 * @param provenance where the model came from
 */
public record ImageModelInfo(
    String network,
    boolean biases,
    ImagePreprocessing preprocessing,
    ClassNames classes,
    Provenance provenance) {

  /**
   * Checks the classes.
   *
   * @throws IllegalArgumentException if there are less than two
   */
  public ImageModelInfo {
    checkArgument(
        classes.size() >= 2, "there must be at least two classes, found %s", classes.names());
  }

  /**
   * What is known of a network.
   *
   * @param network the network
   * @param preprocessing what is done to an image before
   * @param classes the names of the classes in the order of the logits, at least two
   * @param provenance where the weights came from
   * @return the information
   * @throws IllegalArgumentException if there are less than two classes
   */
  public static ImageModelInfo of(
      Network network,
      ImagePreprocessing preprocessing,
      ClassNames classes,
      Provenance provenance) {
    return new ImageModelInfo(
        network.name(), network.hasBiases(), preprocessing, classes, provenance);
  }

  /**
   * The same from somewhere else.
   *
   * @param provenance where the model came from
   * @return the information
   */
  public ImageModelInfo withProvenance(Provenance provenance) {
    return new ImageModelInfo(network, biases, preprocessing, classes, provenance);
  }

  /**
   * The same for what is left of the network without its biases.
   *
   * @return the information, the name of the network prefixed with {@code x-}
   */
  public ImageModelInfo withoutBiases() {
    String name = network.startsWith("x-") ? network : "x-" + network;
    return new ImageModelInfo(name, false, preprocessing, classes, provenance);
  }

  /**
   * Refuses a model that takes or gives something else.
   *
   * @throws IllegalArgumentException if it does
   */
  void checkFits(Model model) {
    checkArgument(
        model.inputShape().equals(preprocessing.outputShape()),
        "%s takes images of shape %s, found a preprocessing that makes %s",
        network,
        model.inputShape(),
        preprocessing.outputShape());
    checkArgument(
        model.outputs() == classes.size(),
        "%s has %s classes, found %s names of classes; give a name for each",
        network,
        model.outputs(),
        classes.size());
  }
}
