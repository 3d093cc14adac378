package org.xgradient.cli.image;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.heatmap.HeatMap;
import org.xgradient.data.FloatArray;
import org.xgradient.data.image.ClassNames;
import org.xgradient.data.image.ImageFiles;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.NotHomogeneousException;
import org.xgradient.graph.Target;
import org.xgradient.training.Predictor;
import org.xgradient.training.image.ImageNetwork;
import org.xgradient.training.image.RankedClass;

/** Runs attribution methods of one network over images, one after the other. */
final class ImageExplainer implements AutoCloseable {

  private final ImageNetwork network;
  private final ClassNames classes;
  private final GraphSession session;
  private final ImmutableMap<String, Attributor> attributors;
  private final ImmutableMap<String, String> refused;
  private final float[] logitsAtZero;

  private ImageExplainer(
      ImageNetwork network,
      ClassNames classes,
      GraphSession session,
      Model model,
      Map<String, AttributionMethod> methods,
      AttributorOptions options) {
    this.network = network;
    this.classes = classes;
    this.session = session;
    Predictor predictor = Predictor.of(session, model);
    Map<String, Attributor> applicable = new LinkedHashMap<>();
    Map<String, String> reasons = new LinkedHashMap<>();
    methods.forEach(
        (name, method) -> {
          try {
            applicable.put(
                name, Attributor.of(session, model, method, Target.predicted(), options));
          } catch (NotHomogeneousException e) {
            reasons.put(name, reason(e));
          }
        });
    attributors = ImmutableMap.copyOf(applicable);
    refused = ImmutableMap.copyOf(reasons);
    if (attributors.isEmpty()) {
      throw new IllegalArgumentException(
          "none of the methods %s applies to %s: %s; choose ixg or ig as well"
              .formatted(methods.keySet(), network.network().name(), refused));
    }
    int side = network.preprocessing().crop();
    logitsAtZero = predictor.logits(FloatArray.zeros(1, side, side, 3)).values();
  }

  private static String reason(NotHomogeneousException e) {
    return "the network is not proven homogeneous, %d operations stand in the way, the first being %s"
        .formatted(e.offenders().size(), e.offenders().get(0).operation());
  }

  /**
   * Loads a network. To be closed.
   *
   * @throws IllegalArgumentException if the weights do not fit the network, or no method applies to
   *     it
   */
  static ImageExplainer load(
      ImageNetwork network,
      Path weights,
      ClassNames classes,
      Map<String, AttributionMethod> methods,
      AttributorOptions options) {
    ImmutableMap<String, FloatArray> values = network.weights(weights);
    GraphSession session = GraphSession.open();
    try {
      Model model = network.network().build(session, values);
      return new ImageExplainer(network, classes, session, model, methods, options);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** {@return why methods don't apply to the network, by their names} */
  ImmutableMap<String, String> refused() {
    return refused;
  }

  /** {@return the names of the methods that apply} */
  ImmutableList<String> methods() {
    return attributors.keySet().asList();
  }

  ImageExplanation explain(ImageFiles images, int index, int classesShown) {
    FloatArray input = images.read(index);
    ImmutableList.Builder<MethodResult> results = ImmutableList.builder();
    ImmutableList<RankedClass> top = ImmutableList.of();
    for (Map.Entry<String, Attributor> attributor : attributors.entrySet()) {
      Attributions attributions = attributor.getValue().attribute(input);
      if (top.isEmpty()) {
        top = RankedClass.top(attributions.logits().values(), classes, classesShown);
      }
      results.add(
          new MethodResult(
              attributor.getKey(),
              HeatMap.ofEach(attributions.values()).get(0),
              sum(attributions.values()),
              attributions.explained().values()[0],
              logitsAtZero[top.get(0).index()]));
    }
    FloatArray image = FloatArray.of(input.values(), input.rowShape().toArray());
    return new ImageExplanation(
        images.files().get(index).getFileName().toString(),
        network.preprocessing().restore(image),
        top,
        results.build());
  }

  private static double sum(FloatArray attributions) {
    double sum = 0;
    for (float value : attributions.values()) {
      sum += value;
    }
    return sum;
  }

  @Override
  public void close() {
    session.close();
  }
}
