package org.xgradient.graph.rows;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.rows.RowIndependence.Finding;
import org.xgradient.graph.rows.RowIndependence.Mixed;
import org.xgradient.graph.rows.RowIndependence.NotFollowed;

/**
 * Tries to refute by numbers that a row's output depends on that row only: a row alone and among
 * others, or, with a fixed batch, among these and among those, in one place and in another.
 *
 * <p>The rows are normal random numbers, and some of them are a hundred times as large, which shows
 * in every mean and every maximum. It can refute and never prove.
 */
final class Neighbours {

  /** How many rows are together where there is a proof that numbers shall not refute. */
  private static final ImmutableIntArray USUAL = ImmutableIntArray.of(5);

  /** And where there is none: what depends on their number may show at some only. */
  private static final ImmutableIntArray MORE = ImmutableIntArray.of(5, 2, 3, 4, 12);

  /** How many of them are alone too. */
  private static final int ALONE = 5;

  private static final long SEED = 1;

  private final BoundModel bound;
  private final ForwardPass pass;
  private final Operand<TFloat32> logits;
  private final double tolerance;
  private final DataRandom random = new DataRandom(SEED);

  private Neighbours(BoundModel bound) {
    this.bound = bound;
    this.pass = ForwardPass.ofInference(bound);
    // Nothing may be both fed and fetched.
    this.logits = pass.ops().identity(pass.logits());
    this.tolerance = RowComparison.tolerance(logits);
  }

  /**
   * Tries.
   *
   * @param bound the model, whose variables have values
   * @param proof what is known without numbers
   * @return the same, or that rows know each other if numbers say so
   */
  static RowIndependence tried(BoundModel bound, RowIndependence proof) {
    if (proof instanceof Mixed) {
      return proof;
    }
    ImmutableIntArray together = proof instanceof NotFollowed ? MORE : USUAL;
    Optional<String> found = new Neighbours(bound).difference(together);
    return found.isEmpty()
        ? proof
        : new Mixed(
            ImmutableList.of(
                Finding.byNumbers(ForwardPass.ofInference(bound).logits(), found.get())));
  }

  private Optional<String> difference(ImmutableIntArray sizes) {
    int fixed = bound.model().fixedBatch().orElse(0);
    if (fixed == 1 || RowComparison.isDrawn(pass.logits())) {
      return Optional.empty();
    }
    return fixed == 0 ? aloneAndAmongOthers(sizes) : tried(() -> amongTheseAndThose(fixed));
  }

  /** It may well fail on numbers that are drawn without a thought; then they tell nothing. */
  private static <T> Optional<T> tried(Supplier<Optional<T>> numbers) {
    try {
      return numbers.get();
    } catch (TensorFlowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<String> aloneAndAmongOthers(ImmutableIntArray sizes) {
    FloatArray rows = rows(sizes.stream().max().orElse(1), 1);
    List<Optional<FloatArray>> alone =
        IntStream.range(0, Math.min(ALONE, rows.rows()))
            .mapToObj(row -> tried(() -> Optional.of(logits(rows.rows(row, row + 1)))))
            .toList();
    for (int i = 0; i < sizes.length(); i++) {
      int size = sizes.get(i);
      Optional<FloatArray> together = tried(() -> Optional.of(logits(rows.rows(0, size))));
      for (int row = 0; row < Math.min(size, alone.size()); row++) {
        if (together.isPresent() && alone.get(row).isPresent()) {
          Optional<String> found =
              RowComparison.difference(
                  tolerance, alone.get(row).get(), 0, together.get(), row, "alone in a batch");
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> amongTheseAndThose(int batch) {
    FloatArray rows = rows(batch, 1);
    FloatArray others = rows(batch, 100);
    FloatArray together = logits(rows);
    System.arraycopy(rows.values(), 0, others.values(), 0, rows.rowSize());
    Optional<String> neighbours =
        RowComparison.difference(
            tolerance, logits(others), 0, together, 0, "among other rows of the batch");
    if (neighbours.isPresent()) {
      return neighbours;
    }
    System.arraycopy(
        rows.values(), 0, others.values(), (batch - 1) * rows.rowSize(), rows.rowSize());
    return RowComparison.difference(
        tolerance, logits(others), batch - 1, together, 0, "in another place of the batch");
  }

  private FloatArray logits(FloatArray rows) {
    return bound.session().run(Feeds.of(pass.inputs(), rows), logits);
  }

  private FloatArray rows(int count, double scale) {
    ImmutableIntArray shape =
        ImmutableIntArray.builder().add(count).addAll(bound.model().inputShape()).build();
    FloatArray rows = FloatArray.zeros(shape.toArray());
    for (int i = 0; i < rows.size(); i++) {
      boolean large = i / rows.rowSize() % 2 == 1;
      rows.values()[i] = (float) ((large ? 100 * scale : scale) * random.nextGaussian());
    }
    return rows;
  }
}
