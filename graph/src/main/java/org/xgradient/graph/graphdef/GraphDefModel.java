package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.OptionalInt;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;

/**
 * A model made from a serialized graph. Training and inference mode are the same, because a
 * serialized graph says nothing of the layers it came from: dropout is what it was when the graph
 * was written, which for an exported model is nothing.
 */
public final class GraphDefModel implements Model {

  private final Ops ops;
  private final GraphFunction function;
  private final ImmutableIntArray inputShape;
  private final int outputs;
  private final OptionalInt fixedBatch;
  private final ImmutableList<Parameter> parameters;

  /**
   * Wraps a function.
   *
   * @param ops the operations of the live graph
   * @param function from a batch of inputs to logits of shape {@code [batch, outputs]}
   * @param inputShape the shape of one example
   * @param outputs the number of logits
   * @param fixedBatch the only batch size that the function takes, if so
   * @param parameters the variables that the function reads
   */
  public GraphDefModel(
      Ops ops,
      GraphFunction function,
      ImmutableIntArray inputShape,
      int outputs,
      OptionalInt fixedBatch,
      ImmutableList<Parameter> parameters) {
    this.ops = ops;
    this.function = function;
    this.inputShape = inputShape;
    this.outputs = outputs;
    this.fixedBatch = fixedBatch;
    this.parameters = parameters;
  }

  /**
   * A model that computes something else from the same variables.
   *
   * @param original a model of the live graph
   * @param rewritten a graph without calls of functions, which was taken from the live graph and
   *     rewritten; what it shares with the live graph by name, attributes and inputs is used again
   * @param input the tensor that takes a batch of inputs
   * @param logits the tensor that gives the logits, as many as those of the original
   * @return the model; its parameters are those of the original that it still uses
   */
  public static GraphDefModel rewritten(
      Model original, GraphDef rewritten, TensorName input, TensorName logits) {
    Ops scope = original.ops().withSubScope("rewritten");
    GraphFunction function = GraphFunction.create(scope, rewritten, input, logits);
    ImmutableList<Parameter> parameters =
        original.parameters().stream()
            .filter(parameter -> function.reads().containsKey(parameter.handle().asOutput()))
            .collect(ImmutableList.toImmutableList());
    return new GraphDefModel(
        original.ops(),
        function,
        original.inputShape(),
        original.outputs(),
        original.fixedBatch(),
        parameters);
  }

  @Override
  public Ops ops() {
    return ops;
  }

  @Override
  public ImmutableIntArray inputShape() {
    return inputShape;
  }

  @Override
  public OptionalInt fixedBatch() {
    return fixedBatch;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public ImmutableList<Parameter> parameters() {
    return parameters;
  }

  @Override
  public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
    return function.apply(inputs);
  }
}
