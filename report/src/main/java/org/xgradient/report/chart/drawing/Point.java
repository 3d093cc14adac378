package org.xgradient.report.chart.drawing;

/**
 * A place in a drawing.
 *
 * @param x to the right
 * @param y downwards
 */
public record Point(double x, double y) {}
