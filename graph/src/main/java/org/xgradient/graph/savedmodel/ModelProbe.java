package org.xgradient.graph.savedmodel;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.graphdef.Borders;
import org.xgradient.graph.graphdef.Cut;
import org.xgradient.graph.graphdef.GraphFunction;
import org.xgradient.graph.graphdef.TensorName;
import org.xgradient.graph.rows.RowIndependence;
import org.xgradient.graph.rows.RowIndependence.Mixed;

/**
 * What is learnt of an imported model by running it: the graph may know less than it does, for
 * instance nothing of a batch size that a constant in it fixes.
 *
 * @param tensors the explained tensors, computed from the inputs, as floats of shape {@code [rows,
 *     ...]}
 * @param logits the logits, computed from the inputs, of the shape that the graph gives them
 * @param shapes the shape of one example of each
 * @param outputShape the shape of one example's logits
 * @param fixedBatch the only batch size that it takes, if so
 * @param failure that it fails on zeros and empty texts, for the user, if so
 */
record ModelProbe(
    ImmutableList<Operand<TFloat32>> tensors,
    Operand<TFloat32> logits,
    ImmutableList<ImmutableIntArray> shapes,
    ImmutableIntArray outputShape,
    OptionalInt fixedBatch,
    Optional<String> failure) {

  /**
   * Runs a model.
   *
   * @param known values of inputs that its tables know, by the operations that are fed
   * @throws SavedModelException if it fails on zeros and empty texts, and on those values
   */
  static ModelProbe of(
      GraphSession session,
      GraphFunction function,
      ImportPlan plan,
      GivenInputs given,
      ImmutableMap<String, InputValues> known) {
    try {
      return new Probing(session, function, plan, given, ImmutableMap.of()).probe();
    } catch (RunFailedException e) {
      if (known.isEmpty()) {
        throw e;
      }
      try {
        ModelProbe probe = new Probing(session, function, plan, given, known).probe();
        return new ModelProbe(
            probe.tensors(),
            probe.logits(),
            probe.shapes(),
            probe.outputShape(),
            probe.fixedBatch(),
            Optional.of(
                e.getMessage()
                    + "; it runs on keys of its tables: give inputs that are among them"));
      } catch (RunFailedException again) {
        e.addSuppressed(again);
        throw e;
      }
    }
  }

  /** {@return a message of TensorFlow's on one line} */
  static String oneLine(String said) {
    return said.strip().replaceAll("\\s*\\R\\s*", "; ").replaceAll(";+$", "");
  }

  /** The model fails on what it was given. */
  private static final class RunFailedException extends DataException {
    private static final long serialVersionUID = 1L;

    private static final Pattern NO_KERNEL =
        Pattern.compile(
            "No OpKernel was registered to support Op '(\\w+)' used by \\{\\{node"
                + " (?:imported/\\w+/)?(.+?)}}");

    RunFailedException(int batch, RuntimeException e) {
      super(message(batch, String.valueOf(e.getMessage())), e);
    }

    private static String message(int batch, String said) {
      Matcher missing = NO_KERNEL.matcher(said);
      return missing.find()
          ? "TensorFlow computes %s (%s) not here, on a CPU, or not for numbers of its type; export the model without it, or in float32"
              .formatted(missing.group(2), missing.group(1))
          : "the model fails on zeros and empty texts, a batch of %s: %s"
              .formatted(batch, oneLine(said));
    }
  }

  private static final class Probing {
    private final GraphSession session;
    private final GraphFunction function;
    private final ImportPlan plan;
    private final GivenInputs given;
    private final ImmutableMap<String, InputValues> known;
    private final Ops tf;

    Probing(
        GraphSession session,
        GraphFunction function,
        ImportPlan plan,
        GivenInputs given,
        ImmutableMap<String, InputValues> known) {
      this.session = session;
      this.function = function;
      this.plan = plan;
      this.given = given;
      this.known = known;
      this.tf = session.ops().withSubScope("probe");
    }

    ModelProbe probe() {
      ImmutableList<Operand<TFloat32>> tensors = tensors();
      Output<?> whole = function.apply(given.operands(), List.of(plan.logits())).get(0);
      Operand<TFloat32> logits = Borders.floats(tf, tf.identity(whole));
      if (given.unbatched()) {
        return unbatched(tensors, logits);
      }
      int batch = staticBatch(logits.shape()).orElse(declaredBatch());
      FloatArray rows = run(batch, logits);
      if (rows.shape().isEmpty() || rows.rows() != batch || rows.rowSize() == 0) {
        throw new SavedModelException(
            "the output must be of shape [batch, ...], found %s for a batch of %s; choose another"
                    .formatted(rows.shape(), batch)
                + " (--output)");
      }
      boolean any = takes(batch + 1, logits);
      return new ModelProbe(
          tensors,
          logits,
          // An axis of another meaning may be as long as one batch, but not as two.
          any ? shapes(tensors, batch, batch + 1) : shapes(tensors, batch),
          rows.shape().length() == 1 ? ImmutableIntArray.of() : rows.rowShape(),
          any ? OptionalInt.empty() : OptionalInt.of(batch),
          Optional.empty());
    }

    /** A model that takes one example at a time. */
    private ModelProbe unbatched(
        ImmutableList<Operand<TFloat32>> tensors, Operand<TFloat32> logits) {
      ImmutableIntArray output = run(1, logits).shape();
      return new ModelProbe(
          tensors, logits, shapes(tensors, 1), output, OptionalInt.of(1), Optional.empty());
    }

    private ImmutableList<Operand<TFloat32>> tensors() {
      List<TensorName> names = plan.cut().parts().stream().map(Cut.Part::tensor).toList();
      ImmutableList.Builder<Operand<TFloat32>> tensors = ImmutableList.builder();
      ImmutableList<Output<?>> applied = function.apply(given.operands(), names);
      for (int i = 0; i < applied.size(); i++) {
        Operand<TFloat32> floats = Borders.floats(tf, applied.get(i));
        boolean unbatched = given.unbatched(plan.cut().parts().get(i));
        tensors.add(unbatched ? tf.expandDims(floats, tf.constant(0)) : floats);
      }
      return tensors.build();
    }

    /** The shapes of inputs are known; those of tensors behind them are what runs show. */
    private ImmutableList<ImmutableIntArray> shapes(
        ImmutableList<Operand<TFloat32>> tensors, int... batches) {
      ImmutableList.Builder<ImmutableIntArray> shapes = ImmutableList.builder();
      for (int i = 0; i < tensors.size(); i++) {
        Cut.Part part = plan.cut().parts().get(i);
        shapes.add(
            part.isInput()
                ? given.exampleShape(part.inputs().get(0))
                : shape(tensors.get(i), part, batches));
      }
      return shapes.build();
    }

    private ImmutableIntArray shape(Operand<TFloat32> tensor, Cut.Part part, int... batches) {
      ImmutableIntArray shape = null;
      for (int batch : batches) {
        FloatArray computed = run(batch, tf.identity(tensor));
        if (computed.shape().isEmpty()
            || computed.rows() != batch
            || (shape != null && !computed.rowShape().equals(shape))) {
          throw new SavedModelException(
              "the tensor %s must be of shape [batch, ...] to be explained, found %s for a batch of %s%s; name another (--at)"
                  .formatted(part.tensor(), computed.shape(), batch, whyRowsMeet(tensor)));
        }
        shape = computed.rowShape();
      }
      return requireNonNull(shape);
    }

    private static String whyRowsMeet(Operand<TFloat32> tensor) {
      return RowIndependence.before(tensor) instanceof Mixed mixed
          ? ": %s %s"
              .formatted(mixed.findings().get(0).operation(), mixed.findings().get(0).reason())
          : "";
    }

    private int declaredBatch() {
      return plan.inputs().values().stream()
          .filter(input -> input.declaredBatch().isPresent())
          .mapToInt(input -> input.declaredBatch().getAsInt())
          .findFirst()
          .orElse(1);
    }

    /** The batch size that the shape of the logits shows, though the inputs' is open. */
    private static OptionalInt staticBatch(Shape shape) {
      return shape.isUnknown() || shape.numDimensions() == 0 || shape.get(0) < 1
          ? OptionalInt.empty()
          : OptionalInt.of(Math.toIntExact(shape.get(0)));
    }

    private boolean takes(int batch, Operand<TFloat32> logits) {
      try {
        FloatArray rows = session.run(blank(batch), logits);
        return !rows.shape().isEmpty() && rows.rows() == batch;
      } catch (TensorFlowException | IllegalArgumentException e) {
        return false;
      }
    }

    private FloatArray run(int batch, Operand<TFloat32> fetch) {
      try {
        return session.run(blank(batch), fetch);
      } catch (TensorFlowException | IllegalArgumentException e) {
        throw new RunFailedException(batch, e);
      }
    }

    private Feeds blank(int batch) {
      return given.blank(batch, known);
    }
  }
}
