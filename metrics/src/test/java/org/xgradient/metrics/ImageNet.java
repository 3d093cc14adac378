package org.xgradient.metrics;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.OptionalInt;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;

/** Images, a hidden layer with ReLU, logits; with a plain forward pass beside that in the graph. */
public final class ImageNet implements Model, BoundModel {

  private static final int HIDDEN = 6;

  private final GraphSession session;
  private final Ops ops;
  private final ImmutableIntArray inputShape;
  private final int outputs;
  private final FloatArray hidden;
  private final FloatArray last;
  private OptionalInt fixedBatch = OptionalInt.empty();

  public ImageNet(GraphSession session, long seed, int outputs, int... inputShape) {
    this.session = session;
    this.ops = session.ops();
    this.inputShape = ImmutableIntArray.copyOf(inputShape);
    this.outputs = outputs;
    int inputs = this.inputShape.stream().reduce(1, (a, b) -> a * b);
    var random = new DataRandom(seed);
    hidden = normal(random, inputs, HIDDEN);
    last = normal(random, HIDDEN, outputs);
  }

  /** The same, but made for batches of one size, like some imported models. */
  public ImageNet withFixedBatch(int batch) {
    fixedBatch = OptionalInt.of(batch);
    return this;
  }

  public static FloatArray normal(DataRandom random, int... shape) {
    FloatArray values = FloatArray.zeros(shape);
    for (int i = 0; i < values.size(); i++) {
      values.values()[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Override
  public GraphSession session() {
    return session;
  }

  @Override
  public Model model() {
    return this;
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
  public int outputs() {
    return outputs;
  }

  @Override
  public OptionalInt fixedBatch() {
    return fixedBatch;
  }

  @Override
  public ImmutableList<Parameter> parameters() {
    return ImmutableList.of();
  }

  @Override
  public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
    var flat = ops.reshape(inputs, ops.constant(new int[] {fixedBatch.orElse(-1), hidden.rows()}));
    return ops.linalg.matMul(
        ops.nn.relu(ops.linalg.matMul(flat, constant(hidden))), constant(last));
  }

  private Operand<TFloat32> constant(FloatArray values) {
    return ops.reshape(ops.constant(values.values()), ops.constant(values.shape().toArray()));
  }

  public double[] plainLogits(double[] input) {
    return plainLayer(plainLayer(input, hidden, true), last, false);
  }

  private static double[] plainLayer(double[] input, FloatArray weights, boolean relu) {
    double[] output = new double[weights.rowSize()];
    for (int j = 0; j < output.length; j++) {
      for (int i = 0; i < input.length; i++) {
        output[j] += input[i] * weights.values()[i * output.length + j];
      }
      output[j] = relu ? Math.max(0, output[j]) : output[j];
    }
    return output;
  }
}
