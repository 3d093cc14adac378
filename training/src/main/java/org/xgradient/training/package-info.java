/**
 * Training with attribution priors.
 *
 * <p>An {@link org.xgradient.training.objective.Objective} is a {@link
 * org.xgradient.training.objective.Loss} and some {@link
 * org.xgradient.training.objective.AttributionPrior}s: each an attribution method, a target and a
 * {@link org.xgradient.training.objective.Prior} on what the method finds. A {@link
 * org.xgradient.training.Trainer} adds one step to the graph of a model, loss and attributions on
 * one forward pass, and then trains with it as often as wanted.
 *
 * <p>FAA is <a href="https://arxiv.org/abs/2111.07668">Hesse, Schaub-Meyer and Roth (2021), Fast
 * axiomatic attribution for neural networks</a>.
 */
@NullMarked
package org.xgradient.training;

import org.jspecify.annotations.NullMarked;
