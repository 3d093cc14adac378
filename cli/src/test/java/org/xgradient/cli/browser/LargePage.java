package org.xgradient.cli.browser;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.ImmutableLongArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xgradient.cli.page.AttributionSections;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.table.AttributedRows;
import org.xgradient.report.table.RowExplorer;
import org.xgradient.report.table.RowTable;
import org.xgradient.report.table.WhatIf;

/** A page of as many rows as pages have at most, of random numbers with many digits. */
public final class LargePage {

  private LargePage() {}

  /**
   * Makes the page.
   *
   * @param rows how many rows
   * @param columns how many columns, of which each third is one of levels
   */
  public static HtmlPage of(int rows, int columns) {
    DataRandom random = new DataRandom(1);
    List<Column> cells = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      if (i % 3 == 2) {
        int[] codes = IntStream.range(0, rows).map(row -> random.nextInt(7) - 1).toArray();
        cells.add(
            CategoricalColumn.of(
                "level " + i, List.of("one", "two", "three", "four", "five", "six"), codes));
      } else {
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++) {
          values[row] = 1000 * random.nextGaussian();
        }
        cells.add(NumericColumn.of("number " + i, values));
      }
    }
    FloatArray contributions = FloatArray.zeros(rows, columns);
    FloatArray ends = FloatArray.zeros(rows);
    for (int i = 0; i < contributions.size(); i++) {
      contributions.values()[i] = (float) (random.nextGaussian() / (1 + i % columns));
      ends.values()[i / columns] += contributions.values()[i];
    }
    AttributedRows attributed =
        new AttributedRows(
            "log-odds of yes",
            ImmutableList.copyOf(cells),
            contributions,
            ends,
            Optional.of(FloatArray.zeros(rows)));
    double[] probabilities =
        IntStream.range(0, rows)
            .mapToDouble(row -> 1 / (1 + Math.exp(-ends.values()[row])))
            .toArray();
    HtmlPage page = HtmlPage.titled("Large");
    AttributionSections.addTo(page, attributed, "all rows", AttributionSections.AVERAGE_ROW);
    page.section("Row by row");
    RowExplorer.addTo(
        page,
        new RowTable(
            attributed,
            ImmutableLongArray.copyOf(IntStream.rangeClosed(1, rows).asLongStream().toArray()),
            ImmutableMap.of(),
            ImmutableList.of("no", "yes"),
            Optional.of(ImmutableIntArray.copyOf(IntStream.range(0, rows).map(r -> 1).toArray())),
            Optional.of(ImmutableDoubleArray.copyOf(probabilities))),
        new WhatIf.Unavailable("This is no model."));
    return page;
  }
}
