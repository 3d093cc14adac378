package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.util.OptionalInt;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.graphdef.Borders;
import org.xgradient.graph.graphdef.Cut;
import org.xgradient.graph.graphdef.GraphFunction;
import org.xgradient.graph.graphdef.TensorName;

/**
 * A model made of what lies behind a {@link Cut}: its inputs are the values of the tensors that are
 * explained, side by side if there are several; what else the graph needs is given beside them.
 *
 * <p>Training and inference mode are the same, because a serialized graph says nothing of the
 * layers it came from.
 */
final class CutModel implements Model {

  private final Ops ops;
  private final GraphFunction function;
  private final Cut cut;
  private final GivenInputs given;
  private final ImmutableList<ImmutableIntArray> shapes;
  private final TensorName logits;
  private final ImmutableIntArray outputShape;
  private final OptionalInt fixedBatch;
  private final ImmutableList<Parameter> parameters;

  /**
   * Wraps a function.
   *
   * @param ops the operations of the live graph
   * @param function the graph
   * @param cut what is explained of it
   * @param given what is fed
   * @param shapes the shape of one example of each explained tensor
   * @param logits the tensor that gives the logits
   * @param outputShape the shape of one example's logits
   * @param fixedBatch the only batch size that the function takes, if so
   * @param parameters the variables that the function reads
   */
  CutModel(
      Ops ops,
      GraphFunction function,
      Cut cut,
      GivenInputs given,
      ImmutableList<ImmutableIntArray> shapes,
      TensorName logits,
      ImmutableIntArray outputShape,
      OptionalInt fixedBatch,
      ImmutableList<Parameter> parameters) {
    this.ops = ops;
    this.function = function;
    this.cut = cut;
    this.given = given;
    this.shapes = shapes;
    this.logits = logits;
    this.outputShape = outputShape;
    this.fixedBatch = fixedBatch;
    this.parameters = parameters;
  }

  @Override
  public Ops ops() {
    return ops;
  }

  @Override
  public ImmutableIntArray inputShape() {
    return shapes.size() == 1
        ? shapes.get(0)
        : ImmutableIntArray.of(shapes.stream().mapToInt(Shapes::size).sum());
  }

  @Override
  public OptionalInt fixedBatch() {
    return fixedBatch;
  }

  @Override
  public int outputs() {
    return Shapes.size(outputShape);
  }

  @Override
  public ImmutableList<Parameter> parameters() {
    return parameters;
  }

  @Override
  public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
    Output<?> output = raw(inputs, mode);
    Ops tf = ops.withSubScope("rows");
    Operand<TFloat32> floats = Borders.floats(tf, output);
    return outputShape.length() == 1 && !given.unbatched()
        ? floats
        : Borders.rowsOf(tf, floats, ImmutableIntArray.of(outputs())).expect(TFloat32.class);
  }

  /** What the graph itself gives, of whatever type and shape. */
  private Output<?> raw(Operand<TFloat32> inputs, Mode mode) {
    ImmutableMap.Builder<TensorName, Operand<?>> tensors = ImmutableMap.builder();
    ImmutableList<Operand<TFloat32>> parts = parts(inputs);
    Ops tf = ops.withSubScope("border");
    for (int i = 0; i < parts.size(); i++) {
      Cut.Part of = cut.parts().get(i);
      Operand<?> part =
          given.unbatched(of) ? Borders.unbatched(tf, parts.get(i), shapes.get(i)) : parts.get(i);
      tensors.put(of.tensor(), Borders.cast(tf, part, of.type()));
    }
    if (!cut.fixed().isEmpty()) {
      Operand<TFloat32> batch = mode.maskBatch(inputs);
      tensors.putAll(
          batch.equals(inputs)
              ? given.operands(cut.fixed())
              : given.alongPath(cut.fixed(), inputs, batch));
    }
    return function.apply(tensors.buildOrThrow(), ImmutableList.of(logits)).get(0);
  }

  private ImmutableList<Operand<TFloat32>> parts(Operand<TFloat32> inputs) {
    if (shapes.size() == 1) {
      return ImmutableList.of(inputs);
    }
    Ops tf = ops.withSubScope("parts");
    int[] sizes = shapes.stream().mapToInt(Shapes::size).toArray();
    var split = tf.splitV(inputs, tf.constant(sizes), tf.constant(1), (long) sizes.length);
    ImmutableList.Builder<Operand<TFloat32>> parts = ImmutableList.builder();
    for (int i = 0; i < sizes.length; i++) {
      Operand<TFloat32> flat = split.output().get(i);
      parts.add(
          shapes.get(i).length() == 1
              ? flat
              : Borders.rowsOf(tf, flat, shapes.get(i)).expect(TFloat32.class));
    }
    return parts.build();
  }
}
