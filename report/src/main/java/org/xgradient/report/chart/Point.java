package org.xgradient.report.chart;

/**
 * A place in a drawing.
 *
 * @param x to the right
 * @param y downwards
 */
record Point(double x, double y) {}
