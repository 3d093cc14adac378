/**
 * What people see of a run: pages, charts, tables, progress.
 *
 * <p>An {@link org.xgradient.cli.report.HtmlPage} is one file that needs no network and no script.
 * It holds {@link org.xgradient.cli.report.Table}s, which the terminal and CSV files show too, and
 * {@link org.xgradient.cli.report.Chart}s, which are drawn as SVG: {@link
 * org.xgradient.cli.report.LineChart}, {@link org.xgradient.cli.report.BarChart}, {@link
 * org.xgradient.cli.report.PointChart} and {@link org.xgradient.cli.report.ContributionChart}. All
 * of them are plain values; nothing here knows a model.
 */
@NullMarked
package org.xgradient.cli.report;

import org.jspecify.annotations.NullMarked;
