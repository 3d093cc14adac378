package org.xgradient.attribution;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.Lists;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xgradient.attribution.PathProbe.Point;
import org.xgradient.attribution.PathProbe.Rows;
import org.xgradient.attribution.PathProbe.Targets;
import org.xgradient.attribution.ProgressListener.Progress;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.FixedInputs;

/** One run of {@link AdaptiveIntegratedGradients} over some rows. */
final class AdaptiveIntegration {

  /** Equal intervals to begin with: kinks that are closer together may be overlooked. */
  private static final int FIRST_INTERVALS = 8;

  /** A share of the output to which floats give it. */
  private static final double ROUNDING = 0x1p-20;

  /** Of rows that are larger than this, the gradients of an interval are computed again. */
  private static final int KEPT_ROW_SIZE = 1 << 14;

  /** What an interval takes beside its gradient: the object and its place in lists. */
  private static final int INTERVAL_BYTES = 128;

  private final PathProbe probe;
  private final AdaptiveIntegratedGradients method;
  private final Rows rows;
  private final int count;
  private final int rowSize;
  private final boolean keeps;
  private final FloatArray values;
  private final FloatArray logits;
  private final FloatArray explained;
  private final FloatArray start;

  /** The paths of the rows at hand, of which the first is the row {@code from}. */
  private final List<Path> paths = new ArrayList<>();

  private Targets targets = new Targets(0, FloatArray.zeros(0, 0));
  private int from;
  private long gradients;

  private AdaptiveIntegration(PathProbe probe, AdaptiveIntegratedGradients method, Rows rows) {
    this.probe = probe;
    this.method = method;
    this.rows = rows;
    this.count = rows.values().rows();
    this.rowSize = probe.contributionSize();
    this.keeps =
        rowSize <= KEPT_ROW_SIZE
            && (long) method.maxSteps() * rowSize * Float.BYTES <= rows.options().memoryBudget();
    this.values =
        FloatArray.zeros(
            ImmutableIntArray.builder()
                .add(count)
                .addAll(probe.explainedShape())
                .build()
                .toArray());
    this.logits = FloatArray.zeros(count, probe.bound().model().outputs());
    this.explained = FloatArray.zeros(count);
    this.start = FloatArray.zeros(count);
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
    private final double tolerated;
    private int spent;

    Path(double tolerated) {
      this.tolerated = tolerated;
    }

    double gap() {
      return intervals.stream().mapToDouble(interval -> Math.abs(interval.gap())).sum();
    }
  }

  /** What a run gave, and the gradients that it took for each row in the mean. */
  record Found(Attributions attributions, long gradientsPerRow) {}

  static Found run(PathProbe probe, AdaptiveIntegratedGradients method, Rows rows) {
    return new AdaptiveIntegration(probe, method, rows).run();
  }

  /** Some rows at a time, so that what is known of their intervals keeps within the budget. */
  private Found run() {
    int some = rowsAtATime();
    for (from = 0; from < count; from += some) {
      int to = Math.min(count, from + some);
      begin(to);
      for (boolean goesOn = true; goesOn; ) {
        goesOn = bisect();
      }
      FloatArray sums = FloatArray.zeros(to - from, rowSize);
      for (int row = from; row < to; row++) {
        sum(row, sums);
      }
      float[] found = probe.attributions(rows, from, sums).values();
      System.arraycopy(found, 0, values.values(), from * values.rowSize(), found.length);
      paths.clear();
      progressed((long) to * method.maxSteps());
    }
    return new Found(
        new Attributions(values, logits, explained, Optional.of(start)),
        (gradients + count - 1) / count);
  }

  private int rowsAtATime() {
    long ofInterval = INTERVAL_BYTES + (keeps ? (long) rowSize * Float.BYTES : 0);
    long ofRow = method.maxSteps() * ofInterval + (long) rowSize * Float.BYTES;
    long affordable = rows.options().memoryBudget() / ofRow;
    return (int) Math.max(1, Math.min(rows.options().maxBatch(), affordable));
  }

  /** As if all gradients of the budget were to be spent; those that are not are done at the end. */
  private void progressed(long done) {
    rows.options().progress().progressed(new Progress(done, (long) count * method.maxSteps()));
  }

  /** The gradients for an interval: where none is kept, another one at the end. */
  private int gradientsOfInterval() {
    return keeps ? 1 : 2;
  }

