/** The paper's experiments on the command line; they are library calls, started here. */
@NullMarked
package org.xgradient.cli.experiment;

import org.jspecify.annotations.NullMarked;
