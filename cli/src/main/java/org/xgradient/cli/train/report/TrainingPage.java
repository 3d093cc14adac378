package org.xgradient.cli.train.report;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.AutomaticOptions;
import org.xgradient.attribution.XGradient;
import org.xgradient.cli.page.AttributionSections;
import org.xgradient.cli.page.Explained;
import org.xgradient.cli.page.ModelInPage;
import org.xgradient.cli.page.RowSample;
import org.xgradient.cli.page.ShownFacts;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.data.Seeds;
import org.xgradient.data.Task;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Predictor;
import org.xgradient.metrics.Bootstrap;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.metrics.ModelMetric;
import org.xgradient.metrics.UndefinedMetricException;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.chart.Axis;
import org.xgradient.report.chart.LineChart;
import org.xgradient.report.chart.Series;
import org.xgradient.report.table.AttributedRows;
import org.xgradient.report.table.AttributionCharts;
import org.xgradient.report.table.RowExplorer;
import org.xgradient.report.table.RowTable;
import org.xgradient.report.table.WhatIf;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.report.text.SafeText;
import org.xgradient.report.text.Sentences;
import org.xgradient.training.EpochRecord;
import org.xgradient.training.TrainingResult;

/**
 * The page beside a model that was trained on a table.
 *
 * @param model the model
 * @param method what explains it
 * @param table the rows it was trained and judged on
 * @param metric the name of the usual metric
 * @param judge what judges the epochs on the validation rows
 * @param masked the columns that a prior keeps it from
 * @param groups the columns to show groups of, perhaps none
 * @param seed the seed of what is drawn
 */