  /** Divides the paths of the rows up to some row into equal intervals. */
  private void begin(int to) {
    List<FloatArray> atInputs = probe.atInputs(rows, from, to);
    targets = new Targets(from, atInputs.get(2));
    int outputs = probe.bound().model().outputs();
    System.arraycopy(
        atInputs.get(0).values(), 0, logits.values(), from * outputs, (to - from) * outputs);
    System.arraycopy(atInputs.get(1).values(), 0, explained.values(), from, to - from);
    int first = Math.max(1, Math.min(FIRST_INTERVALS, method.maxSteps() / gradientsOfInterval()));
    List<Point> ends = new ArrayList<>();
    for (int row = from; row < to; row++) {
      for (int k = 0; k < first; k++) {
        ends.add(new Point(row, (double) k / first));
      }
    }
    float[] found = probe.outputs(rows, targets, ends).values();
    List<Interval> added = new ArrayList<>();
    List<Integer> of = new ArrayList<>();
    for (int row = from; row < to; row++) {
      double[] outputsAt = new double[first + 1];
      double largest = Math.abs(explained.values()[row]);
      for (int k = 0; k < first; k++) {
        outputsAt[k] = found[(row - from) * first + k];
        largest = Math.max(largest, Math.abs(outputsAt[k]));
      }
      outputsAt[first] = explained.values()[row];
      start.values()[row] = (float) outputsAt[0];
      double change = Math.abs(outputsAt[first] - outputsAt[0]);
      // No finer than floats can tell.
      Path path = new Path(Math.max(method.tolerance() * change, ROUNDING * largest));
      paths.add(path);
      for (int k = 0; k < first; k++) {
        Interval interval =
            new Interval(
                (double) k / first, (double) (k + 1) / first, outputsAt[k], outputsAt[k + 1]);
        path.intervals.add(interval);
        added.add(interval);
        of.add(row);
      }
    }
    evaluate(added, of);
  }

  /** Bisects what is off most, in all rows at a time; tells whether there was anything. */
  private boolean bisect() {
    List<Interval> added = new ArrayList<>();
    List<Integer> of = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      Path path = paths.get(i);
      Set<Interval> worst = worst(path);
      path.intervals.removeIf(worst::contains);
      for (Interval interval : worst) {
        double middle = interval.middle();
        for (Interval half :
            List.of(
                new Interval(interval.from, middle, interval.outputFrom, interval.outputMiddle),
                new Interval(middle, interval.to, interval.outputMiddle, interval.outputTo))) {
          path.intervals.add(half);
          added.add(half);
          of.add(from + i);
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
  private Set<Interval> worst(Path path) {
    double gap = path.gap();
    if (gap <= path.tolerated) {
      return Set.of();
    }
    List<Interval> sorted = new ArrayList<>(path.intervals);
    sorted.sort(Comparator.comparingDouble((Interval i) -> Math.abs(i.gap())).reversed());
    Set<Interval> worst = new LinkedHashSet<>();
    for (Interval interval : sorted) {
      int more = worst.size() + 1;
      int atTheEnd = keeps ? 0 : path.intervals.size() + more;
      boolean affordable = path.spent + 2 * more + atTheEnd <= method.maxSteps();
      // Floats can't tell the ends of shorter ones apart.
      boolean divisible = interval.to - interval.from > 0x1p-20;
      if (gap <= path.tolerated / 2 || !affordable) {
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
    List<Point> points = new ArrayList<>();
    for (int k = 0; k < intervals.size(); k++) {
      points.add(new Point(of.get(k), intervals.get(k).middle()));
      paths.get(of.get(k) - from).spent++;
    }
    gradients += points.size();
    List<FloatArray> found =
        keeps ? probe.contributions(rows, targets, points) : probe.slopes(rows, targets, points);
    for (int k = 0; k < intervals.size(); k++) {
      Interval interval = intervals.get(k);
      interval.outputMiddle = found.get(0).values()[k];
      interval.slope = found.get(1).values()[k];
      if (keeps) {
        interval.contribution = found.get(2).rows(k, k + 1).values();
      }
    }
    progressed((long) from * method.maxSteps() + spent());
  }

  private long spent() {
    return paths.stream().mapToLong(path -> Math.min(path.spent, method.maxSteps())).sum();
  }

  private void sum(int row, FloatArray all) {
    double[] sums = new double[rowSize];
    List<Interval> intervals = paths.get(row - from).intervals;
    int some = keeps ? intervals.size() : probe.batchPoints(rows.options(), intervals.size());
    for (List<Interval> together : Lists.partition(intervals, some)) {
      if (!keeps) {
        contribute(row, together);
      }
      for (Interval interval : together) {
        float[] contribution = requireNonNull(interval.contribution);
        for (int j = 0; j < rowSize; j++) {
          sums[j] += (interval.to - interval.from) * contribution[j];
        }
        interval.contribution = null;
      }
    }
    for (int j = 0; j < rowSize; j++) {
      all.values()[(row - from) * rowSize + j] = (float) sums[j];
    }
  }

  /** Computes gradients that were not kept once more. */
  private void contribute(int row, List<Interval> intervals) {
    List<Point> points =
        intervals.stream().map(interval -> new Point(row, interval.middle())).toList();
    gradients += points.size();
    paths.get(row - from).spent += points.size();
    FloatArray found = probe.contributions(rows, targets, points).get(2);
    for (int k = 0; k < intervals.size(); k++) {
      intervals.get(k).contribution = found.rows(k, k + 1).values();
    }
    progressed((long) from * method.maxSteps() + spent());
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
    public BoundModel bound() {
      return probe.bound();
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
