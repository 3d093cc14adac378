/**
 * How each type of operation scales: a white list, one rule for a family of types. What has no rule
 * is not proven. Not exported.
 *
 * <p>A new rule goes into the class of its family and into {@link
 * org.xgradient.graph.homogeneity.rules.ScalingRules}, and needs a case in its test.
 */
@NullMarked
package org.xgradient.graph.homogeneity.rules;

import org.jspecify.annotations.NullMarked;
