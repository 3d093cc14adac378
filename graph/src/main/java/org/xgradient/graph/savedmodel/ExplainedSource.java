package org.xgradient.graph.savedmodel;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.FixedInputs;
import org.xgradient.graph.GivenValues;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.graphdef.Borders;
import org.xgradient.graph.graphdef.Cut;
import org.xgradient.graph.rows.RowTrial;

/** Computes the tensors that are explained from what is given. */
final class ExplainedSource {

  /** Rows of one run of what lies before the explained tensors. */
  private static final int ROWS_PER_RUN = 1024;

  private final GraphSession session;
  private final GivenInputs given;
  private final Cut cut;
  private final ImmutableList<ExplainedPart> parts;
  private final Operand<TFloat32> explained;
  private final TensorsOfOneSize others;

  /**
   * Adds what puts the tensors side by side.
   *
   * @param tf the operations of the live graph
   * @param tensors the tensors in it, as floats of shape {@code [rows, ...]}
   * @param parts what they are
   * @param others what could be explained where their size follows what is given
   */
  ExplainedSource(
      GraphSession session,
      Ops tf,
      GivenInputs given,
      Cut cut,
      List<Operand<TFloat32>> tensors,
      ImmutableList<ExplainedPart> parts,
      TensorsOfOneSize others) {
    this.session = session;
    this.given = given;
    this.cut = cut;
    this.parts = parts;
    this.others = others;
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

  /** {@return the tensors side by side, computed from what is given} */
  Operand<TFloat32> explained() {
    return explained;
  }

  boolean hasFixedInputs() {
    return !cut.fixed().isEmpty();
  }

  /** {@return how the explained values are computed; empty if they are the only input} */
  Optional<GivenValues> given() {
    boolean isInput = parts.size() == 1 && parts.get(0).isInput();
    return isInput || hasFixedInputs()
        ? Optional.empty()
        : Optional.of(new GivenValues(given.placeholders(cut.sources()), explained));
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
    RowTrial.check(explained, of -> run(values, of), rows, fixedBatch);
    int size = parts.stream().mapToInt(ExplainedPart::size).sum();
    ImmutableIntArray example =
        parts.size() == 1 ? parts.get(0).shape() : ImmutableIntArray.of(size);
    float[] all = new float[Math.multiplyExact(rows, size)];
    int batch = fixedBatch.orElse(ROWS_PER_RUN);
    for (int from = 0; from < rows; from += batch) {
      int first = from;
      int[] of = new int[fixedBatch.isPresent() ? batch : Math.min(batch, rows - from)];
      Arrays.setAll(of, i -> Math.min(first + i, rows - 1));
      FloatArray computed = computed(values, of);
      if (!computed.shape().equals(withRows(of.length, example))) {
        throw new IllegalArgumentException(
            "the size of the tensor %s follows what is given, as where texts are filled up to the longest of a batch: %s here, %s for blank rows; %s"
                .formatted(
                    parts.stream().map(ExplainedPart::tensor).collect(Collectors.joining(", ")),
                    computed.shape(),
                    withRows(of.length, example),
                    others.advice(values, of)));
      }
      int kept = Math.min(batch, rows - from) * size;
      System.arraycopy(computed.values(), 0, all, from * size, kept);
    }
    return FloatArray.of(all, withRows(rows, example).toArray());
  }

  private static ImmutableIntArray withRows(int rows, ImmutableIntArray example) {
    return ImmutableIntArray.builder().add(rows).addAll(example).build();
  }

  private FloatArray computed(Map<String, InputValues> values, int... rows) {
    try {
      return run(values, rows);
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw new FailedRow(values, cut.sources(), given.byName(others.keys()))
          .of(e, of -> run(values, of), rows);
    }
  }

  /** Computes the explained values of some rows. */
  private FloatArray run(Map<String, InputValues> values, int... rows) {
    return session.run(given.addTo(Feeds.none(), values, cut.sources(), rows), explained);
  }
}
