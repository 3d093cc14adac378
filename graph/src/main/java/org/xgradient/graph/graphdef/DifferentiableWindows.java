package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Longs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.xgradient.graph.gradient.ColumnConvolution;
import org.xgradient.graph.gradient.ExplicitConvolutions;
import org.xgradient.graph.gradient.GraphChanges;

/**
 * Adds convolutions and max poolings in a form that TensorFlow computes rightly, and of which it
 * has the right gradient: the same function of the same operands, with the same name.
 *
 * <p>Explicit padding of a convolution, whose gradient fails, becomes a padding of its own; a
 * dilated kernel, whose gradient ignores the dilation, a larger one with zeros between the weights;
 * a transposed convolution gets its padding in numbers, see {@link ExplicitConvolutions}, and is
 * computed in doubles over three axes, as its kind of gradient is; a convolution of a column lies,
 * see {@link ColumnConvolution}.
 */
final class DifferentiableWindows {

  private static final String MAX_POOL = "MaxPool";
  private static final String DEPTHWISE = "DepthwiseConv2dNative";
  private static final String CONV = "Conv2D";
  private static final String TYPE = "T";

  private final Ops tf;
  private final NodeDef node;
  private final List<Output<?>> inputs;

  private DifferentiableWindows(Ops tf, NodeDef node, List<Output<?>> inputs) {
    this.tf = tf;
    this.node = node;
    this.inputs = new ArrayList<>(inputs);
  }

  /**
   * Adds an operation, if it is one that needs another form.
   *
   * @param tf the operations of the live graph, with the name for the result
   * @param node the operation
   * @param inputs its inputs in the live graph
   * @return what gives the result; empty if nothing was added, because there is no need or the
   *     shape of a filter is not known
   */
  static Optional<GraphOperation> add(Ops tf, NodeDef node, List<Output<?>> inputs) {
    return switch (node.getOp()) {
      case CONV, DEPTHWISE, MAX_POOL -> new DifferentiableWindows(tf, node, inputs).add();
      case "Conv2DBackpropInput", "Conv2DBackpropFilter" ->
          Optional.of(new DifferentiableWindows(tf, node, inputs).transposed());
      case "Conv3DBackpropInputV2" -> new DifferentiableWindows(tf, node, inputs).inDoubles();
      default -> Optional.empty();
    };
  }

  private Optional<GraphOperation> add() {
    boolean isPooling = node.getOp().equals(MAX_POOL);
    boolean explicit = text("padding", "").equals("EXPLICIT");
    boolean spread = !isPooling && isDilated() && hasKnownFilter();
    if (!explicit && !spread && !isColumn()) {
      return Optional.empty();
    }
    if (explicit) {
      inputs.set(0, padded(isPooling ? Float.NEGATIVE_INFINITY : 0));
    }
    if (spread) {
      inputs.set(1, spread(inputs.get(1)));
    }
    if (isColumn()) {
      long[] strides = numbers("strides");
      return Optional.of(
          ColumnConvolution.lying(
              tf,
              inputs.get(0),
              inputs.get(1),
              new long[] {strides[1], strides[2]},
              explicit ? "VALID" : text("padding", "")));
    }
    NodeDef.Builder changed = node.toBuilder();
    if (explicit) {
      changed.removeAttr("explicit_paddings").putAttr("padding", Attributes.of("VALID"));
    }
    if (spread) {
      changed.removeAttr("dilations");
    }
    return Optional.of(build(changed));
  }

  private boolean isColumn() {
    long[] strides = numbers("strides");
    return node.getOp().equals(CONV)
        && channelAxis() == 3
        && strides.length == 4
        && (!isDilated() || hasKnownFilter())
        && ColumnConvolution.is(inputs.get(0).shape(), inputs.get(1).shape(), strides[2]);
  }

  private GraphOperation transposed() {
    Lock change = GraphChanges.lock(tf.scope().env()).writeLock();
    change.lock();
    try {
      GraphOperation added = build(node.toBuilder());
      ExplicitConvolutions.prepare(ImmutableSet.of(added));
      return added;
    } finally {
      change.unlock();
    }
  }

