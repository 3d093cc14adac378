/** Numbers, tables and markup as text: rounding with an error, widths of characters, escaping. */
@NullMarked
package org.xgradient.report.text;

import org.jspecify.annotations.NullMarked;
