package org.xgradient.graph.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * A copy of a graph that computes in float64 what the graph computes in float32, gradients and all.
 *
 * <p>Operands of the original stand for their copies. Variables need no values: what would read
 * them can be fed, as any operand can.
 */
public final class Float64Copy implements AutoCloseable {

  /** A graph is run a few hundred times only: preparing it costs more than it saves. */
  private static final ConfigProto WITHOUT_OPTIMIZER =
      ConfigProto.newBuilder()
          .setIntraOpParallelismThreads(1)
          .setInterOpParallelismThreads(1)
          .setGraphOptions(
              GraphOptions.newBuilder()
                  .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
          .build();

  private final Graph graph;
  private final Session session;
  private final Map<String, Supplier<Tensor>> feeds = new LinkedHashMap<>();

  private Float64Copy(Graph graph, Session session) {
    this.graph = graph;
    this.session = session;
  }

  /**
   * Copies a graph. What is added to it later is not in the copy.
   *
   * @param tf the operations of the graph
   * @return the copy
   */
  public static Float64Copy of(Ops tf) {
    Graph original = (Graph) tf.scope().env();
    Graph copy = new Graph();
    copy.importGraphDef(Float64Rewrite.of(original.toGraphDef()));
    return new Float64Copy(copy, new Session(copy, WITHOUT_OPTIMIZER));
  }

  /**
   * Gives an operand a value in all later runs, in place of what it would compute.
   *
   * @param operand an operand of the original graph
   * @param shape the shape of the value
   * @param values the value in row-major order; read in each run
   */
  public void feed(Operand<TFloat32> operand, Shape shape, double[] values) {
    feed(operand, () -> TFloat64.tensorOf(shape, DataBuffers.of(values)));
  }

  /**
   * Gives an operand a value in all later runs, in place of what it would compute.
   *
   * @param operand an operand of the original graph
   * @param value makes the value for a run, in float64 if the operand is in float32; it is closed
   *     after the run
   */
  public void feed(Operand<?> operand, Supplier<Tensor> value) {
    feeds.put(name(operand), value);
  }

  /**
   * Computes operands.
   *
   * @param fetches operands of the original graph
   * @return their values in row-major order
   */
  public List<double[]> run(List<? extends Operand<TFloat32>> fetches) {
    List<Tensor> fed = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      feeds.forEach(
          (name, value) -> {
            Tensor tensor = value.get();
            fed.add(tensor);
            runner.feed(name, tensor);
          });
      fetches.forEach(fetch -> runner.fetch(name(fetch)));
      try (Result result = runner.run()) {
        List<double[]> values = new ArrayList<>();
        for (int i = 0; i < result.size(); i++) {
          TFloat64 tensor = (TFloat64) result.get(i);
          double[] copy = new double[Math.toIntExact(tensor.size())];
          tensor.copyTo(DataBuffers.of(copy));
          values.add(copy);
        }
        return values;
      }
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private static String name(Operand<?> operand) {
    Output<?> output = operand.asOutput();
    return output.op().name() + ":" + output.index();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