  private Optional<GraphOperation> inDoubles() {
    DataType type = GraphDefs.attribute(node, TYPE).getType();
    if (type == DataType.DT_DOUBLE) {
      return Optional.empty();
    }
    Ops inner = tf.withSubScope("doubles");
    for (int i = 1; i < inputs.size(); i++) {
      inputs.set(i, cast(inner, inputs.get(i), DataType.DT_DOUBLE).output(0));
    }
    AttrValue doubles = AttrValue.newBuilder().setType(DataType.DT_DOUBLE).build();
    NodeDef changed = node.toBuilder().putAttr(TYPE, doubles).build();
    return Optional.of(cast(tf, GraphFunction.build(inner, changed, inputs).output(0), type));
  }

  private static GraphOperation cast(Ops tf, Output<?> operand, DataType type) {
    return (GraphOperation)
        tf.scope().opBuilder("Cast", "Cast").addInput(operand).setAttr("DstT", type).build();
  }

  private GraphOperation build(NodeDef.Builder changed) {
    return GraphFunction.build(tf, changed.build(), inputs);
  }

  private Output<?> padded(float value) {
    long[] explicit = numbers("explicit_paddings");
    int[][] paddings = new int[4][2];
    for (int i = 0; i < explicit.length; i++) {
      paddings[i / 2][i % 2] = Math.toIntExact(explicit[i]);
    }
    Ops inner = tf.withSubScope("explicit_padding");
    DataType type = GraphDefs.attribute(node, TYPE).getType();
    return inner
        .scope()
        .opBuilder("PadV2", "PadV2")
        .addInput(inputs.get(0))
        .addInput(inner.constant(paddings).asOutput())
        .addInput(cast(inner, inner.constant(value).asOutput(), type).output(0))
        .build()
        .output(0);
  }

  /** Zeros between the weights, and none after the last. */
  private Output<?> spread(Output<?> filter) {
    long[] shape = filter.shape().asArray();
    long[] dilations = numbers("dilations");
    int axis = channelAxis() == 1 ? 2 : 1;
    long down = dilations[axis];
    long across = dilations[axis + 1];
    Ops inner = tf.withSubScope("dilated_kernel");
    long pairs = shape[2] * shape[3];
    int[][] zeros = {
      {0, 0}, {0, Math.toIntExact(down - 1)}, {0, 0}, {0, Math.toIntExact(across - 1)}, {0, 0}
    };
    Output<?> apart = reshape(inner, filter, shape[0], 1, shape[1], 1, pairs);
    Output<?> padded = binary(inner, "Pad", apart, inner.constant(zeros));
    Output<?> whole =
        reshape(inner, padded, shape[0] * down, shape[1] * across, shape[2], shape[3]);
    return inner
        .scope()
        .opBuilder("Slice", "Slice")
        .addInput(whole)
        .addInput(inner.constant(new long[4]).asOutput())
        .addInput(
            inner
                .constant(
                    new long[] {
                      (shape[0] - 1) * down + 1, (shape[1] - 1) * across + 1, shape[2], shape[3]
                    })
                .asOutput())
        .build()
        .output(0);
  }

  private static Output<?> reshape(Ops tf, Output<?> operand, long... shape) {
    return binary(tf, "Reshape", operand, tf.constant(shape));
  }

  private static Output<?> binary(Ops tf, String type, Output<?> first, Operand<?> second) {
    return tf.scope()
        .opBuilder(type, type)
        .addInput(first)
        .addInput(second.asOutput())
        .build()
        .output(0);
  }

  private boolean hasKnownFilter() {
    Shape filter = inputs.get(1).shape();
    return !filter.isUnknown() && !filter.hasUnknownDimension();
  }

  private boolean isDilated() {
    return Arrays.stream(numbers("dilations")).anyMatch(dilation -> dilation != 1);
  }

  private int channelAxis() {
    return text("data_format", "NHWC").equals("NCHW") ? 1 : 3;
  }

  private String text(String name, String otherwise) {
    return node.getAttrOrDefault(name, Attributes.of(otherwise)).getS().toStringUtf8();
  }

  private long[] numbers(String name) {
    AttrValue value = node.getAttrOrDefault(name, AttrValue.getDefaultInstance());
    return Longs.toArray(value.getList().getIList());
  }
}
