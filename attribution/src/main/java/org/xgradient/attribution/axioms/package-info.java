/**
 * The axioms of attribution, as checks of a method on a model and data.
 *
 * <p>{@link org.xgradient.attribution.axioms.Axioms} runs a method on the user's model, and on
 * models made from it where an {@link org.xgradient.attribution.axioms.Axiom} speaks of several or
 * of special ones: a second implementation of the same function, a combination of two functions, a
 * function that ignores some features, one that is symmetric. It reports how far each axiom is from
 * holding and where, or throws an {@link java.lang.AssertionError}, so that any test suite can hold
 * a model and a method to it. The module of experiments runs the same checks on random networks and
 * on counter-examples: Table 1 of FAA.
 *
 * <p>Numbers can refute an axiom and never prove it: a finding that an axiom holds means that it
 * does on these rows, up to the tolerance.
 *
 * @see <a href="https://arxiv.org/abs/1703.01365">Sundararajan, Taly and Yan (2017), Axiomatic
 *     attribution for deep networks</a>
 * @see <a href="https://arxiv.org/abs/2111.07668">Hesse, Schaub-Meyer and Roth (2021), Fast
 *     axiomatic attribution for neural networks</a>
 */
@NullMarked
package org.xgradient.attribution.axioms;

import org.jspecify.annotations.NullMarked;
