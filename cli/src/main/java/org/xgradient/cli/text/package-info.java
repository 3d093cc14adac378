/** Models of texts on the command line: their predictions, explanations and pages. */
@NullMarked
package org.xgradient.cli.text;

import org.jspecify.annotations.NullMarked;
