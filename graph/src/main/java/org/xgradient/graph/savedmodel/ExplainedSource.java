package org.xgradient.graph.savedmodel;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.FixedInputs;
import org.xgradient.graph.GraphSession;

/** Computes the tensors that are explained from what is given. */
final class ExplainedSource {

  /** Rows of one run of what lies before the explained tensors. */
  private static final int ROWS_PER_RUN = 1024;

  private final GraphSession session;
  private final GivenInputs given;
  private final Cut cut;
  private final ImmutableList<ExplainedPart> parts;
  private final Operand<TFloat32> explained;

  /**
   * Adds what puts the tensors side by side.
   *
   * @param tf the operations of the live graph
   * @param tensors the tensors in it, as floats of shape {@code [rows, ...]}
   * @param parts what they are
   */
  ExplainedSource(
      GraphSession session,
      Ops tf,
      GivenInputs given,
      Cut cut,
      List<Operand<TFloat32>> tensors,
      ImmutableList<ExplainedPart> parts) {
    this.session = session;
    this.given = given;
    this.cut = cut;
    this.parts = parts;
    this.explained = tensors.size() == 1 ? tf.identity(tensors.get(0)) : sideBySide(tf, tensors);
  }

  private Operand<TFloat32> sideBySide(Ops tf, List<Operand<TFloat32>> tensors) {
    ImmutableList.Builder<Operand<TFloat32>> flat = ImmutableList.builder();
    for (int i = 0; i < tensors.size(); i++) {
      ImmutableIntArray size = ImmutableIntArray.of(parts.get(i).size());
      flat.add(Borders.rowsOf(tf, tensors.get(i), size).expect(TFloat32.class));
    }
    return tf.concat(flat.build(), tf.constant(1));
  }

  ImmutableList<ExplainedPart> parts() {
    return parts;
  }

  boolean hasFixedInputs() {
    return !cut.fixed().isEmpty();
  }

  Examples examples(Map<String, InputValues> values, OptionalInt fixedBatch) {
    int rows = given.check(values);
    if (rows == 0) {
      throw new IllegalArgumentException("there must be at least one row, found none");
    }
    return new Examples(
        explained(values, rows, fixedBatch),
        cut.fixed().isEmpty()
            ? FixedInputs.none()
            : (feeds, of) -> given.addTo(feeds, values, cut.fixed(), of));
  }

  private FloatArray explained(Map<String, InputValues> values, int rows, OptionalInt fixedBatch) {
    if (parts.size() == 1 && parts.get(0).isInput()) {
      InputValues only = values.get(Iterables.getOnlyElement(cut.sources()));
      return GivenInputs.floats(requireNonNull(only));
    }
    int size = parts.stream().mapToInt(ExplainedPart::size).sum();
    float[] all = new float[Math.multiplyExact(rows, size)];
    int batch = fixedBatch.orElse(ROWS_PER_RUN);
    for (int from = 0; from < rows; from += batch) {
      int first = from;
      int[] of = new int[fixedBatch.isPresent() ? batch : Math.min(batch, rows - from)];
      Arrays.setAll(of, i -> Math.min(first + i, rows - 1));
      float[] computed = run(values, of).values();
      int kept = Math.min(batch, rows - from) * size;
      if (computed.length < kept) {
        throw new IllegalArgumentException(
            "the tensor %s must have a value for each row of the inputs, found %s values of %s rows"
                .formatted(parts.get(0).tensor(), computed.length, of.length));
      }
      System.arraycopy(computed, 0, all, from * size, kept);
    }
    int[] shape =
        parts.size() == 1
            ? ImmutableIntArray.builder().add(rows).addAll(parts.get(0).shape()).build().toArray()
            : new int[] {rows, size};
    return FloatArray.of(all, shape);
  }

  /** Computes the explained values of some rows. */
  private FloatArray run(Map<String, InputValues> values, int... rows) {
    ImmutableSet<String> sources = cut.sources();
    try {
      return session.run(given.addTo(Feeds.none(), values, sources, rows), explained);
    } catch (TensorFlowException e) {
      throw new IllegalArgumentException(
          "the inputs %s can't be taken: %s"
              .formatted(
                  sources, String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ")),
          e);
    }
  }
}
