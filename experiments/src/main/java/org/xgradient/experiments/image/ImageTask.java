package org.xgradient.experiments.image;

/**
 * One network of an experiment, which is a piece of its work.
 *
 * @param network the name; {@code x-} and the name of another network for what is left of that
 *     without biases
 * @param model the model directory; empty for a network that is trained for the experiment
 * @param seed what its data, initial weights and training come from; 0 for a model directory
 */
public record ImageTask(String network, String model, long seed) {

  /** What the name of a network without biases begins with. */
  static final String X = "x-";

  boolean isTrainedHere() {
    return model.isEmpty();
  }

  boolean hasBiases() {
    return !network.startsWith(X);
  }
}