public record TrainingPage(
    BoundModel model,
    AttributionMethod method,
    TrainedRows table,
    String metric,
    String judge,
    List<String> masked,
    List<String> groups,
    long seed) {

  /** More rows make a page slow, and charts no clearer. */
  private static final int SHOWN = 1000;

  private static final int RESAMPLES = 500;

  /** In all samples together: more take minutes. */
  private static final int RESAMPLED_ROWS = 2_000_000;

  /** The interval of more rows is narrower than the digits that are shown. */
  private static final int RESAMPLED = 20_000;

  private static final double OVERFITTED = 0.1;

  /**
   * The page.
   *
   * @param result the training
   * @param prior what became of the priors, if there are any
   * @param priorTables its tables, as they are printed
   * @param provenance where the model came from
   */
  public HtmlPage of(
      TrainingResult result,
      Optional<PriorOutcome> prior,
      ImmutableList<ReportTable> priorTables,
      Provenance provenance) {
    JudgedRows judged = judged();
    String score = score(judged);
    String label = SafeText.isolated(table.labels().column());
    HtmlPage page =
        HtmlPage.titled("What was learned: " + label)
            .lead(
                "%s %s from %s, and what it relies on."
                    .formatted(
                        table
                            .begun()
                            .map(begun -> begun.model() + ", trained further to predict")
                            .orElse("A network that predicts"),
                        label,
                        Numbers.count(table.groups().columns().size(), "column")));
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("%s on the %s rows".formatted(metric, judged.part()), score);
    table
        .begun()
        .filter(begun -> judged.part().equals("test"))
        .ifPresent(begun -> figures.put("of it before, on these rows", begun.before().toString()));
    figures.put("rows it learned from", Numbers.count(table.split().train().length()));
    figures.put(
        "epoch taken", "%d of %d".formatted(result.bestEpoch() + 1, result.history().size()));
    page.keyFigures(figures);
    learnedFrom(page);
    quality(page, judged, score, result);
    prior.ifPresent(outcome -> PriorSection.addTo(page, outcome, priorTables, metric, masked));
    if (!table.columns().isEmpty()) {
      explanations(page, judged);
    }
    limits(page, provenance);
    return page;
  }

  private JudgedRows judged() {
    ImmutableIntArray test = table.split().test();
    ImmutableIntArray validation = table.split().validation();
    return !test.isEmpty()
        ? rows("test", test)
        : !validation.isEmpty()
            ? rows("validation", validation)
            : rows("training", table.split().train());
  }

  private JudgedRows rows(String part, ImmutableIntArray numbers) {
    var batch = table.dataset().batch(numbers.toArray());
    return new JudgedRows(
        part, numbers, table.labels(), Predictor.of(model).logits(batch.inputs()), batch.labels());
  }

  private String score(JudgedRows rows) {
    ModelMetric usual = ModelMetric.of(table.labels().task());
    try {
      double value = usual.of(rows.outputs(), rows.actual());
      if (rows.rows() > RESAMPLED) {
        return Numbers.significant(value, 4);
      }
      ConfidenceInterval interval =
          new Bootstrap(Math.min(RESAMPLES, RESAMPLED_ROWS / rows.rows()), 0.95, seed)
              .ofMetric(usual, rows.outputs(), rows.actual());
      return Numbers.interval(value, interval.lower(), interval.upper());
    } catch (UndefinedMetricException e) {
      return Numbers.MISSING;
    }
  }

  private static boolean hasInterval(JudgedRows rows, String score) {
    return rows.rows() <= RESAMPLED && score.contains("(");
  }

  private static OptionalDouble plainScore(JudgedRows rows) {
    try {
      return OptionalDouble.of(
          ModelMetric.of(rows.labels().task()).of(rows.outputs(), rows.actual()));
    } catch (UndefinedMetricException e) {
      return OptionalDouble.empty();
    }
  }

  private void learnedFrom(HtmlPage page) {
    page.section("What it learned from").table(table.schema());
    var parts = ReportTable.titled("Rows").text("").number("rows");
    if (table.labels().task() != Task.REGRESSION) {
      table.labels().classes().forEach(parts::number);
    }
    addPart(parts, "training", table.split().train());
    addPart(parts, "validation", table.split().validation());
    addPart(parts, "test", table.split().test());
    page.table(
        parts
            .footnote(
                "The training rows shape the network, the validation rows choose among its epochs (and"
                    + " the weight of a prior), the test rows judge it.")
            .build());
  }

  private void addPart(ReportTable.Builder parts, String name, ImmutableIntArray numbers) {
    List<String> cells = new ArrayList<>(List.of(name, Numbers.count(numbers.length())));
    if (table.labels().task() != Task.REGRESSION) {
      int[] counts = new int[table.labels().classes().size()];
      if (!numbers.isEmpty()) {
        for (float label : table.dataset().batch(numbers.toArray()).labels().values()) {
          counts[(int) label]++;
        }
      }
      for (int count : counts) {
        cells.add(Numbers.count(count));
      }
    }
    parts.row(cells);
  }

  private void quality(HtmlPage page, JudgedRows judged, String score, TrainingResult result) {
    page.section("How good it is");
    if (judged.part().equals("training")) {
      page.warning(
          "It was judged by the rows it learned from",
          "That says little of other rows; give --test or --validation a share.");
    }
    page.paragraph(
        "%s on the %s rows: %s%s."
            .formatted(
                Sentences.begin(metric),
                judged.part(),
                score,
                hasInterval(judged, score)
                    ? ", with the 95 % bootstrap interval over the rows"
                    : ""));
    overfitted(page, judged);
    QualitySection.addTo(page, judged);
    page.subsection("Learning curves").figures(curves(result, judge), caption(result));
    if (result.bestMetric().isPresent()
        && result.history().size() > 1
        && result.bestEpoch() == result.history().size() - 1) {
      page.warning(
          "The epoch taken is the last one",
          "It was still getting better; more --epochs may make it better yet.");
    }
  }

  private void overfitted(HtmlPage page, JudgedRows judged) {
    OptionalDouble here = plainScore(judged);
    OptionalDouble there = plainScore(rows("training", table.split().train()));
    if (here.isPresent()
        && there.isPresent()
        && there.getAsDouble() - here.getAsDouble() > OVERFITTED) {
      page.warning(
          "It knows the training rows by heart",
          "%s is %s on them and %s on the %s rows. A prior, fewer --hidden units or more rows help."
              .formatted(
                  metric,
                  Numbers.significant(there.getAsDouble(), 3),
                  Numbers.significant(here.getAsDouble(), 3),
                  judged.part()));
    }
  }

  private static List<LineChart> curves(TrainingResult result, String judge) {
    List<EpochRecord> history = result.history();
    double[] epochs = history.stream().mapToDouble(record -> record.epoch() + 1).toArray();
    List<LineChart> charts = new ArrayList<>();
    charts.add(
        curve(
            "Loss on the training rows",
            "loss",
            epochs,
            history.stream().mapToDouble(EpochRecord::loss).toArray(),
            result));
    double[] judged = history.stream().mapToDouble(r -> r.metric().orElse(Double.NaN)).toArray();
    if (result.bestMetric().isPresent()) {
      charts.add(
          curve(Sentences.begin(judge) + " on the validation rows", judge, epochs, judged, result));
    }
    return charts;
  }

  private static LineChart curve(
      String title, String quantity, double[] epochs, double[] values, TrainingResult result) {
    LineChart chart =
        LineChart.of(
            title,
            Axis.linear("epoch"),
            Axis.linear(quantity),
            List.of(Series.of(quantity, epochs, values)));
    return (result.bestMetric().isPresent()
            ? chart.withMark("epoch taken", result.bestEpoch() + 1)
            : chart)
        .small();
  }

  private static String caption(TrainingResult result) {
    return result.bestMetric().isPresent()
        ? "The network of the epoch at the dashed line was taken."
        : "Without validation rows the last epoch was taken.";
  }

  private void explanations(HtmlPage page, JudgedRows judged) {
    JudgedRows some = judged.gather(drawn(judged));
    Explained explained = Explained.of(table.labels(), Optional.empty(), false).get(0);
    FloatArray features = table.dataset().batch(some.numbers().toArray()).inputs();
    Attributions found =
        attribute(
            features,
            AttributorOptions.withDefaults().withSeed(seed).withTarget(explained.target()));
    RowSample sample =
        new RowSample(
            table.columns(),
            table.labels().classes(),
            ImmutableList.of(table.labels().column()),
            SHOWN,
            seed);
    for (int row = 0; row < some.rows(); row++) {
      int source = table.sourceRows().get(some.numbers().get(row));
      sample.add(
          source + 1L,
          List.of(some.actualText(row)),
          table.cells(),
          source,
          explained.row(
              found, row, table.groups().sumByColumn(found.values().rows(row, row + 1).values())));
    }
    RowTable shown = sample.table(explained.quantityOf(1));
    AttributedRows rows = shown.rows();
    found
        .completeness()
        .filter(completeness -> completeness.relativeGap() > 0.05)
        .ifPresent(
            completeness ->
                page.warning(
                    "The contributions below do not add up",
                    "They miss %s of what there is to explain."
                        .formatted(Numbers.percent(completeness.relativeGap()))));
    AttributionSections.addTo(
        page,
        rows,
        "%s%s"
            .formatted(
                Numbers.count(rows.rows(), some.part() + " row"),
                some.rows() < judged.rows() ? " drawn at random" : ""),
        table.baseline());
    groups(page, some, rows);
    page.section("Row by row")
        .paragraph(
            "%s that the network was %s, with their labels."
                .formatted(
                    Numbers.count(rows.rows(), "row"),
                    some.part().equals("training") ? "trained on" : "not trained on"));
    RowExplorer.addTo(
        page,
        shown,
        table
            .preprocessing()
            .map(made -> ModelInPage.of(model, made, table.labels(), method, features))
            .orElseGet(WhatIf.Unavailable::ofOthers));
  }

  /** Of a model of others it takes as many points as they need, for no page computes that model. */
  private Attributions attribute(FloatArray features, AttributorOptions options) {
    return table.preprocessing().isPresent()
        ? Attributor.of(model, method, options).attribute(features)
        : Attributor.auto(model, AutomaticOptions.withDefaults().withRuns(options))
            .attribute(features)
            .attributions();
  }

  /** In the order of the table, as the sample has them. */
  private int[] drawn(JudgedRows judged) {
    int rows = judged.rows();
    int most = Math.min(SHOWN, RowSample.mostRows(table.columns().size()));
    int[] all = IntStream.range(0, rows).toArray();
    int[] some =
        rows <= most
            ? all
            : IntStream.of(new DataRandom(Seeds.derive(seed, "rows of a page")).permutation(rows))
                .limit(most)
                .toArray();
    return IntStream.of(some)
        .boxed()
        .sorted(Comparator.comparingInt(row -> table.sourceRows().get(judged.numbers().get(row))))
        .mapToInt(row -> row)
        .toArray();
  }

  private void groups(HtmlPage page, JudgedRows judged, AttributedRows rows) {
    List<String> columns =
        GroupTables.columns(groups, masked, rows, AttributionCharts.byImportance(rows));
    if (columns.isEmpty()) {
      return;
    }
    page.section("Groups")
        .paragraph(
            "Whether the model is as good for some rows as for others, and what the column itself"
                + " adds there. Small groups say little.");
    columns.forEach(name -> page.table(GroupTables.of(name, judged, rows)));
  }

  private void limits(HtmlPage page, Provenance provenance) {
    List<String> points = new ArrayList<>();
    boolean exact = method instanceof XGradient;
    if (exact) {
      points.add(
          "The network has no biases (an X-DNN): its output for %s is 0 whatever it learned"
                  .formatted(table.zero())
              + switch (table.labels().task()) {
                case REGRESSION -> table.zeroOutput();
                case BINARY -> ", so that both classes have the probability one half there.";
                case MULTICLASS -> ", so that all classes are equally probable there.";
              });
      points.add("In return its contributions are exact, and add up to the output.");
    } else {
      points.add(
          "The network has biases: contributions are approximated by Integrated Gradients from %s."
              .formatted(table.zero()));
    }
    if (table.labels().task() != Task.REGRESSION) {
      points.add("Probabilities are as good as the calibration above says, for rows like these.");
    }
    points.add(
        "Contributions say what the model does, not what causes the label; columns that go together"
            + " share them.");
    page.section("Limits, and where this comes from")
        .bullets(points)
        .definitions(ShownFacts.of(provenance));
  }
}
