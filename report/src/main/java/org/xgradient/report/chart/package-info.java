/**
 * Charts as SVG, without a library that draws: lines, bars, points with intervals, contributions as
 * a waterfall.
 *
 * <p>A {@link org.xgradient.report.chart.Chart} is described by its data and draws itself; a new
 * kind has a description for callers and a plot that only it uses.
 */
@NullMarked
package org.xgradient.report.chart;

import org.jspecify.annotations.NullMarked;
