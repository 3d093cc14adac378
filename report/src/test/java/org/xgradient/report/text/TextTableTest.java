package org.xgradient.report.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void columnsLineUp() {
    ReportTable table =
        ReportTable.titled("Results")
            .text("method")
            .number("AUC", "cost")
            .row("none", "0.79 ± 0.02", "1.00 x")
            .emphasizedRow("XG", "0.8", "1.52 x")
            .footnote("Over 8 seeds.")
            .build();

    assertThat(TextTable.plain(table))
        .isEqualTo(
            """
            Results
              method          AUC    cost
              ──────  ───────────  ──────
              none    0.79 ± 0.02  1.00 x
            * XG              0.8  1.52 x
            Over 8 seeds.
            """);
  }

  @Test
  void wideAndCombiningCharactersCountAsTheTerminalShowsThem() {
    ReportTable table =
        ReportTable.titled("").text("a").number("b").row("血清", "1").row("e\u0301", "2").build();

    assertThat(TextTable.plain(table)).isEqualTo("a     b\n────  ─\n血清  1\ne\u0301     2\n");
  }

  @Test
  void lineEndsInCellsDoNotBreakTheTable() {
    ReportTable table = ReportTable.titled("").text("a").row("x\r\ny\u001b[31m").build();

    assertThat(TextTable.plain(table)).isEqualTo("a\n─────────────\nx y\\u{1b}[31m\n");
  }

  @Test
  void markdownEscapesWhatWouldEndACell() {
    ReportTable table =
        ReportTable.titled("Results")
            .text("feature")
            .number("mean |a|")
            .row("a|b", "")
            .emphasizedRow("c\\", "2")
            .build();

    assertThat(TextTable.markdown(table))
        .isEqualTo(
            """
            Results

            | feature | mean \\|a\\| |
            | --- | ---: |
            | a\\|b |  |
            | **c\\\\** | **2** |
            """);
  }

  @Test
  void rowsMustFitTheColumns() {
    assertThatThrownBy(() -> ReportTable.titled("t").text("a", "b").row("1").build())
        .hasMessage("a row of table 't' must have 2 cells, found 1: [1]");
    assertThatThrownBy(() -> ReportTable.titled("t").build())
        .hasMessage("table 't' must have a column, found none");
  }
}
