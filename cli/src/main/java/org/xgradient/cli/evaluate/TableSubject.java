package org.xgradient.cli.evaluate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.metrics.masking.Fill;
import org.xgradient.metrics.masking.KeptFractions;
import org.xgradient.metrics.masking.MaskedInputs;
import org.xgradient.metrics.masking.MaskingCurve;
import org.xgradient.metrics.masking.MaskingMetric;
import org.xgradient.metrics.masking.MaskingOptions;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.report.text.SafeText;
import org.xgradient.training.table.TableModel;

/**
 * The rows of a table.
 *
 * @param bound the model, borrowed
 * @param task what its outputs mean
 * @param unit what an output of 1 is in the unit of the label; 1 for a classification
 * @param features the names of the features
 * @param fill what masked features become
 * @param masking that as a sentence
 * @param fileRows the index of each row in its file
 */
public record TableSubject(
    BoundModel bound,
    Task task,
    double unit,
    ImmutableList<String> features,
    Fill fill,
    String masking,
    ImmutableIntArray fileRows)
    implements Subject {

  /** Steps of insertion and deletion, where there are as many features. */
  private static final int CAUSAL_STEPS = 32;

  private static final int EXAMPLES = 3;
  private static final int NAMED_FEATURES = 4;

  /**
   * The rows of the table of a model of ours: masked features become 0.
   *
   * @param model the model, borrowed
   * @param fileRows the index of each row in its file
   */
  static TableSubject of(TableModel model, ImmutableIntArray fileRows) {
    return new TableSubject(
        model,
        model.labels().task(),
        model.labels().standardizer().scale(),
        model.preprocessing().featureNames(),
        Fill.constant(0),
        "Masked features become 0: numbers the mean of the training rows, levels of a category"
            + " none.",
        fileRows);
  }

  @Override
  public GraphSession session() {
    return bound.session();
  }

  @Override
  public Model model() {
    return bound.model();
  }

  @Override
  public Wording wording() {
    return new Wording("rows", "features", masking);
  }

  @Override
  public ImmutableList<MaskingOptions> maskings() {
    var families = MaskingOptions.withDefaults().withFill(fill);
    int steps = Math.min(CAUSAL_STEPS, features.size());
    return ImmutableList.of(
        families,
        families
            .withMetrics(MaskingMetric.INSERTION, MaskingMetric.DELETION)
            .withFractions(KeptFractions.linear(steps + 1)));
  }

  @Override
  public int sampleForRandomization() {
    return 100;
  }

  @Override
  public ImmutableList<Example> examples(
      FloatArray inputs,
      ImmutableMap<String, FloatArray> attributions,
      ImmutableList<BandedCurve> curves) {
    MaskingCurve first = curves.get(0).curve();
    List<Integer> points = points(first, inputs.rowSize());
    ImmutableList.Builder<Example> examples = ImmutableList.builder();
    for (int row = 0; row < Math.min(EXAMPLES, inputs.rows()); row++) {
      ReportTable table = table(row, attributions, curves, points);
      examples.add(page -> page.table(table));
    }
    return examples.build();
  }

  /** The fractions at which one, a few and about half of the features stay. */
  private static List<Integer> points(MaskingCurve curve, int features) {
    List<Integer> points = new ArrayList<>();
    for (int most : new int[] {1, 3, Math.max(4, features / 2)}) {
      IntStream.range(0, curve.fractions().length())
          .filter(point -> kept(curve, point, features) >= 1)
          .filter(point -> kept(curve, point, features) <= most)
          .max()
          .ifPresent(points::add);
    }
    return points.stream().distinct().toList();
  }

  private static int kept(MaskingCurve curve, int point, int features) {
    return (int) Math.floor(curve.fractions().get(point) * features);
  }

  private ReportTable table(
      int row,
      ImmutableMap<String, FloatArray> attributions,
      ImmutableList<BandedCurve> curves,
      List<Integer> points) {
    MaskingCurve any = curves.get(0).curve();
    var builder =
        ReportTable.titled(
                "Row %d of the file: what stays for %s, and what the model makes of it"
                    .formatted(fileRows.get(row) + 1, any.metric().name()))
            .text("method");
    for (int point : points) {
      builder.text(
          "%d of %s"
              .formatted(
                  kept(any, point, features.size()), Numbers.count(features.size(), "feature")));
    }
    for (BandedCurve banded : curves) {
      MaskingCurve curve = banded.curve();
      FloatArray values = Optional.ofNullable(attributions.get(curve.method())).orElseThrow();
      List<String> cells = new ArrayList<>(List.of(curve.method()));
      for (int point : points) {
        cells.add(
            "%s: %s"
                .formatted(
                    Numbers.significant(curve.value(row, point), 3),
                    names(values, row, curve.metric(), curve.fractions().get(point))));
      }
      builder.row(cells);
    }
    return builder.build();
  }

  /** The features that stay, those with the largest attributions first. */
  private String names(FloatArray attributions, int row, MaskingMetric metric, double fraction) {
    boolean[] stays = MaskedInputs.stays(attributions, row, metric, fraction);
    int first = row * stays.length;
    List<String> names =
        IntStream.range(0, stays.length)
            .filter(feature -> stays[feature])
            .boxed()
            .sorted(
                Comparator.comparing(feature -> -Math.abs(attributions.values()[first + feature])))
            .map(features::get)
            .map(SafeText::isolated)
            .toList();
    if (names.isEmpty()) {
      return "nothing";
    }
    String shown = String.join(", ", Iterables.limit(names, NAMED_FEATURES));
    int more = names.size() - NAMED_FEATURES;
    return more > 0 ? "%s and %d more".formatted(shown, more) : shown;
  }
}
