package org.xgradient.graph.savedmodel;

import com.google.common.primitives.ImmutableIntArray;
import java.util.OptionalInt;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.graphdef.GraphFunction;

/**
 * What is learnt of an imported model by running it: the graph may know less than it does, for
 * instance nothing of a batch size that a constant in it fixes.
 *
 * @param outputs the number of logits
 * @param fixedBatch the only batch size that it takes, if so
 */
record ModelProbe(int outputs, OptionalInt fixedBatch) {

  static ModelProbe of(GraphSession session, GraphFunction function, ModelSignature signature) {
    return new Probing(session, function, signature).probe();
  }

  private static final class Probing {
    private final GraphSession session;
    private final ImmutableIntArray example;
    private final OptionalInt declaredBatch;
    private final Operand<TFloat32> inputs;
    private final Operand<TFloat32> logits;

    Probing(GraphSession session, GraphFunction function, ModelSignature signature) {
      this.session = session;
      this.example = signature.inputShape();
      this.declaredBatch = signature.declaredBatch();
      this.inputs =
          session.ops().placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(example)));
      this.logits = function.apply(inputs);
    }

    ModelProbe probe() {
      int batch = staticBatch().orElse(declaredBatch.orElse(1));
      FloatArray rows = run(batch);
      if (rows.shape().length() != 2 || rows.rows() != batch || rows.rowSize() == 0) {
        throw new SavedModelException(
            "the output must be of shape [batch, outputs], found %s for %s"
                .formatted(rows.shape(), inputShape(batch)));
      }
      return new ModelProbe(
          rows.rowSize(), takes(batch + 1) ? OptionalInt.empty() : OptionalInt.of(batch));
    }

    /** The batch size that the shape of the logits shows, though the inputs' is open. */
    private OptionalInt staticBatch() {
      Shape shape = logits.shape();
      return shape.isUnknown() || shape.numDimensions() != 2 || shape.get(0) < 1
          ? OptionalInt.empty()
          : OptionalInt.of(Math.toIntExact(shape.get(0)));
    }

    private boolean takes(int batch) {
      try {
        FloatArray rows = session.run(zeros(batch), logits);
        return rows.rows() == batch;
      } catch (TensorFlowException | IllegalArgumentException e) {
        return false;
      }
    }

    private FloatArray run(int batch) {
      try {
        return session.run(zeros(batch), logits);
      } catch (TensorFlowException | IllegalArgumentException e) {
        throw new SavedModelException(
            "the model fails on zeros of shape %s: %s".formatted(inputShape(batch), e.getMessage()),
            e);
      }
    }

    private Feeds zeros(int batch) {
      return Feeds.of(inputs, FloatArray.zeros(inputShape(batch).toArray()));
    }

    private ImmutableIntArray inputShape(int batch) {
      return ImmutableIntArray.builder().add(batch).addAll(example).build();
    }
  }
}
