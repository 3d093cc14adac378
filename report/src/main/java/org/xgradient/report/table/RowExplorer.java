package org.xgradient.report.table;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.ColumnEncoding;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.PageScript;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.report.text.SafeText;

/**
 * The part of a page in which a reader searches, sorts and filters explained rows, sees how each
 * comes about and what is like it, and changes cells to see what the model makes of them. Without a
 * script there are the first rows and three of them in full.
 */
public final class RowExplorer {

  private static final ImmutableList<String> SCRIPTS =
      ImmutableList.of("numbers.js", "waterfall.js", "network.js", "rows.js", "explorer.js");

  private static final int FIRST_ROWS = 20;
  private static final int REASONS = 3;
  private static final String PLACE = "rows";

  /** What is smaller than this share of the largest contribution of a row is rounding. */
  private static final double LEAST = 1e-6;

  private static final String START = "output at the baseline";
  private static final String END = "output for this row";

  private RowExplorer() {}

  /**
   * Adds the rows to a section of a page.
   *
   * @param page the page, which may have one such part
   * @param table the rows; memory and file grow with them, by about 10 bytes a cell
   * @param whatIf whether cells may be changed
   */
  public static void addTo(HtmlPage page, RowTable table, WhatIf whatIf) {
    SCRIPTS.forEach(name -> page.script(PageScript.resource(RowExplorer.class, name)));
    page.data("rows-data", data(table, whatIf));
    page.place(PLACE, "rows to search, sort and change");
    page.fallback(PLACE, inside -> withoutScript(inside, table));
  }

  private static void withoutScript(HtmlPage page, RowTable table) {
    AttributedRows rows = table.rows();
    page.table(firstRows(table));
    if (rows.starts().isPresent()) {
      List<Integer> order =
          IntStream.range(0, rows.rows())
              .boxed()
              .sorted(Comparator.comparingDouble(row -> rows.ends().values()[row]))
              .toList();
      IntStream.of(0, order.size() / 2, order.size() - 1)
          .map(order::get)
          .distinct()
          .forEach(
              row ->
                  page.figure(
                      AttributionCharts.waterfall(
                              rows,
                              row,
                              "Row %s: %s %s"
                                  .formatted(
                                      Numbers.count(table.numbers().get(row)),
                                      SafeText.of(rows.output()),
                                      Numbers.significant(rows.ends().values()[row], 4)))
                          .withLabels(START, END),
                      "From the output at the baseline to that for the row, by what the cells add."));
    }
  }

  private static ReportTable firstRows(RowTable table) {
    AttributedRows rows = table.rows();
    int shown = Math.min(FIRST_ROWS, rows.rows());
    var builder =
        ReportTable.titled(
                shown == rows.rows()
                    ? "The rows"
                    : "The first %s of %s rows".formatted(shown, Numbers.count(rows.rows())))
            .number("row");
    table.kept().keySet().forEach(builder::text);
    boolean several =
        table.explained().map(classes -> classes.stream().distinct().count() > 1).orElse(false);
    if (several) {
      builder.text("explained");
    }
    builder.number(rows.output());
    table.probabilities().ifPresent(values -> builder.number("probability"));
    builder.text("adds or takes most");
    for (int row = 0; row < shown; row++) {
      List<String> cells = new ArrayList<>();
      cells.add(Numbers.count(table.numbers().get(row)));
      for (ImmutableList<String> texts : table.kept().values()) {
        cells.add(SafeText.of(texts.get(row)));
      }
      if (several) {
        cells.add(table.classes().get(table.explained().get().get(row)));
      }
      cells.add(Numbers.significant(rows.ends().values()[row], 4));
      if (table.probabilities().isPresent()) {
        cells.add(Numbers.percent(table.probabilities().get().get(row)));
      }
      cells.add(reasons(rows, row));
      builder.row(cells);
    }
    return builder.build();
  }

