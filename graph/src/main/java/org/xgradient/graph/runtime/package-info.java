/**
 * TensorFlow's native library and the machine that it computes on: whether it is there, which
 * devices it has, what a session may take.
 */
@NullMarked
package org.xgradient.graph.runtime;

import org.jspecify.annotations.NullMarked;
