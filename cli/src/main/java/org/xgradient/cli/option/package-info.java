/** Options that several commands share, and what they make of them. */
@NullMarked
package org.xgradient.cli.option;

import org.jspecify.annotations.NullMarked;
