package org.xgradient.attribution;

import static java.util.Objects.requireNonNull;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.xgradient.attribution.PathProbe.Point;
import org.xgradient.attribution.PathProbe.Rows;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.FixedInputs;
import org.xgradient.graph.Model;

/** One run of {@link AdaptiveIntegratedGradients} over some rows. */
final class AdaptiveIntegration {

  /** Equal intervals to begin with: kinks that are closer together may be overlooked. */
  private static final int FIRST_INTERVALS = 8;

  /** Of rows that are larger than this, the gradients of an interval are computed again. */
  private static final int KEPT_ROW_SIZE = 1 << 14;

  private final PathProbe probe;
  private final AdaptiveIntegratedGradients method;
  private final Rows rows;
  private final int rowSize;
  private final boolean keeps;
  private final List<Path> paths = new ArrayList<>();
  private long gradients;

  private AdaptiveIntegration(PathProbe probe, AdaptiveIntegratedGradients method, Rows rows) {
    this.probe = probe;
    this.method = method;
    this.rows = rows;
    this.rowSize = probe.explainedShape().stream().reduce(1, Math::multiplyExact);
    this.keeps = rowSize <= KEPT_ROW_SIZE;
  }

  /** An interval of a path. */
  private static final class Interval {
    private final double from;
    private final double to;
    private final double outputFrom;
    private final double outputTo;
    private double outputMiddle;
    private double slope;
    private float @Nullable [] contribution;

    Interval(double from, double to, double outputFrom, double outputTo) {
      this.from = from;
      this.to = to;
      this.outputFrom = outputFrom;
      this.outputTo = outputTo;
    }

    double middle() {
      return (from + to) / 2;
    }

    /** What the midpoint says of the change of the output, less the change. */
    double gap() {
      return (to - from) * slope - (outputTo - outputFrom);
    }
  }

  /** The path of a row, as intervals in any order. */
  private static final class Path {
    private final List<Interval> intervals = new ArrayList<>();
    private int spent;

    double gap() {
      return intervals.stream().mapToDouble(interval -> Math.abs(interval.gap())).sum();
    }
  }

  /** What a run gave, and the gradients that it took for each row in the mean. */
  record Found(Attributions attributions, long gradientsPerRow) {}

  static Found run(PathProbe probe, AdaptiveIntegratedGradients method, Rows rows) {
    return new AdaptiveIntegration(probe, method, rows).run();
  }

  private Found run() {
    int count = rows.values().rows();
    List<FloatArray> atInputs = probe.atInputs(rows);
    FloatArray explained = atInputs.get(1);
    FloatArray start = begin(explained);
    double change = 0;
    for (int i = 0; i < count; i++) {
      change += Math.abs((double) explained.values()[i] - start.values()[i]) / count;
    }
    double tolerated = method.tolerance() * change;
    for (boolean goesOn = true; goesOn; ) {
      goesOn = bisect(tolerated);
    }
    int[] shape =
        ImmutableIntArray.builder().add(count).addAll(probe.explainedShape()).build().toArray();
    FloatArray values = FloatArray.zeros(shape);
    for (int i = 0; i < count; i++) {
      sum(i, values);
    }
    return new Found(
        new Attributions(values, atInputs.get(0), explained, Optional.of(start)),
        (gradients + count - 1) / count);
  }

