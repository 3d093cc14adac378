/** {@code predict} and {@code attribute}, on rows of a table and on images. */
@NullMarked
package org.xgradient.cli.explain;

import org.jspecify.annotations.NullMarked;
