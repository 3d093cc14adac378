/**
 * Tables whose rows were explained: the charts of them, and the part of a page in which a reader
 * searches, compares and changes rows.
 *
 * <p>{@link org.xgradient.report.table.AttributedRows} holds cells and contributions, plain arrays
 * of whatever method; {@link org.xgradient.report.table.AttributionCharts} draws them, for a
 * program or a notebook; {@link org.xgradient.report.table.RowExplorer} adds them to an {@link
 * org.xgradient.report.HtmlPage}, and its scripts are beside this class as files.
 */
@NullMarked
package org.xgradient.report.table;

import org.jspecify.annotations.NullMarked;
