package org.xgradient.cli.page;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.data.table.TablePreprocessing;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Predictor;
import org.xgradient.report.table.DenseLayer;
import org.xgradient.report.table.DenseNetwork;
import org.xgradient.report.table.WhatIf;
import org.xgradient.report.text.Numbers;

/** Whether a page can compute a model: tried on rows, not taken from its looks. */
public final class ModelInPage {

  /** How far outputs may differ, relative to the largest, or absolutely below 1. */
  public static final double TOLERANCE = 1e-5;

  private ModelInPage() {}

  /**
   * Takes the weights of a model and holds the outputs that the page will compute to TensorFlow's.
   *
   * @param model the model
   * @param preprocessing what makes its features
   * @param labels what its outputs mean
   * @param method what explains it
   * @param features rows to compare on, of shape {@code [rows, features]}, at least one
   * @return the model for the page, or why there is none
   */
  public static WhatIf of(
      BoundModel model,
      TablePreprocessing preprocessing,
      LabelEncoding labels,
      AttributionMethod method,
      FloatArray features) {
    ImmutableDoubleArray nodes;
    ImmutableDoubleArray weights;
    if (method instanceof XGradient) {
      nodes = ImmutableDoubleArray.of(1);
      weights = ImmutableDoubleArray.of(1);
    } else if (method instanceof IntegratedGradients path && path.baseline().isZero()) {
      nodes = path.quadrature().nodes();
      weights = path.quadrature().weights();
    } else {
      return new WhatIf.Unavailable(
          "A page computes X-Gradient and Integrated Gradients; these contributions are those of %s."
              .formatted(method.getClass().getSimpleName()));
    }
    Optional<DenseNetwork> network = network(model);
    if (network.isEmpty()) {
      return new WhatIf.Unavailable(
          "A page computes dense networks with rectifiers (ReLU) between their layers; this model is"
              + " another one.");
    }
    if (network.get().size() > WhatIf.MOST_WEIGHTS) {
      return new WhatIf.Unavailable(
          "A page computes networks of at most %s weights; this one has %s."
              .formatted(Numbers.count(WhatIf.MOST_WEIGHTS), Numbers.count(network.get().size())));
    }
    double difference =
        difference(network.get().outputs(features), Predictor.of(model).logits(features));
    if (!(difference <= TOLERANCE)) {
      return new WhatIf.Unavailable(
          "A page computes dense networks with rectifiers (ReLU) between their layers; this model is"
              + " another one: computed as such its outputs would be others.");
    }
    return new WhatIf.Computed(
        network.get(),
        preprocessing.encodings(),
        labels,
        nodes,
        weights,
        ("Change cells and see what the model makes of them. This page computes the model itself: on"
                + " %s its outputs were those of TensorFlow up to %s of the largest.")
            .formatted(Numbers.count(features.rows(), "row"), Numbers.significant(difference, 2)));
  }

  private static Optional<DenseNetwork> network(BoundModel model) {
    List<DenseLayer> layers = new ArrayList<>();
    int inputs = model.model().inputShape().get(0);
    if (model.model().inputShape().length() != 1) {
      return Optional.empty();
    }
    for (Parameter parameter : model.model().parameters()) {
      boolean isWeight =
          parameter.role() == Parameter.Role.WEIGHT
              && parameter.shape().length() == 2
              && parameter.shape().get(0) == inputs;
      boolean isBias =
          parameter.role() == Parameter.Role.BIAS
              && parameter.shape().length() == 1
              && parameter.shape().get(0) == inputs
              && !layers.isEmpty()
              && layers.get(layers.size() - 1).biases().isEmpty();
      if (isWeight) {
        layers.add(new DenseLayer(parameter.read(model.session()), Optional.empty()));
        inputs = parameter.shape().get(1);
      } else if (isBias) {
        DenseLayer last = layers.remove(layers.size() - 1);
        layers.add(new DenseLayer(last.weights(), Optional.of(parameter.read(model.session()))));
      } else {
        return Optional.empty();
      }
    }
    return layers.isEmpty() || inputs != model.model().outputs()
        ? Optional.empty()
        : Optional.of(new DenseNetwork(ImmutableList.copyOf(layers)));
  }

  private static double difference(FloatArray computed, FloatArray expected) {
    double largest = 1;
    double difference = 0;
    for (int i = 0; i < expected.size(); i++) {
      largest = Math.max(largest, Math.abs(expected.values()[i]));
      difference =
          Math.max(difference, Math.abs((double) computed.values()[i] - expected.values()[i]));
    }
    return difference / largest;
  }
}
