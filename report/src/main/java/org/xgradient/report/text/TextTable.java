package org.xgradient.report.text;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.jline.utils.WCWidth;

/** Shows a {@link ReportTable} as text. */
public final class TextTable {

  private static final String GAP = "  ";

  private TextTable() {}

  /**
   * For the terminal: columns aligned, rows that stand out marked by a star.
   *
   * @param table the table
   * @return lines, each with a line end
   */
  public static String plain(ReportTable table) {
    int[] widths = widths(table);
    StringBuilder out = new StringBuilder();
    if (!table.caption().isEmpty()) {
      out.append(oneLine(table.caption())).append('\n');
    }
    String margin = table.emphasized().isEmpty() ? "" : GAP;
    ImmutableList<String> names = names(table);
    out.append(line(margin, names, table, widths)).append('\n');
    out.append(margin).append(rule(widths)).append('\n');
    for (int i = 0; i < table.rows().size(); i++) {
      String start = table.emphasized().contains(i) ? "* " : margin;
      out.append(line(start, table.rows().get(i), table, widths)).append('\n');
    }
    table.footnotes().forEach(note -> out.append(oneLine(note)).append('\n'));
    return out.toString();
  }

  /**
   * For a page in Markdown: rows that stand out are bold.
   *
   * @param table the table
   * @return lines, each with a line end
   */
  public static String markdown(ReportTable table) {
    StringBuilder out = new StringBuilder();
    if (!table.caption().isEmpty()) {
      out.append(oneLine(table.caption())).append("\n\n");
    }
    out.append(markdownRow(names(table), "")).append('\n').append('|');
    table.columns().forEach(c -> out.append(c.numeric() ? " ---: |" : " --- |"));
    out.append('\n');
    for (int i = 0; i < table.rows().size(); i++) {
      String bold = table.emphasized().contains(i) ? "**" : "";
      out.append(markdownRow(table.rows().get(i), bold)).append('\n');
    }
    table.footnotes().forEach(note -> out.append('\n').append(oneLine(note)).append('\n'));
    return out.toString();
  }

  /** {@return how many columns of a terminal a text takes} */
  static int width(String text) {
    return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
  }

  private static String markdownRow(List<String> cells, String around) {
    StringBuilder row = new StringBuilder("|");
    for (String cell : cells) {
      String text = oneLine(cell).replace("\\", "\\\\").replace("|", "\\|");
      String marks = text.isEmpty() ? "" : around;
      row.append(' ').append(marks).append(text).append(marks).append(" |");
    }
    return row.toString();
  }

  private static String line(String start, List<String> cells, ReportTable table, int[] widths) {
    StringBuilder line = new StringBuilder(start);
    for (int i = 0; i < cells.size(); i++) {
      String cell = oneLine(cells.get(i));
      String padding = " ".repeat(widths[i] - width(cell));
      line.append(i == 0 ? "" : GAP);
      line.append(table.columns().get(i).numeric() ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  private static String rule(int[] widths) {
    StringBuilder rule = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      rule.append(i == 0 ? "" : GAP).append("─".repeat(widths[i]));
    }
    return rule.toString();
  }

  private static int[] widths(ReportTable table) {
    int[] widths = names(table).stream().mapToInt(n -> width(oneLine(n))).toArray();
    for (List<String> row : table.rows()) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], width(oneLine(row.get(i))));
      }
    }
    return widths;
  }

  private static ImmutableList<String> names(ReportTable table) {
    return table.columns().stream()
        .map(ReportTable.Column::name)
        .collect(ImmutableList.toImmutableList());
  }

  /** Line ends would break the lines. */
  private static String oneLine(String text) {
    return SafeText.of(text.replaceAll("\\R|\t", " "));
  }
}