  /** Divides all paths into equal intervals; gives the output at the baseline. */
  private FloatArray begin(FloatArray explained) {
    int count = rows.values().rows();
    int first = Math.min(FIRST_INTERVALS, method.maxSteps());
    List<Point> ends = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < first; k++) {
        ends.add(new Point(i, (double) k / first));
      }
    }
    float[] outputs = probe.outputs(rows, ends).values();
    FloatArray start = FloatArray.zeros(count);
    List<Interval> added = new ArrayList<>();
    List<Integer> of = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path path = new Path();
      paths.add(path);
      start.values()[i] = outputs[i * first];
      for (int k = 0; k < first; k++) {
        double end = k + 1 == first ? explained.values()[i] : outputs[i * first + k + 1];
        Interval interval =
            new Interval((double) k / first, (double) (k + 1) / first, outputs[i * first + k], end);
        path.intervals.add(interval);
        added.add(interval);
        of.add(i);
      }
    }
    evaluate(added, of);
    return start;
  }

  /** Bisects what is off most, in all rows at a time; tells whether there was anything. */
  private boolean bisect(double tolerated) {
    List<Interval> added = new ArrayList<>();
    List<Integer> of = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      Path path = paths.get(i);
      for (Interval interval : worst(path, tolerated)) {
        double middle = interval.middle();
        path.intervals.remove(interval);
        for (Interval half :
            List.of(
                new Interval(interval.from, middle, interval.outputFrom, interval.outputMiddle),
                new Interval(middle, interval.to, interval.outputMiddle, interval.outputTo))) {
          path.intervals.add(half);
          added.add(half);
          of.add(i);
        }
      }
    }
    if (added.isEmpty()) {
      return false;
    }
    evaluate(added, of);
    return true;
  }

  /** As many as it takes until the others are off by less than half of what is tolerated. */
  private List<Interval> worst(Path path, double tolerated) {
    double gap = path.gap();
    if (gap <= tolerated) {
      return List.of();
    }
    List<Interval> sorted = new ArrayList<>(path.intervals);
    sorted.sort(Comparator.comparingDouble((Interval i) -> Math.abs(i.gap())).reversed());
    List<Interval> worst = new ArrayList<>();
    for (Interval interval : sorted) {
      boolean affordable = path.spent + 2 * (worst.size() + 1) <= method.maxSteps();
      // Floats can't tell the ends of shorter ones apart.
      boolean divisible = interval.to - interval.from > 0x1p-20;
      if (gap <= tolerated / 2 || !affordable) {
        break;
      }
      gap -= Math.abs(interval.gap());
      if (divisible) {
        worst.add(interval);
      }
    }
    return worst;
  }

  private void evaluate(List<Interval> intervals, List<Integer> of) {
    if (Thread.interrupted()) {
      throw new CancellationException("attribution was interrupted");
    }
    List<Point> points = new ArrayList<>();
    for (int k = 0; k < intervals.size(); k++) {
      points.add(new Point(of.get(k), intervals.get(k).middle()));
      paths.get(of.get(k)).spent++;
    }
    gradients += points.size();
    List<FloatArray> found = keeps ? probe.contributions(rows, points) : probe.slopes(rows, points);
    for (int k = 0; k < intervals.size(); k++) {
      Interval interval = intervals.get(k);
      interval.outputMiddle = found.get(0).values()[k];
      interval.slope = found.get(1).values()[k];
      if (keeps) {
        interval.contribution = found.get(2).rows(k, k + 1).values();
      }
    }
  }

  private void sum(int row, FloatArray values) {
    double[] sums = new double[rowSize];
    for (Interval interval : paths.get(row).intervals) {
      float[] contribution = interval.contribution;
      if (contribution == null) {
        gradients++;
        List<Point> middle = List.of(new Point(row, interval.middle()));
        contribution = probe.contributions(rows, middle).get(2).values();
      }
      for (int j = 0; j < rowSize; j++) {
        sums[j] += (interval.to - interval.from) * requireNonNull(contribution)[j];
      }
    }
    for (int j = 0; j < rowSize; j++) {
      values.values()[row * rowSize + j] = (float) sums[j];
    }
  }

  /**
   * Runs {@link AdaptiveIntegratedGradients}, some rows at a time.
   *
   * @param probe the operations
   * @param method the method
   * @param options how it runs
   */
  record Rule(PathProbe probe, AdaptiveIntegratedGradients method, AttributorOptions options)
      implements Attributor.Run {

    static Rule of(
        BoundModel model, AdaptiveIntegratedGradients method, AttributorOptions options) {
      return new Rule(PathProbe.of(model, method.baseline(), options.target()), method, options);
    }

    @Override
    public Model model() {
      return probe.model();
    }

    @Override
    public boolean needsLabels() {
      return probe.needsLabels();
    }

    @Override
    public Attributions run(FloatArray rows, int[] labelOfRow, FixedInputs fixed) {
      return measured(rows, labelOfRow, fixed).attributions();
    }

    Found measured(FloatArray rows, int[] labelOfRow, FixedInputs fixed) {
      return AdaptiveIntegration.run(
          probe, method, new Rows(rows, ImmutableIntArray.copyOf(labelOfRow), fixed, options));
    }
  }
}
