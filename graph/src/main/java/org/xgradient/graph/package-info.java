/**
 * Networks, models and their gradients as TensorFlow graphs.
 *
 * <p>A {@link org.xgradient.graph.network.Network} is an immutable description. Built into a graph
 * it becomes a {@link org.xgradient.graph.Model}, whose parameters live in that graph and which can
 * be applied to any operand; one application is a {@link org.xgradient.graph.ForwardPass}. A {@link
 * org.xgradient.graph.Target} says which output of a pass is of interest, {@link
 * org.xgradient.graph.Gradients} differentiates, and {@link
 * org.xgradient.graph.homogeneity.Homogeneity} proves that a pass scales with its input.
 *
 * <p>What is run is run by a {@link org.xgradient.graph.GraphSession}, which owns the graph and the
 * session and is the only type to close. Values enter and leave it as arrays; a {@link
 * org.xgradient.graph.Predictor} gives a model's outputs for them.
 *
 * <p>FAA is <a href="https://arxiv.org/abs/2111.07668">Hesse, Schaub-Meyer and Roth (2021), Fast
 * axiomatic attribution for neural networks</a>.
 */
@NullMarked
package org.xgradient.graph;

import org.jspecify.annotations.NullMarked;
