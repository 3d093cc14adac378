package org.xgradient.benchmarks;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.Gradient;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.PathMethod;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.Target;
import org.xgradient.graph.network.NetworkModel;

/**
 * What is done with one network and one batch of standard normal inputs; the first output is
 * explained.
 *
 * @param weights the network and its weights
 * @param rows the number of inputs
 * @param gigaFlop the billions of floating-point operations of the forward pass of one input; the
 *     gradient with respect to the input takes as many again
 * @param firstGigaFlop those of its first layer, if Integrated Gradients do it for the ends of a
 *     path and not for each point; 0 if not
 * @param params what describes all
 */
record AttributionWorkloads(
    WeightedNetwork weights,
    int rows,
    double gigaFlop,
    double firstGigaFlop,
    ImmutableMap<String, Object> params) {

  private static final int INPUTS_SEED = 2;

  /** The logits, by one run of the session and nothing else. */
  Benchmark forward(String name) {
    return Benchmark.of(name, params, session -> run(session, false)).withGigaFlop(rows * gigaFlop);
  }

  /** The logits and their gradient, by one run of the session and nothing else: the limit. */
  Benchmark gradient(String name) {
    return Benchmark.of(name, params, session -> run(session, true))
        .withGigaFlop(2 * rows * gigaFlop);
  }

  /** A method, as users run it. */
  Benchmark method(String name, AttributionMethod method) {
    int points = method instanceof PathMethod path ? path.points() : 1;
    return Benchmark.of(name, params, session -> attribute(session, method))
        .withGigaFlop(2 * rows * points * gigaFlop);
  }

  /** Integrated Gradients with 128 steps, and the same with all layers at each point. */
  ImmutableList<Benchmark> integrated(String group, String suffix) {
    IntegratedGradients method = IntegratedGradients.withDefaults();
    double others = 2 * rows * method.points() * (gigaFlop - firstGigaFlop);
    // Of the first: both ends, and its transpose.
    return ImmutableList.of(
        method(group + ".ig128" + suffix, method).withGigaFlop(others + 3 * rows * firstGigaFlop),
        method(group + ".each128" + suffix, AllLayersPath.withDefaults()));
  }

  private Workload attribute(GraphSession session, AttributionMethod method) {
    var attributor =
        Attributor.of(
            weights.build(session),
            method,
            AttributorOptions.withDefaults().withTarget(Target.index(0)));
    FloatArray inputs = inputs();
    return () -> attributor.attribute(inputs).values();
  }

  private Workload run(GraphSession session, boolean withGradient) {
    NetworkModel model = weights.build(session);
    var batch = Placeholder.shape(Shapes.batchOf(model.inputShape()));
    var placeholder = model.ops().placeholder(TFloat32.class, batch);
    ForwardPass pass = model.forward(placeholder);
    List<Operand<TFloat32>> fetches =
        withGradient
            ? List.of(new Gradient().attribute(pass, Target.index(0)), pass.logits())
            : List.of(pass.logits());
    FloatArray inputs = inputs();
    return () -> session.run(Feeds.of(placeholder, inputs), fetches, List.of()).get(0);
  }

  /** {@return standard normal inputs, of shape {@code [rows, ...]}} */
  FloatArray inputs() {
    ImmutableIntArray example = weights.network().inputShape();
    return RandomRows.normal(INPUTS_SEED, rows, example);
  }
}
