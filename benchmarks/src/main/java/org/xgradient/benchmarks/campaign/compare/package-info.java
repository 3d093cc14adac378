/**
 * The library against an engine of its own kind: a small implementation in double precision of
 * every layer and of the chain rule, written in plain loops and without TensorFlow, which computes
 * what the library computes on random networks.
 */
@NullMarked
package org.xgradient.benchmarks.campaign.compare;

import org.jspecify.annotations.NullMarked;
