package org.xgradient.graph.homogeneity;

import java.util.Arrays;
import java.util.function.Consumer;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Adds operations of any type to a graph, those that {@link Ops} doesn't offer included. */
public final class RawOperation {

  private final OperationBuilder builder;

  private RawOperation(OperationBuilder builder) {
    this.builder = builder;
  }

  public static RawOperation of(Ops tf, String type) {
    var scope = tf.scope();
    return new RawOperation(scope.env().opBuilder(type, scope.makeOpName(type), scope));
  }

  public static Operand<TFloat32> add(Ops tf, String type, Operand<?>... inputs) {
    return of(tf, type).in(inputs).output();
  }

  public RawOperation in(Operand<?>... inputs) {
    for (Operand<?> input : inputs) {
      builder.addInput(input.asOutput());
    }
    return this;
  }

  public RawOperation list(Operand<?>... inputs) {
    builder.addInputList(Arrays.stream(inputs).map(Operand::asOutput).toArray(Output<?>[]::new));
    return this;
  }

  public RawOperation with(Consumer<OperationBuilder> attributes) {
    attributes.accept(builder);
    return this;
  }

  public Operand<TFloat32> output() {
    return output(0);
  }

  /** The type is a wish where the operation's is another; whoever uses it must cast. */
  public Operand<TFloat32> output(int index) {
    return builder.build().output(index);
  }
}
