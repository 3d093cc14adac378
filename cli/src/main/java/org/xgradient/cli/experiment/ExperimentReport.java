package org.xgradient.cli.experiment;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xgradient.data.AtomicFiles;
import org.xgradient.experiments.Configurations;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.ExperimentRun;
import org.xgradient.experiments.Finding;
import org.xgradient.report.CsvFile;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.JsonFile;
import org.xgradient.report.chart.Chart;
import org.xgradient.report.text.ReportTable;
import org.xgradient.report.text.TextTable;

/**
 * What is written and printed of any experiment: page, CSV and JSON.
 *
 * @param view how the results are shown
 * @param results the results
 * @param findings what they say about the paper
 * @param <C> the configuration
 * @param <T> a piece of the work
 * @param <R> what comes out of a piece
 */
record ExperimentReport<C, T, R>(
    ExperimentView<C, T, R> view,
    ExperimentResults<C, T, R> results,
    ImmutableList<Finding> findings) {

  static <C, T, R> ExperimentReport<C, T, R> of(
      ExperimentView<C, T, R> view, ExperimentResults<C, T, R> results) {
    return new ExperimentReport<>(view, results, view.experiment().findings(results));
  }

  /** Writes the files into the directory of the run, and prints the tables and findings. */
  void write(Path directory) throws IOException {
    ImmutableList<ReportTable> tables = view.tables(results);
    Path report = directory.resolve("report.html");
    CsvFile.write(directory.resolve("summary.csv"), tables.get(0));
    JsonFile.write(directory.resolve("summary.json"), json(tables));
    for (Map.Entry<String, Chart> chart : view.charts(results).entrySet()) {
      AtomicFiles.writeText(directory.resolve(chart.getKey() + ".svg"), chart.getValue().svg());
    }
    page(tables).write(report);
    tables.forEach(table -> System.out.println(TextTable.plain(table)));
    sentences().forEach(sentence -> System.out.println("- " + sentence));
    System.out.println();
    System.out.println("Report:  " + report);
    System.out.println("Results: " + directory.resolve(ExperimentRun.LOG));
  }

  private HtmlPage page(List<ReportTable> tables) {
    HtmlPage page =
        HtmlPage.titled(view.experiment().description().title())
            .lead(view.lead(results))
            .section(view.heading())
            .paragraph(
                "These sentences are computed from confidence intervals; with other numbers they"
                    + " would be others.")
            .bullets(sentences())
            .section("Results");
    view.draw(page, results);
    tables.forEach(page::table);
    return page.section("Configuration")
        .paragraph(
            "Copy it, change it, and run it with --config FILE; --print-config prints it with"
                + " explanations.")
        .code(Configurations.toJson(results.configuration()))
        .section("Where the results come from")
        .definitions(results.provenance().facts());
  }

  private List<String> sentences() {
    return findings.stream().map(Finding::sentence).toList();
  }

  private Map<String, Object> json(List<ReportTable> tables) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("experiment", view.experiment().name());
    json.put("source", view.experiment().description().source());
    json.put("findings", findings);
    json.put("tables", tables.stream().map(ExperimentReport::json).collect(toImmutableList()));
    json.put("configuration", results.configuration());
    json.put("provenance", results.provenance().facts());
    return json;
  }

  private static ImmutableMap<String, Object> json(ReportTable table) {
    List<String> columns = table.columns().stream().map(ReportTable.Column::name).toList();
    return ImmutableMap.of("caption", table.caption(), "columns", columns, "rows", table.rows());
  }
}
