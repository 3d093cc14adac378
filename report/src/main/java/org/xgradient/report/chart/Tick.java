package org.xgradient.report.chart;

/**
 * A mark on an axis.
 *
 * @param position where it is drawn
 * @param label what is written beside it; empty where there is no room
 */
record Tick(double position, String label) {}
