/**
 * Descriptions of networks: immutable, free of any graph, with a toggle for their biases.
 *
 * <p>A {@link org.xgradient.graph.network.Network} is a name, an input shape and a {@link
 * org.xgradient.graph.network.Sequential} of {@link org.xgradient.graph.network.Layer}s; built into
 * a session it becomes a {@link org.xgradient.graph.network.NetworkModel}. A new layer is a record
 * that implements {@code Layer}, which is sealed: tests over all layers then ask for a case.
 */
@NullMarked
package org.xgradient.graph.network;

import org.jspecify.annotations.NullMarked;
