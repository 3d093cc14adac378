package org.xgradient.metrics.masking;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Floats;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.data.FloatArray;
import org.xgradient.metrics.PairedDifference;

/**
 * The masking curves of several methods on the same images.
 *
 * @param curves the curves: all metrics of the first method, then of the next
 */
public record MaskingResults(ImmutableList<MaskingCurve> curves) {

  /**
   * The curve of one method and metric.
   *
   * @param method the name of the method
   * @param metric the metric
   * @return the curve
   * @throws IllegalArgumentException if there is none
   */
  public MaskingCurve curve(String method, MaskingMetric metric) {
    for (MaskingCurve curve : curves) {
      if (curve.method().equals(method) && curve.metric().equals(metric)) {
        return curve;
      }
    }
    throw new IllegalArgumentException(
        "there is no curve of %s for %s; there are methods %s and metrics %s"
            .formatted(
                metric.name(),
                method,
                methods(),
                curves.stream().map(curve -> curve.metric().name()).distinct().toList()));
  }

  /** {@return the names of the methods, in the order of the curves} */
  public ImmutableSet<String> methods() {
    return curves.stream().map(MaskingCurve::method).collect(ImmutableSet.toImmutableSet());
  }

  /**
   * By how much one method is better than another in a metric, in the direction of the metric.
   *
   * @param method the method
   * @param other what it is compared with
   * @param metric the metric
   * @return the mean improvement over the images: positive if {@code method} is better
   * @throws IllegalArgumentException if there is no such curve, or there are fewer than two images
   */
  public PairedDifference improvement(String method, String other, MaskingMetric metric) {
    return curve(method, metric).improvementOver(curve(other, metric));
  }

  /** Puts the results of parts of the images together, in order. */
  static MaskingResults concatenation(List<MaskingResults> parts) {
    checkArgument(!parts.isEmpty(), "there are no images to evaluate");
    ImmutableList.Builder<MaskingCurve> curves = ImmutableList.builder();
    for (int c = 0; c < parts.get(0).curves.size(); c++) {
      MaskingCurve first = parts.get(0).curves.get(c);
      List<float[]> values = new ArrayList<>();
      ImmutableList.Builder<String> ids = ImmutableList.builder();
      for (MaskingResults part : parts) {
        values.add(part.curves.get(c).values().values());
        ids.addAll(part.curves.get(c).imageIds());
      }
      float[] all = Floats.concat(values.toArray(float[][]::new));
      int columns = first.fractions().length();
      curves.add(
          new MaskingCurve(
              first.method(),
              first.metric(),
              first.fractions(),
              FloatArray.of(all, all.length / columns, columns),
              ids.build()));
    }
    return new MaskingResults(curves.build());
  }
}
