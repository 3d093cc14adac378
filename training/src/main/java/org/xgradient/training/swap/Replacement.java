package org.xgradient.training.swap;

import org.xgradient.data.FloatArray;
import org.xgradient.training.objective.Masked;
import org.xgradient.training.objective.MaskedFeatures;
import org.xgradient.training.objective.MaskedWords;

/** Rows in which something is replaced. */
interface Replacement {

  /** {@return a copy of the rows with replacements drawn from a seed} */
  FloatArray draw(long seed);

  /** Prepares the replacement of what a model must not depend on. */
  static Replacement of(FloatArray rows, Masked masked) {
    return masked instanceof MaskedWords words
        ? new WordSwap(rows, words.words())
        : Swap.of(rows, ((MaskedFeatures) masked).mask());
  }
}
