/**
 * Whether attributions add up to what they explain: as a measure ({@link
 * org.xgradient.attribution.completeness.Completeness}), and as a check of those that must.
 */
@NullMarked
package org.xgradient.attribution.completeness;

import org.jspecify.annotations.NullMarked;
