/** What reaches the terminal. */
@NullMarked
package org.xgradient.cli.terminal;

import org.jspecify.annotations.NullMarked;
