package org.xgradient.attribution;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.xgradient.attribution.ProgressListener.Progress;
import org.xgradient.data.FloatArray;
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
    implements AttributorRun {

  @Override
  public Model model() {
    return prepared.model();
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
            .orElseGet(() -> options.batchRows(prepared.bytesPerRow(), rows.rows()));
    if (rows.rows() % batch == 0 || (any && !options.wholeBatches())) {
      return runBatches(rows, labelOfRow, batch, fixed);
    }
    int[] padded = new int[(rows.rows() + batch - 1) / batch * batch];
    Arrays.setAll(padded, i -> Math.min(i, rows.rows() - 1));
    FixedInputs ofPadded =
        (feeds, of) -> fixed.addTo(feeds, Arrays.stream(of).map(i -> padded[i]).toArray());
    return runBatches(
            rows.gather(padded), Arrays.copyOf(labelOfRow, padded.length), batch, ofPadded)
        .rows(0, rows.rows());
  }

  private Attributions runBatches(FloatArray rows, int[] labelOfRow, int batch, FixedInputs fixed) {
    var collector =
        new AttributionCollector(
            rows.rows(), prepared.explainedShape(), model().outputs(), prepared.isComplete());
    for (int from = 0; from < rows.rows(); from += batch) {
      int to = Math.min(rows.rows(), from + batch);
      int[] labels = needsLabels() ? Arrays.copyOfRange(labelOfRow, from, to) : new int[0];
      Feeds ofRows = prepared.feeds(rows.rows(from, to), labels, options.seed() + from);
      Feeds feeds = fixed.addTo(ofRows, IntStream.range(from, to).toArray());
      runBatch(ofMethod.apply(feeds), from, to, rows.rows(), collector);
    }
    Attributions found = collector.result();
    prepared.check().ifPresent(check -> check.check(found.values(), found.explained()));
    return found;
  }

  private void runBatch(Feeds feeds, int from, int to, int rows, AttributionCollector collector) {
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
}
