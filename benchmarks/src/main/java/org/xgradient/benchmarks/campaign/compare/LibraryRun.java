package org.xgradient.benchmarks.campaign.compare;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.GivenExpectedGradients;
import org.xgradient.attribution.Gradient;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Target;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.training.objective.AttributionPrior;

/** What the library computes of a task. */
final class LibraryRun {

  private final Task task;
  private final GraphSession session;
  private final NetworkModel model;

  private LibraryRun(Task task, GraphSession session) {
    this.task = task;
    this.session = session;
    this.model = NetworkModel.create(task.network(), session);
    for (int i = 0; i < model.parameters().size(); i++) {
      Parameter parameter = model.parameters().get(i);
      double[] weights = task.weights().get(i);
      FloatArray values = FloatArray.zeros(parameter.shape().toArray());
      for (int j = 0; j < weights.length; j++) {
        values.values()[j] = (float) weights[j];
      }
      parameter.assign(session, values);
    }
  }

  /**
   * Computes all.
   *
   * @param task the task
   * @param weightOfPrior the weight of the prior
   * @return the numbers of each quantity
   */
  static ImmutableMap<Quantity, double[]> of(Task task, double weightOfPrior) {
    try (GraphSession session = GraphSession.open(SessionOptions.withDefaults())) {
      return new LibraryRun(task, session).compute(weightOfPrior);
    }
  }

  /** All operations are added before the first run, after which each addition costs time. */
  private ImmutableMap<Quantity, double[]> compute(double weightOfPrior) {
    Attributor gradient = attributor(new Gradient());
    Map<Quantity, Attributor> attributors = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.METHODS) {
      if (quantity != Quantity.X_GRADIENT || task.isHomogeneous()) {
        attributors.put(quantity, attributor(method(quantity)));
      }
    }
    ForwardPass pass = ForwardPass.ofInference(model);
    Operand<TFloat32> output = output(pass);
    List<Operand<TFloat32>> byWeights = byWeights(output);
    List<Operand<TFloat32>> priorByWeights =
        byWeights(session.ops().math.add(output, penalty(pass, weightOfPrior)));

    ImmutableMap.Builder<Quantity, double[]> values = ImmutableMap.builder();
    Attributions attributions = gradient.attribute(task.rows());
    values.put(Quantity.LOGITS, doubles(attributions.logits()));
    values.put(Quantity.GRADIENT, doubles(attributions.values()));
    attributors.forEach(
        (quantity, attributor) ->
            values.put(quantity, doubles(attributor.attribute(task.rows()).values())));
    List<Operand<TFloat32>> both = new ArrayList<>(byWeights);
    both.addAll(priorByWeights);
    List<FloatArray> found = session.run(Feeds.of(pass.inputs(), task.rows()), both, List.of());
    values.put(Quantity.BY_WEIGHTS, joined(found.subList(0, byWeights.size())));
    values.put(Quantity.PRIOR_BY_WEIGHTS, joined(found.subList(byWeights.size(), both.size())));
    return values.buildOrThrow();
  }

  private AttributionMethod method(Quantity quantity) {
    return switch (quantity) {
      case X_GRADIENT -> new XGradient();
      case INTEGRATED_GRADIENTS ->
          new IntegratedGradients(Baseline.example(task.baseline()), task.quadrature());
      case EXPECTED_GRADIENTS -> new GivenExpectedGradients(task.references(), task.alphas());
      default -> throw new IllegalArgumentException(quantity + " is not a method");
    };
  }

  private Attributor attributor(AttributionMethod method) {
    AttributorOptions options =
        AttributorOptions.withDefaults()
            .withTarget(Target.index(task.output()))
            .withMaxBatch(task.mostRows())
            .withMemoryBudget(task.memoryBudget());
    return Attributor.of(model, method, options);
  }

  private Operand<TFloat32> output(ForwardPass pass) {
    var tf = session.ops();
    var coefficients = Target.index(task.output()).coefficients(pass);
    return tf.reduceSum(tf.math.mul(pass.logits(), coefficients), tf.constant(new int[] {0, 1}));
  }

  private Operand<TFloat32> penalty(ForwardPass pass, double weight) {
    var prior =
        new AttributionPrior(
            method(task.priorOn()), Target.index(task.output()), task.prior().ofLibrary(), weight);
    var tf = session.ops();
    return tf.math.mul(prior.penalty(pass), tf.constant((float) weight));
  }

  private List<Operand<TFloat32>> byWeights(Operand<TFloat32> of) {
    List<Operand<TFloat32>> weights = new ArrayList<>();
    model.parameters().forEach(parameter -> weights.add(parameter.value()));
    return Gradients.of(session.ops(), of, weights);
  }

  private static double[] joined(List<FloatArray> parts) {
    return parts.stream().flatMapToDouble(part -> Arrays.stream(doubles(part))).toArray();
  }

  private static double[] doubles(FloatArray array) {
    double[] doubles = new double[array.size()];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = array.values()[i];
    }
    return doubles;
  }
}
