/** Masking curves, completeness, infidelity, accuracy, ROC-AUC. */
@NullMarked
package org.xgradient.metrics;

import org.jspecify.annotations.NullMarked;
