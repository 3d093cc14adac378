/**
 * Networks of texts with and without biases, how they are explained word by word, and whether
 * priors keep them from a word that was planted: {@link
 * org.xgradient.experiments.text.TextExperiment}.
 */
@NullMarked
package org.xgradient.experiments.text;

import org.jspecify.annotations.NullMarked;
