/**
 * What people see of a run: pages, charts, tables, progress.
 *
 * <p>An {@link org.xgradient.report.HtmlPage} is one file that needs no network, and is whole
 * without a script. It holds {@link org.xgradient.report.text.ReportTable}s, which the terminal and
 * CSV files show too, and {@link org.xgradient.report.chart.Chart}s, which are drawn as SVG: {@link
 * org.xgradient.report.chart.LineChart}, {@link org.xgradient.report.chart.BarChart}, {@link
 * org.xgradient.report.chart.PointChart} and {@link org.xgradient.report.chart.ContributionChart}.
 * All of them are plain values; nothing here knows a model.
 */
@NullMarked
package org.xgradient.report;

import org.jspecify.annotations.NullMarked;
