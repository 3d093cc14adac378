package org.xgradient.cli.demo;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.table.Table;
import org.xgradient.experiments.sparsity.StudyRun;
import org.xgradient.report.chart.Contribution;
import org.xgradient.report.chart.ContributionChart;
import org.xgradient.report.text.Numbers;
import org.xgradient.training.table.TableModel;
import org.xgradient.training.table.TablePredictions;

/** Explanations of some test rows by an exported model, from raw rows as a user would give them. */
final class RowExplanations {

  private static final int CANDIDATES = 200;
  private static final int SHOWN = 8;

  private RowExplanations() {}

  /** Explains a row with a low, one with a middling and one with a high prediction. */
  static ImmutableList<ContributionChart> of(TableModel model, StudyRun run, Table table) {
    ImmutableIntArray test = run.data().split().test();
    int[] rows = test.subArray(0, Math.min(CANDIDATES, test.length())).toArray();
    Table candidates = table.gather(rows);
    TablePredictions predictions = model.predict(candidates);
    Attributions attributions =
        Attributor.of(model, new XGradient())
            .attribute(model.preprocessing().transform(candidates));

    List<Integer> byOutput =
        IntStream.range(0, rows.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> predictions.logits().values()[row]))
            .toList();
    ImmutableList.Builder<ContributionChart> charts = ImmutableList.builder();
    for (int rank : new int[] {0, rows.length / 2, rows.length - 1}) {
      charts.add(chart(model, candidates, predictions, attributions, byOutput.get(rank)));
    }
    return charts.build();
  }

  private static ContributionChart chart(
      TableModel model,
      Table table,
      TablePredictions predictions,
      Attributions attributions,
      int row) {
    var groups = model.preprocessing().groups();
    float[] amounts = groups.sumByColumn(attributions.values().rows(row, row + 1).values());
    List<Contribution> contributions = new ArrayList<>();
    for (int i = 0; i < amounts.length; i++) {
      String column = groups.columns().get(i);
      contributions.add(new Contribution(column + " = " + cell(table, column, row), amounts[i]));
    }
    double alive = predictions.probabilities(row).get(1);
    return ContributionChart.of(
            "Person %d: predicted probability of being alive after ten years: %s"
                .formatted(row + 1, Numbers.percent(alive)),
            "log-odds of being alive",
            attributions.baselineOutput().orElseThrow().values()[row],
            contributions,
            attributions.explained().values()[row])
        .withLabels("average person", "prediction")
        .largest(SHOWN);
  }

  private static String cell(Table table, String column, int row) {
    var cells = table.numeric(column);
    return cells.isMissing(row) ? "missing" : Numbers.significant(cells.value(row), 3);
  }
}
