package org.xgradient.cli.image;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.completeness.Completeness;
import org.xgradient.attribution.heatmap.HeatMap;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.homogeneity.NotHomogeneousException;
import org.xgradient.training.image.ImageModel;
import org.xgradient.training.image.RankedClass;

/** Runs attribution methods of one model over images. */
final class ImageExplainer {

  private final ImageModel model;
  private final ImmutableMap<String, ImageMethod.Prepared> runners;
  private final ImmutableMap<String, String> refused;
  private boolean begun;

  private ImageExplainer(
      ImageModel model, Map<String, ImageMethod.Prepared> runners, Map<String, String> refused) {
    this.model = model;
    this.runners = ImmutableMap.copyOf(runners);
    this.refused = ImmutableMap.copyOf(refused);
  }

  /**
   * Prepares methods for a model.
   *
   * @param model the model, borrowed
   * @param name what it is called
   * @param methods the methods by name
   * @param runs how they are run
   * @param images the first images, prepared
   * @throws IllegalArgumentException if no method applies to the model
   */
  static ImageExplainer of(
      ImageModel model,
      String name,
      Map<String, ImageMethod> methods,
      AttributorOptions runs,
      FloatArray images) {
    Map<String, ImageMethod.Prepared> applicable = new LinkedHashMap<>();
    Map<String, String> reasons = new LinkedHashMap<>();
    methods.forEach(
        (method, choice) -> {
          try {
            applicable.put(method, choice.prepare(model, images, runs));
          } catch (NotHomogeneousException e) {
            reasons.put(method, reason(e));
          }
        });
    if (applicable.isEmpty()) {
      throw new IllegalArgumentException(
          "none of the methods %s applies to %s: %s; choose ixg or ig as well"
              .formatted(methods.keySet(), name, reasons));
    }
    return new ImageExplainer(model, applicable, reasons);
  }

  private static String reason(NotHomogeneousException e) {
    int count = e.offenders().size();
    return "the network is not proven homogeneous, %d %s in the way, the first being %s"
        .formatted(
            count,
            count == 1 ? "operation stands" : "operations stand",
            e.offenders().get(0).operation());
  }

  /** {@return why methods don't apply to the model, by their names} */
  ImmutableMap<String, String> refused() {
    return refused;
  }

  /** {@return the names of the methods that apply} */
  ImmutableList<String> methods() {
    return runners.keySet().asList();
  }

  /**
   * Explains images, as many at a time as fit. The first that are given are to begin with those
   * that methods were prepared with.
   *
   * @param names their names
   * @param images the images, prepared, of shape {@code [images, crop, crop, 3]}
   * @param classesShown how many classes to name
   * @return an explanation of each
   */
  ImmutableList<ImageExplanation> explain(List<String> names, FloatArray images, int classesShown) {
    Map<String, Attributions> found = new LinkedHashMap<>();
    runners.forEach((name, runner) -> found.put(name, attribute(runner, images)));
    begun = true;
    ImmutableList.Builder<ImageExplanation> explanations = ImmutableList.builder();
    for (int i = 0; i < names.size(); i++) {
      explanations.add(explanation(names.get(i), i, images.rows(i, i + 1), found, classesShown));
    }
    return explanations.build();
  }

  private Attributions attribute(ImageMethod.Prepared method, FloatArray images) {
    IntFunction<Attributions> others =
        from -> method.attributor().attribute(images.rows(from, images.rows()));
    return begun || method.first().isEmpty()
        ? others.apply(0)
        : method.first().get().continued(images.rows(), others);
  }

  private ImageExplanation explanation(
      String name, int index, FloatArray image, Map<String, Attributions> found, int classesShown) {
    ImmutableList.Builder<MethodResult> results = ImmutableList.builder();
    ImmutableList<RankedClass> top = ImmutableList.of();
    for (Map.Entry<String, ImageMethod.Prepared> entry : runners.entrySet()) {
      Attributions ofAll = Objects.requireNonNull(found.get(entry.getKey()));
      Attributions attributions = ofAll.rows(index, index + 1);
      if (top.isEmpty()) {
        top = RankedClass.top(attributions.logits().values(), model.classes(), classesShown);
      }
      FloatArray output = attributions.explained();
      float baseline = entry.getValue().baselineLogits().values()[top.get(0).index()];
      FloatArray baselineOutput = FloatArray.of(new float[] {baseline}, 1);
      results.add(
          new MethodResult(
              entry.getKey(),
              HeatMap.ofEach(attributions.values()).get(0),
              Completeness.sums(attributions.values())[0],
              output.values()[0],
              baseline,
              Completeness.of(attributions.values(), output, baselineOutput).relativeGap()));
    }
    FloatArray seen = FloatArray.of(image.values(), image.rowShape().toArray());
    return new ImageExplanation(name, model.preprocessing().restore(seen), top, results.build());
  }
}