  private static String reasons(AttributedRows rows, int row) {
    List<String> reasons = new ArrayList<>();
    List<Integer> largest =
        IntStream.range(0, rows.columns().size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer c) -> -Math.abs(rows.contribution(row, c))))
            .limit(REASONS)
            .toList();
    double least = LEAST * Math.abs(rows.contribution(row, largest.get(0)));
    largest.stream()
        .filter(column -> Math.abs(rows.contribution(row, column)) > least)
        .forEach(
            column -> {
              float amount = rows.contribution(row, column);
              reasons.add(
                  SafeText.isolated(
                          rows.columns().get(column).name() + " = " + rows.cell(row, column))
                      + (amount > 0 ? " +" : " ")
                      + Numbers.significant(amount, 3));
            });
    return String.join("; ", reasons);
  }

  private static Map<String, Object> data(RowTable table, WhatIf whatIf) {
    AttributedRows rows = table.rows();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("count", rows.rows());
    data.put("complete", rows.starts().isPresent());
    data.put("output", SafeText.of(rows.output()));
    // Before each row's own class, where they differ.
    data.put("unit", SafeText.of(rows.output()).split(" of ", 2)[0]);
    data.put("startLabel", START);
    data.put("endLabel", END);
    data.put("classes", safe(table.classes()));
    data.put(
        "kept",
        table.kept().entrySet().stream()
            .map(
                kept ->
                    ImmutableMap.of(
                        "name", SafeText.of(kept.getKey()), "texts", safe(kept.getValue())))
            .toList());
    data.put("numbers", PackedArray.of(table.numbers().stream().asDoubleStream().toArray()));
    List<Map<String, Object>> columns = new ArrayList<>();
    for (int i = 0; i < rows.columns().size(); i++) {
      columns.add(column(rows.columns().get(i), rows.isDate(i)));
    }
    data.put("columns", columns);
    data.put("contributions", PackedArray.of(byColumn(rows)));
    data.put("end", PackedArray.of(rows.ends().values()));
    rows.starts().ifPresent(values -> data.put("start", PackedArray.of(values.values())));
    table
        .probabilities()
        .ifPresent(values -> data.put("probabilities", PackedArray.of(values.toArray())));
    table
        .explained()
        .ifPresent(
            indices ->
                data.put(
                    "explained", PackedArray.ofPlaces(table.classes().size(), indices.toArray())));
    putWhatIf(data, whatIf);
    return data;
  }

  private static void putWhatIf(Map<String, Object> data, WhatIf whatIf) {
    if (whatIf instanceof WhatIf.Unavailable unavailable) {
      data.put("whyNoModel", unavailable.why());
      return;
    }
    WhatIf.Computed model = (WhatIf.Computed) whatIf;
    data.put("whatIfNote", model.note());
    data.put("model", model(model));
  }

  private static Map<String, Object> model(WhatIf.Computed model) {
    Map<String, Object> network = new LinkedHashMap<>();
    network.put("layers", model.network().layers().stream().map(RowExplorer::layer).toList());
    network.put("nodes", model.nodes().toArray());
    network.put("weights", model.weights().toArray());
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("task", model.labels().task().name().toLowerCase(Locale.ROOT));
    out.put("scale", model.labels().standardizer().scale());
    out.put("mean", model.labels().standardizer().mean());
    out.put("encodings", model.encodings().stream().map(RowExplorer::encoding).toList());
    out.put("network", network);
    return out;
  }

  private static Map<String, Object> layer(DenseLayer layer) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("inputs", layer.inputs());
    out.put("outputs", layer.outputs());
    out.put("weights", PackedArray.of(layer.weights().values()));
    layer.biases().ifPresent(values -> out.put("biases", PackedArray.of(values.values())));
    return out;
  }

  private static Map<String, Object> encoding(ColumnEncoding encoding) {
    if (encoding instanceof ColumnEncoding.Numeric numeric) {
      return ImmutableMap.of(
          "kind", "number",
          "observed", numeric.imputer().observed(),
          "imputed", numeric.imputer().mean(),
          "mean", numeric.standardizer().mean(),
          "scale", numeric.standardizer().scale());
    }
    var levels = ((ColumnEncoding.Categorical) encoding).oneHot();
    return ImmutableMap.of(
        "kind", "levels", "levels", levels.levels().size(), "missing", levels.missingSeen());
  }

  private static Map<String, Object> column(Column column, boolean date) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("name", SafeText.of(column.name()));
    if (column instanceof NumericColumn numbers) {
      out.put("kind", date ? "date" : "number");
      out.put(
          "values",
          PackedArray.ofCells(
              IntStream.range(0, numbers.rows()).mapToDouble(numbers::value).toArray()));
      return out;
    }
    CategoricalColumn cells = (CategoricalColumn) column;
    int count = cells.levels().size();
    out.put("kind", "levels");
    out.put("levels", safe(cells.levels()));
    out.put(
        "values",
        PackedArray.ofPlaces(
            count,
            IntStream.range(0, cells.rows())
                .map(row -> cells.isMissing(row) ? count : cells.code(row))
                .toArray()));
    return out;
  }

  private static float[] byColumn(AttributedRows rows) {
    int count = rows.columns().size();
    float[] out = new float[rows.contributions().size()];
    for (int row = 0; row < rows.rows(); row++) {
      for (int column = 0; column < count; column++) {
        out[column * rows.rows() + row] = rows.contribution(row, column);
      }
    }
    return out;
  }

  private static List<String> safe(List<String> texts) {
    return texts.stream().map(SafeText::of).toList();
  }
}
