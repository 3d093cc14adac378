package org.xgradient.attribution;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.xgradient.attribution.ProgressListener.Progress;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.FixedInputs;
import org.xgradient.graph.Model;

/**
 * Runs a prepared method in batches of rows and chunks of points that keep within the budget.
 *
 * @param prepared the method
 * @param points the points of each example
 * @param ofMethod adds what the method itself is fed
 * @param options how it runs
 */
record BatchedRun(
    PreparedMethod prepared, int points, UnaryOperator<Feeds> ofMethod, AttributorOptions options)
    implements Attributor.Run {

  /** As many points for each make a batch; more rows would only leave the cache. */
  private static final int ROWS_WITH_POINTS = 256;

  @Override
  public BoundModel bound() {
    return prepared.bound();
  }

  @Override
  public boolean needsLabels() {
    return prepared.needsLabels();
  }

  @Override
  public Attributions run(FloatArray rows, int[] labelOfRow, FixedInputs fixed) {
    boolean any = model().fixedBatch().isEmpty();
    options.checkAffordable(prepared.bytesPerRow(), model().fixedBatch().orElse(1));
    int batch =
        model()
            .fixedBatch()
            .orElseGet(() -> batches().batchRows(prepared.bytesPerRow(), rows.rows()));
    if (rows.rows() % batch == 0 || (any && !options.wholeBatches())) {
      return runBatches(rows, labelOfRow, batch, fixed);
    }
    int[] padded = new int[Math.toIntExact((rows.rows() + batch - 1L) / batch * batch)];
    Arrays.setAll(padded, i -> Math.min(i, rows.rows() - 1));
    FixedInputs ofPadded =
        (feeds, of) -> fixed.addTo(feeds, Arrays.stream(of).map(i -> padded[i]).toArray());
    return runBatches(
            rows.gather(padded), Arrays.copyOf(labelOfRow, padded.length), batch, ofPadded)
        .rows(0, rows.rows());
  }

  /** What is drawn is drawn for a batch, which is then as large as was asked for. */
  private AttributorOptions batches() {
    return points == 1 || prepared.draws()
        ? options
        : options.withMaxBatch(Math.min(options.maxBatch(), ROWS_WITH_POINTS));
  }

  private Model model() {
    return bound().model();
  }

  private Attributions runBatches(FloatArray rows, int[] labelOfRow, int batch, FixedInputs fixed) {
    var collector =
        new Collector(
            rows.rows(), prepared.explainedShape(), model().outputs(), prepared.isComplete());
    for (int from = 0; from < rows.rows(); from += batch) {
      int to = Math.min(rows.rows(), from + batch);
      int[] labels = needsLabels() ? Arrays.copyOfRange(labelOfRow, from, to) : new int[0];
      FloatArray ofBatch = to - from == rows.rows() ? rows : rows.rows(from, to);
      Feeds ofRows = prepared.feeds(ofBatch, labels, options.seed() + from);
      Feeds feeds = fixed.addTo(ofRows, IntStream.range(from, to).toArray());
      runBatch(ofMethod.apply(feeds), from, to, rows.rows(), collector);
    }
    Attributions found = collector.result();
    prepared.check().ifPresent(check -> check.check(found.values(), found.explained()));
    return found;
  }

  private void runBatch(Feeds feeds, int from, int to, int rows, Collector collector) {
    int chunkPoints =
        model().fixedBatch().isPresent()
            ? 1
            : options.chunkPoints(prepared.bytesPerRow(), to - from, points);
    for (int point = 0; point < points; point += chunkPoints) {
      if (Thread.interrupted()) {
        throw new CancellationException(
            "attribution was interrupted after %s of %s rows".formatted(from, rows));
      }
      int end = Math.min(points, point + chunkPoints);
      Feeds all = prepared.withPoints(feeds, point, end);
      // Only the contributions differ between the chunks.
      if (point == 0) {
        collector.addFirst(from, prepared.run(all, from), end == points);
      } else {
        collector.addNext(from, prepared.contribution(all, from), end == points);
      }
      long done = (long) from * points + (long) (to - from) * end;
      options.progress().progressed(new Progress(done, (long) rows * points));
    }
  }

  /** Puts the results of runs together; sums contributions of chunks in double precision. */
  private static final class Collector {

    private final int rowSize;
    private final FloatArray attributions;
    private final FloatArray logits;
    private final FloatArray explained;
    private final @Nullable FloatArray baselineOutput;

    /** The sums of the batch that is being added. */
    private double[] sums = new double[0];

    /**
     * Makes room for the results.
     *
     * @param rows the number of rows
     * @param explained the shape of one row's attributions
     * @param outputs the number of logits
     * @param complete whether there is an output at the baseline; zero where none is added
     */
    Collector(int rows, ImmutableIntArray explained, int outputs, boolean complete) {
      var shape = ImmutableIntArray.builder(1 + explained.length()).add(rows).addAll(explained);
      attributions = FloatArray.zeros(shape.build().toArray());
      rowSize = attributions.rowSize();
      logits = FloatArray.zeros(rows, outputs);
      this.explained = FloatArray.zeros(rows);
      baselineOutput = complete ? FloatArray.zeros(rows) : null;
    }

    /**
     * Adds what the first chunk of a batch gave.
     *
     * @param from the first row of the batch
     * @param values what it gave
     * @param last whether there is no other chunk
     */
    void addFirst(int from, PreparedMethod.Values values, boolean last) {
      float[] contribution = values.contribution().values();
      if (last) {
        float[] all = attributions.values();
        int first = from * rowSize;
        for (int i = 0; i < contribution.length; i++) {
          // Negative zeros become zeros, as in a sum.
          all[first + i] = contribution[i] + 0f;
        }
      } else {
        sums = new double[contribution.length];
        add(contribution);
      }
      copy(values.logits(), logits, from * (logits.size() / logits.rows()));
      copy(values.explained(), explained, from);
      FloatArray start = baselineOutput;
      if (start != null) {
        values.start().ifPresent(output -> copy(output, start, from));
      }
    }

    /**
     * Adds what a further chunk of the batch gave.
     *
     * @param from the first row of the batch
     * @param contribution the contributions of the chunk
     * @param last whether there is no other chunk
     */
    void addNext(int from, FloatArray contribution, boolean last) {
      add(contribution.values());
      if (last) {
        for (int i = 0; i < sums.length; i++) {
          attributions.values()[from * rowSize + i] = (float) sums[i];
        }
      }
    }

    private void add(float[] contribution) {
      for (int i = 0; i < contribution.length; i++) {
        sums[i] += contribution[i];
      }
    }

    Attributions result() {
      return new Attributions(attributions, logits, explained, Optional.ofNullable(baselineOutput));
    }

    private static void copy(FloatArray from, FloatArray to, int offset) {
      System.arraycopy(from.values(), 0, to.values(), offset, from.size());
    }
  }
}
