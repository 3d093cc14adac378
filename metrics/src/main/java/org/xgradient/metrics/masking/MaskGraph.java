package org.xgradient.metrics.masking;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalInt;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.Shapes;

/**
 * The operations that mask images and apply a model to them. Images and ranks are fed once and
 * serve many masks: the mask of the k pixels that stay is {@code rank < k}.
 */
final class MaskGraph {

  private final Placeholder<TFloat32> images;
  private final Placeholder<TInt32> ranks;
  private final Placeholder<TInt32> imageOfMask;
  private final Placeholder<TInt32> ranksOfMask;
  private final Placeholder<TInt32> kept;
  private final ForwardPass pass;
  private final int elements;
  private final OptionalInt fixedBatch;

  MaskGraph(Model model, Fill fill) {
    Ops tf = model.ops().withSubScope("masking");
    images = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(model.inputShape())));
    ranks = vector(tf);
    imageOfMask = vector(tf);
    ranksOfMask = vector(tf);
    kept = vector(tf);
    elements = PixelLayout.of(model.inputShape()).size();
    fixedBatch = model.fixedBatch();

    var stays =
        tf.math.less(
            perMask(tf, ranks, ranksOfMask), tf.reshape(kept, tf.constant(new int[] {-1, 1})));
    var masked =
        tf.select(
            stays, perMask(tf, images, imageOfMask), perMask(tf, fill.of(tf, images), imageOfMask));
    long[] shape = Shapes.batchOf(model.inputShape()).asArray();
    pass = model.forward(tf.reshape(masked, tf.constant(shape)));
  }

  private static Placeholder<TInt32> vector(Ops tf) {
    return tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
  }

  private <T extends TType> Operand<T> perMask(Ops tf, Operand<T> rows, Operand<TInt32> rowOfMask) {
    var flat = tf.reshape(rows, tf.constant(new int[] {-1, elements}));
    return tf.gather(flat, rowOfMask, tf.constant(0));
  }

  /**
   * The logits of the masked images, in rows; a model of a fixed batch takes the last mask as often
   * as it needs, so that there may be more rows than masks.
   */
  float[] logits(GraphSession session, FloatArray inputs, MaskChunk chunk) {
    int runs = fixedBatch.orElse(chunk.size());
    Feeds feeds =
        Feeds.of(images, chunk.images(inputs))
            .withInts(ranks, chunk.ranks())
            .withInts(imageOfMask, filledUp(chunk.imageOfMask(), runs))
            .withInts(ranksOfMask, filledUp(chunk.ranksOfMask(), runs))
            .withInts(kept, filledUp(chunk.kept(), runs));
    return session.run(feeds, pass.logits()).values();
  }

  private static int[] filledUp(int[] values, int length) {
    int[] filled = Arrays.copyOf(values, length);
    Arrays.fill(filled, values.length, length, values[values.length - 1]);
    return filled;
  }

  /**
   * An estimate of the bytes that one masked image takes in a run. A forward pass gives its values
   * back as it goes: only the largest few are there at a time. What masks is there in eight copies:
   * image, fill and ranks, each fed and gathered, the mask and the masked image.
   */
  long bytesPerMask() {
    long largest =
        pass.valueShapes().stream()
            .map(MaskGraph::elementsPerRow)
            .sorted(Comparator.reverseOrder())
            .limit(3)
            .mapToLong(Long::longValue)
            .sum();
    return (largest + 8L * elements) * Float.BYTES;
  }

  private static long elementsPerRow(Shape shape) {
    long size = 1;
    for (int i = 1; !shape.isUnknown() && i < shape.numDimensions(); i++) {
      size *= Math.max(1, shape.get(i));
    }
    return size;
  }
}
