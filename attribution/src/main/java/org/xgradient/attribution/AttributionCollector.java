package org.xgradient.attribution;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.FloatArray;

/** Puts the results of runs together; sums contributions of chunks in double precision. */
final class AttributionCollector {

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
  AttributionCollector(int rows, ImmutableIntArray explained, int outputs, boolean complete) {
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
      for (int i = 0; i < contribution.length; i++) {
        // Negative zeros become zeros, as in a sum.
        attributions.values()[from * rowSize + i] = contribution[i] + 0f;
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
