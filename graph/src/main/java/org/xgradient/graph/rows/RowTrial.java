package org.xgradient.graph.rows;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TensorFlowException;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.FixedInputs;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.rows.RowIndependence.Finding;
import org.xgradient.graph.rows.RowIndependence.NotFollowed;

/**
 * Holds the rows that a caller gives to the contract that each depends on itself only, where there
 * is no proof: some of them are computed alone, too, and all of them among many and among a few. It
 * can refute and never prove.
 */
public final class RowTrial {

  /** How many rows are together that are computed alone, too. */
  private static final int TOGETHER = 5;

  /** How many rows are together at most, as where rows are explained. */
  private static final int MANY = 256;

  /** And how many of them among a few. */
  private static final int FEW = 8;

  private final Operand<?> computed;
  private final double tolerance;
  private final Run run;

  /** Computes rows. */
  @FunctionalInterface
  public interface Run {

    /**
     * Computes some rows in one batch.
     *
     * @param rows their indices, some of them perhaps several times
     * @return what is computed, of shape {@code [rows, ...]}
     */
    FloatArray of(int... rows);
  }

  private RowTrial(Operand<?> computed, Run run) {
    this.computed = computed;
    this.tolerance = RowComparison.tolerance(computed);
    this.run = run;
  }

  /**
   * Tries rows of a model whose rows are not proven to stay apart; of others it does nothing.
   *
   * @param bound the model
   * @param explained the rows, of shape {@code [rows, ...]}
   * @param fixed what is given beside them
   * @throws MixedRowsException if a row's logits depend on the rows beside it
   */
  public static void check(BoundModel bound, FloatArray explained, FixedInputs fixed) {
    if (RowIndependence.of(bound) instanceof NotFollowed) {
      ForwardPass pass = ForwardPass.ofInference(bound);
      Run logits =
          of ->
              bound
                  .session()
                  .run(
                      fixed.addTo(Feeds.of(pass.inputs(), explained.gather(of)), of),
                      pass.logits());
      check(pass.logits(), logits, explained.rows(), bound.model().fixedBatch());
    }
  }

  /**
   * Tries rows of whatever is computed of them.
   *
   * @param computed what is computed, for messages
   * @param run computes it
   * @param rows the number of rows
   * @param fixedBatch the only number of rows that can be computed together, if so
   * @throws MixedRowsException if what is computed of a row depends on the rows beside it
   */
  public static void check(Operand<?> computed, Run run, int rows, OptionalInt fixedBatch) {
    if (fixedBatch.orElse(0) == 1 || rows < 1 || RowComparison.isDrawn(computed)) {
      return;
    }
    RowTrial trial = new RowTrial(computed, run);
    if (fixedBatch.isPresent()) {
      trial.amongTheseAndThose(fixedBatch.getAsInt(), rows);
    } else {
      trial.aloneAndAmongOthers(rows);
      trial.amongManyAndAFew(rows);
    }
  }

  /** Their number may matter too, so that a single row is put beside itself. */
  private void aloneAndAmongOthers(int rows) {
    int[] several = new int[TOGETHER];
    Arrays.setAll(several, i -> i % rows);
    Optional<FloatArray> together = run(several);
    Optional<FloatArray> two = run(0, rows - 1);
    for (int i = 0; i < Math.min(TOGETHER, rows); i++) {
      Optional<FloatArray> alone = run(i);
      compare(alone, 0, together, i, "alone in a batch");
      if (i == 0) {
        compare(alone, 0, two, 0, "alone in a batch");
      }
    }
  }

  /** One row of many may be what changes the others. */
  private void amongManyAndAFew(int rows) {
    for (int from = 0; from < rows; from += MANY) {
      int[] many = IntStream.range(from, Math.min(rows, from + MANY)).toArray();
      Optional<FloatArray> together = run(many);
      int groups = Math.max(2, (many.length + FEW - 1) / FEW);
      for (int group = 0; group < Math.min(groups, many.length); group++) {
        int first = group;
        int[] few = IntStream.range(0, many.length).filter(i -> i % groups == first).toArray();
        Optional<FloatArray> apart = run(IntStream.of(few).map(i -> many[i]).toArray());
        for (int i = 0; i < few.length; i++) {
          compare(apart, i, together, few[i], "among a few of the rows only");
        }
      }
    }
  }

  private void amongTheseAndThose(int batch, int rows) {
    int[] these = new int[batch];
    Arrays.setAll(these, i -> i % rows);
    int[] last = new int[batch];
    Arrays.fill(last, rows - 1);
    Optional<FloatArray> expected = run(these);
    int[] first = last.clone();
    first[0] = 0;
    compare(run(first), 0, expected, 0, "among other rows of the batch");
    last[batch - 1] = 0;
    compare(run(last), batch - 1, expected, 0, "in another place of the batch");
  }

  /** What fails says so where it is needed. */
  private Optional<FloatArray> run(int... rows) {
    try {
      return Optional.of(run.of(rows)).filter(found -> found.rows() == rows.length);
    } catch (TensorFlowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void compare(
      Optional<FloatArray> found,
      int foundRow,
      Optional<FloatArray> expected,
      int expectedRow,
      String where) {
    if (found.isPresent() && expected.isPresent()) {
      RowComparison.difference(tolerance, found.get(), foundRow, expected.get(), expectedRow, where)
          .ifPresent(
              reason -> {
                throw new MixedRowsException(ImmutableList.of(Finding.byNumbers(computed, reason)));
              });
    }
  }
}
