package org.xgradient.spark.model;

import com.google.common.primitives.ImmutableDoubleArray;
import java.io.Serializable;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.GivenExpectedGradients;
import org.xgradient.attribution.InputXGradient;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.homogeneity.Homogeneity;

/**
 * An attribution method in words that travel. Whatever is drawn was drawn before, so that a row has
 * the same attributions in whatever task.
 *
 * @param name which
 * @param steps the steps of Integrated Gradients
 * @param baseline where its path begins: nothing for zero, one value for all features, or one for
 *     each
 * @param references the references of Expected Gradients, one after the other
 * @param alphas the place on the path from each reference
 */
public record MethodSpec(
    MethodName name,
    int steps,
    ImmutableDoubleArray baseline,
    ImmutableDoubleArray references,
    ImmutableDoubleArray alphas)
    implements Serializable {

  private static final long serialVersionUID = 1;

  /** {@return a method that applies to every model, where only its rows are read} */
  public static MethodSpec ofEveryModel() {
    return new MethodSpec(
        MethodName.IXG,
        1,
        ImmutableDoubleArray.of(),
        ImmutableDoubleArray.of(),
        ImmutableDoubleArray.of());
  }

  /**
   * The method for a model.
   *
   * @throws DataException if the baseline or the references are of another size than its inputs
   */
  AttributionMethod method(BoundModel model) {
    return switch (name) {
      case XG -> new XGradient();
      case IG -> integrated(model);
      case IXG -> new InputXGradient();
      case EG ->
          new GivenExpectedGradients(
              rows("the references of eg", model, references, alphas.length()),
              FloatArray.of(floats(alphas), alphas.length()));
      case AUTO -> baseline.isEmpty() && isExact(model) ? new XGradient() : integrated(model);
    };
  }

  private static boolean isExact(BoundModel model) {
    return Homogeneity.of(model) instanceof Homogeneity.Proven proven && proven.degree() >= 1;
  }

  private IntegratedGradients integrated(BoundModel model) {
    return new IntegratedGradients(start(model), Quadrature.gaussLegendre(steps));
  }

  private Baseline start(BoundModel model) {
    if (baseline.isEmpty()) {
      return Baseline.zero();
    }
    if (baseline.length() == 1) {
      return Baseline.constant((float) baseline.get(0));
    }
    FloatArray row = rows("the baseline", model, baseline, 1);
    return Baseline.example(FloatArray.of(row.values(), row.rowShape().toArray()));
  }

  private static FloatArray rows(
      String what, BoundModel model, ImmutableDoubleArray values, int rows) {
    int[] one = model.model().inputShape().toArray();
    int[] shape = new int[one.length + 1];
    shape[0] = rows;
    System.arraycopy(one, 0, shape, 1, one.length);
    int features = Shapes.size(model.model().inputShape());
    if (values.length() != (long) rows * features) {
      throw new DataException(
          "%s must have %s values, one for each of %s features, found %s"
              .formatted(what, (long) rows * features, features, values.length()));
    }
    return FloatArray.of(floats(values), shape);
  }

  private static float[] floats(ImmutableDoubleArray values) {
    float[] floats = new float[values.length()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values.get(i);
    }
    return floats;
  }
}
