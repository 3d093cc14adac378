package org.xgradient.experiments.axioms;

import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.ConvergedExpectedGradients;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.Gradient;
import org.xgradient.attribution.InputXGradient;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.network.Network;

/** A row of {@link AxiomTable}. */
public enum TableMethod {
  /** Integrated Gradients from the zero baseline, 128 Gauss-Legendre steps. */
  INTEGRATED_GRADIENTS("IG", false) {
    @Override
    AttributionMethod from(FloatArray references) {
      return IntegratedGradients.withDefaults();
    }
  },

  /** Expected Gradients in the limit of many draws. */
  CONVERGED_EXPECTED_GRADIENTS("EG, converged", true) {
    @Override
    AttributionMethod from(FloatArray references) {
      return new ConvergedExpectedGradients(
          references, Quadrature.gaussLegendre(IntegratedGradients.DEFAULT_STEPS));
    }
  },

  /** Expected Gradients with one draw. */
  EXPECTED_GRADIENTS("EG(1)", true) {
    @Override
    AttributionMethod from(FloatArray references) {
      return new ExpectedGradients(ReferenceDistribution.uniform(references), 1);
    }
  },

  /** The gradient. */
  GRADIENT("Grad", false) {
    @Override
    AttributionMethod from(FloatArray references) {
      return new Gradient();
    }
  },

  /** The input times the gradient. */
  INPUT_X_GRADIENT("IxG", false) {
    @Override
    AttributionMethod from(FloatArray references) {
      return new InputXGradient();
    }
  },

  /** X-Gradient, on networks without biases. */
  X_GRADIENT("XG on an X-DNN", false) {
    @Override
    AttributionMethod from(FloatArray references) {
      return new XGradient();
    }
  };

  private final String title;
  private final boolean referenced;

  TableMethod(String title, boolean referenced) {
    this.title = title;
    this.referenced = referenced;
  }

  /** {@return the name as it stands in the table} */
  public String title() {
    return title;
  }

  /** {@return whether the row is about homogeneous networks only} */
  public boolean needsHomogeneity() {
    return this == X_GRADIENT;
  }

  /** {@return whether the method takes references, and not one baseline} */
  boolean takesReferences() {
    return referenced;
  }

  /**
   * The method.
   *
   * @param references the references, for a method that takes them
   */
  abstract AttributionMethod from(FloatArray references);

  /** The variant of a network that the row is about. */
  Network variantOf(Network network) {
    return needsHomogeneity() ? network.withoutBiases() : network;
  }
}
