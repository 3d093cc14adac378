package org.xgradient.benchmarks.campaign.compare;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Target;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.training.objective.AttributionPrior;

/** What the library computes of a task. */
final class LibraryRun {

  private final DrawnTask task;
  private final BoundModel model;

  private LibraryRun(DrawnTask task, BoundModel model) {
    this.task = task;
    this.model = model;
  }

  private static NetworkModel build(DrawnTask task, GraphSession session) {
    NetworkModel model = NetworkModel.create(task.network(), session);
    for (int i = 0; i < model.parameters().size(); i++) {
      Parameter parameter = model.parameters().get(i);
      double[] weights = task.weights().get(i);
      FloatArray values = FloatArray.zeros(parameter.shape().toArray());
      for (int j = 0; j < weights.length; j++) {
        values.values()[j] = (float) weights[j];
      }
      parameter.assign(session, values);
    }
    return model;
  }

  /**
   * Computes all for a network of the library.
   *
   * @param task the task
   * @param weightOfPrior the weight of the prior
   * @return the numbers of each quantity
   */
  static ImmutableMap<Quantity, double[]> of(DrawnTask task, double weightOfPrior) {
    try (GraphSession session = GraphSession.open(SessionOptions.withDefaults())) {
      NetworkModel model = build(task, session);
      return new LibraryRun(task, model).compute(Optional.of(model), weightOfPrior);
    }
  }

  /**
   * Computes what does not ask for parameters, for a SavedModel with the network in it.
   *
   * @param task the task
   * @param form the type in which the model computes
   * @return the numbers of each quantity
   */
  static ImmutableMap<Quantity, double[]> ofWritten(DrawnTask task, GivenForm form) {
    try {
      Path folder = Files.createTempDirectory("compare");
      try {
        WrittenNetwork.write(task, form, folder);
        try (LoadedModel loaded = SavedModels.load(folder)) {
          return new LibraryRun(task, loaded).compute(Optional.empty(), 0);
        }
      } finally {
        MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All operations are added before the first run, after which each addition costs time. */
  private ImmutableMap<Quantity, double[]> compute(
      Optional<NetworkModel> trainable, double weightOfPrior) {
    Attributor gradient = attributor(new Gradient());
    Map<Quantity, Attributor> attributors = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.METHODS) {
      if (quantity != Quantity.X_GRADIENT || task.isHomogeneous()) {
        attributors.put(quantity, attributor(method(quantity)));
      }
    }
    Optional<Derivatives> derivatives =
        trainable.map(network -> Derivatives.of(this, network, weightOfPrior));

    ImmutableMap.Builder<Quantity, double[]> values = ImmutableMap.builder();
    Attributions attributions = gradient.attribute(task.rows());
    values.put(Quantity.LOGITS, doubles(attributions.logits()));
    values.put(Quantity.GRADIENT, doubles(attributions.values()));
    attributors.forEach(
        (quantity, attributor) ->
            values.put(quantity, doubles(attributor.attribute(task.rows()).values())));
    derivatives.ifPresent(found -> found.run(task.rows(), values));
    return values.buildOrThrow();
  }

  /** Gradients by the weights. */
  private record Derivatives(
      NetworkModel network,
      ForwardPass pass,
      ImmutableList<Operand<TFloat32>> byWeights,
      ImmutableList<Operand<TFloat32>> priorByWeights) {

    static Derivatives of(LibraryRun run, NetworkModel network, double weightOfPrior) {
      ForwardPass pass = ForwardPass.ofInference(network);
      Operand<TFloat32> output = run.output(pass);
      var both = pass.ops().math.add(output, run.penalty(pass, weightOfPrior));
      return new Derivatives(network, pass, byWeights(network, output), byWeights(network, both));
    }

    private static ImmutableList<Operand<TFloat32>> byWeights(
        NetworkModel network, Operand<TFloat32> of) {
      List<Operand<TFloat32>> weights = new ArrayList<>();
      network.parameters().forEach(parameter -> weights.add(parameter.value()));
      return ImmutableList.copyOf(Gradients.of(network.ops(), of, weights));
    }

    void run(FloatArray rows, ImmutableMap.Builder<Quantity, double[]> values) {
      List<Operand<TFloat32>> both = new ArrayList<>(byWeights);
      both.addAll(priorByWeights);
      List<FloatArray> found =
          network.session().run(Feeds.of(pass.inputs(), rows), both, List.of());
      values.put(Quantity.BY_WEIGHTS, joined(found.subList(0, byWeights.size())));
      values.put(Quantity.PRIOR_BY_WEIGHTS, joined(found.subList(byWeights.size(), both.size())));
    }
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
    var tf = pass.ops();
    var coefficients = Target.index(task.output()).coefficients(pass);
    return tf.reduceSum(tf.math.mul(pass.logits(), coefficients), tf.constant(new int[] {0, 1}));
  }

  private Operand<TFloat32> penalty(ForwardPass pass, double weight) {
    var prior =
        new AttributionPrior(
            method(task.priorOn()), Target.index(task.output()), task.prior().ofLibrary(), weight);
    var tf = pass.ops();
    return tf.math.mul(prior.penalty(pass), tf.constant((float) weight));
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
