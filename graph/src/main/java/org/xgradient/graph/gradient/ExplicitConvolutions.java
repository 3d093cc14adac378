package org.xgradient.graph.gradient;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteBuffer;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteGraph;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteStatus;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_GetCode;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_Message;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewBufferFromString;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewGraph;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewStatus;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_OK;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetAttr;

import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Longs;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.tensorflow.GraphOperation;
import org.tensorflow.OperationAttributeInspector;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;

/**
 * Gradients of convolutions whose padding is written out in numbers, and which TensorFlow therefore
 * computes by itself.
 *
 * <p>With oneDNN, which is on by default, {@code Conv2DBackpropInput} of TensorFlow 2.18 is wrong
 * on some machines, often by half of its largest entry: on some for one channel and one filter
 * only, on others for a third of all sizes, 48 and 100 channels among them. {@code
 * Conv2DBackpropFilter} writes where it must not for kernels of one pixel that skip one. oneDNN
 * leaves these operations alone if their padding is {@code EXPLICIT}; the padding itself stays what
 * it was. Where channels are in groups, oneDNN alone has gradients, and is left to it.
 */
public final class ExplicitConvolutions {

  private static final String INPUT = "Conv2DBackpropInput";
  private static final String FILTER = "Conv2DBackpropFilter";
  private static final ImmutableSet<String> TYPES = ImmutableSet.of(INPUT, FILTER);
  private static final String FORWARD = "Conv2D";
  private static final ImmutableSet<String> NAMED = ImmutableSet.of("VALID", "SAME");
  private static final String PADDING = "padding";
  private static final String EXPLICIT = "EXPLICIT";
  private static final String NUMBERS = "explicit_paddings";

  private ExplicitConvolutions() {}

  /**
   * Writes out the padding of the gradients of convolutions, before they run for the first time.
   * The convolutions that are gradients of those get its name back, for TensorFlow has no gradient
   * of others.
   *
   * @param added operations that were just added to a graph, and that no session has seen
   */
  public static void prepare(Set<GraphOperation> added) {
    for (GraphOperation operation : added) {
      if (TYPES.contains(operation.type())) {
        Window window = Window.of(operation);
        if (!window.hasGroups()) {
          window
              .numbers(operation.attributes().getAttrString(PADDING))
              .ifPresent(numbers -> set(operation, EXPLICIT, numbers));
        }
      } else if (operation.type().equals(FORWARD)) {
        name(operation);
      }
    }
  }

  private static void name(GraphOperation operation) {
    if (operation.attributes().getAttrString(PADDING).equals(EXPLICIT)) {
      Window window = Window.of(operation);
      long[] numbers = operation.attributes().getAttrIntList(NUMBERS);
      NAMED.stream()
          .filter(
              named -> window.numbers(named).filter(of -> Arrays.equals(of, numbers)).isPresent())
          .findFirst()
          .ifPresent(named -> set(operation, named));
    }
  }

  /** What a filter sees of images, whichever of the three operations it is of. */
  private record Window(OperationAttributeInspector attributes, Shape images, Shape filter) {

    static Window of(GraphOperation operation) {
      Shape result = operation.output(0).shape();
      return new Window(
          operation.attributes(),
          operation.type().equals(INPUT) ? result : operation.input(0).shape(),
          operation.type().equals(FILTER) ? result : operation.input(1).shape());
    }

    boolean hasGroups() {
      return !images.isUnknown()
          && !filter.isUnknown()
          && images.get(3) != Shape.UNKNOWN_SIZE
          && filter.get(2) != Shape.UNKNOWN_SIZE
          && images.get(3) != filter.get(2);
    }

    /**
     * A padding in numbers, two for each axis; empty if TensorFlow can't do without oneDNN, or a
     * size is not known.
     */
    Optional<long[]> numbers(String padding) {
      long[] strides = attributes.getAttrIntList("strides");
      boolean dilated =
          Arrays.stream(attributes.getAttrIntList("dilations")).anyMatch(step -> step != 1);
      if (!attributes.getAttrString("data_format").equals("NHWC") || dilated) {
        return Optional.empty();
      }
      long[] numbers = new long[8];
      if (padding.equals("VALID")) {
        return Optional.of(numbers);
      }
      if (!padding.equals("SAME") || filter.isUnknown()) {
        return Optional.empty();
      }
      for (int axis = 1; axis <= 2; axis++) {
        long size = images.isUnknown() ? Shape.UNKNOWN_SIZE : images.get(axis);
        long kernel = filter.get(axis - 1);
        boolean known = size != Shape.UNKNOWN_SIZE || strides[axis] == 1;
        if (kernel == Shape.UNKNOWN_SIZE || !known) {
          return Optional.empty();
        }
        // Where every pixel has a place, their number does not matter.
        long places = strides[axis] == 1 ? 0 : (size + strides[axis] - 1) / strides[axis];
        long all =
            strides[axis] == 1
                ? kernel - 1
                : Math.max(0, (places - 1) * strides[axis] + kernel - size);
        numbers[2 * axis] = all / 2;
        numbers[2 * axis + 1] = all - all / 2;
      }
      return Optional.of(numbers);
    }
  }

  private static void set(GraphOperation operation, String padding, long... numbers) {
    set(
        operation,
        NUMBERS,
        AttrValue.newBuilder()
            .setList(AttrValue.ListValue.newBuilder().addAllI(Longs.asList(numbers)))
            .build());
    set(operation, PADDING, AttrValue.newBuilder().setS(ByteString.copyFromUtf8(padding)).build());
  }

  private static void set(GraphOperation operation, String name, AttrValue value) {
    // TensorFlow Java keeps the graph to itself. TensorFlow needs one only to warn sessions that
    // ran the operation, of which there are none.
    TF_Graph none = TF_NewGraph();
    var status = TF_NewStatus();
    try (BytePointer bytes = new BytePointer(value.toByteArray())) {
      var buffer = TF_NewBufferFromString(bytes, bytes.limit());
      try {
        TF_SetAttr(none, operation.getUnsafeNativeHandle(), name, buffer, status);
        if (TF_GetCode(status) != TF_OK) {
          throw new IllegalStateException(TF_Message(status).getString());
        }
      } finally {
        TF_DeleteBuffer(buffer);
      }
    } finally {
      TF_DeleteStatus(status);
      TF_DeleteGraph(none);
    }
  }
}
