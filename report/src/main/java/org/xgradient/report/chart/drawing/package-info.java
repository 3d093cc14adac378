/** What charts are drawn on: shapes and texts as SVG or in pixels, and their colours. */
@NullMarked
package org.xgradient.report.chart.drawing;

import org.jspecify.annotations.NullMarked;
