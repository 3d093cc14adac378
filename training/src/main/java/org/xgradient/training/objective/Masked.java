package org.xgradient.training.objective;

import org.xgradient.data.FloatArray;

/** What a prior keeps a model from: what it must not depend on. */
public sealed interface Masked permits MaskedFeatures, MaskedWords {

  /**
   * Takes it away.
   *
   * @param inputs what a model is given, of shape {@code [batch, ...]}
   * @return a copy without it
   */
  FloatArray without(FloatArray inputs);
}
