/** Models that others exported as SavedModels, and what they are given. */
@NullMarked
package org.xgradient.cli.foreign;

import org.jspecify.annotations.NullMarked;
