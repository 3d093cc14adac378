/**
 * {@code train}, on a table and on images: options, the training, what is stored to go on later.
 */
@NullMarked
package org.xgradient.cli.train;

import org.jspecify.annotations.NullMarked;
