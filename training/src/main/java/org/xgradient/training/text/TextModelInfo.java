package org.xgradient.training.text;

import org.xgradient.data.Provenance;
import org.xgradient.data.text.TextClasses;
import org.xgradient.data.text.TextPreprocessing;
import org.xgradient.graph.embedding.EmbeddedNetwork;

/**
 * What is known of a trained model of texts, besides its weights.
 *
 * @param network the form of the network
 * @param preprocessing what makes numbers of texts
 * @param classes the names of the classes
 * @param provenance where the model came from
 */
public record TextModelInfo(
    TextNetwork network,
    TextPreprocessing preprocessing,
    TextClasses classes,
    Provenance provenance) {

  /** {@return the description of the network} */
  public EmbeddedNetwork embedded() {
    return network.network(preprocessing, classes);
  }

  /** {@return the same for what is left of the network without its biases} */
  public TextModelInfo withoutBiases() {
    var left =
        new TextNetwork(
            network.kind(), network.dimension(), network.filters(), network.widths(), false);
    return new TextModelInfo(left, preprocessing, classes, provenance);
  }

  /**
   * The same from somewhere else.
   *
   * @param other where the model came from
   * @return the information
   */
  public TextModelInfo withProvenance(Provenance other) {
    return new TextModelInfo(network, preprocessing, classes, other);
  }
}
