/** How far long work is, with a rate and a time left: bars on a terminal, lines elsewhere. */
@NullMarked
package org.xgradient.report.progress;

import org.jspecify.annotations.NullMarked;
