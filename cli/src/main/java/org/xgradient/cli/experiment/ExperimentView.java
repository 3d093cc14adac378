package org.xgradient.cli.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.xgradient.experiments.Experiment;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.chart.Chart;
import org.xgradient.report.text.ReportTable;

/**
 * How the results of an experiment are shown.
 *
 * @param <C> the configuration
 * @param <T> a piece of the work
 * @param <R> what comes out of a piece
 */
interface ExperimentView<C, T, R> {

  /** {@return the heading of what the findings say} */
  default String heading() {
    return "What agrees with the paper, and what does not";
  }

  /** {@return the experiment} */
  Experiment<C, T, R> experiment();

  /**
   * What a reader sees first: what was done, on what, and what the numbers mean.
   *
   * @param results the results
   * @return a sentence or two
   */
  String lead(ExperimentResults<C, T, R> results);

  /**
   * The results beside the published values. The first one is printed and written as CSV.
   *
   * @param results the results
   * @return the tables, at least one
   */
  ImmutableList<ReportTable> tables(ExperimentResults<C, T, R> results);

  /**
   * Adds figures to the section of the results, above the tables; none by default.
   *
   * @param page the page
   * @param results the results
   */
  default void draw(HtmlPage page, ExperimentResults<C, T, R> results) {}

  /**
   * The figures that are written as files of their own, in SVG; none by default.
   *
   * @param results the results
   * @return the figures by the names of their files, without the ending
   */
  default ImmutableMap<String, Chart> charts(ExperimentResults<C, T, R> results) {
    return ImmutableMap.of();
  }
}
