package org.xgradient.spark;

import com.google.common.primitives.ImmutableDoubleArray;
import org.xgradient.data.DataException;
import org.xgradient.spark.model.MethodName;
import org.xgradient.spark.model.MethodSpec;
import org.xgradient.spark.model.ModelForm;

/** How rows are explained: what a stage says of methods, checked against what the model is of. */
final class MethodPlan {

  private final AttributionTransformer stage;

  MethodPlan(AttributionTransformer stage) {
    this.stage = stage;
  }

  /**
   * The method.
   *
   * @throws DataException if it has no references, or a baseline that it does not take, or is not
   *     for such a model
   */
  MethodSpec method() {
    MethodName name = MethodName.of(stage.getOrDefault(stage.method()));
    boolean sampled = name == MethodName.EG;
    ImmutableDoubleArray alphas = values(sampled, stage.getOrDefault(stage.alphas()));
    if (sampled) {
      requireSampling();
    }
    if (sampled && alphas.isEmpty()) {
      throw new DataException("method eg must have references; call setReferences");
    }
    return new MethodSpec(
        name,
        (Integer) stage.getOrDefault(stage.steps()),
        baseline(name),
        values(sampled, stage.getOrDefault(stage.references())),
        alphas);
  }

  private static ImmutableDoubleArray values(boolean used, double... values) {
    return used ? ImmutableDoubleArray.copyOf(values) : ImmutableDoubleArray.of();
  }

  private ImmutableDoubleArray baseline(MethodName name) {
    ImmutableDoubleArray baseline =
        ImmutableDoubleArray.copyOf(stage.getOrDefault(stage.baseline()));
    if (baseline.isEmpty()) {
      return baseline;
    }
    if (stage.description().form() == ModelForm.TEXT) {
      throw new DataException("texts are explained against a text of blanks; leave baseline out");
    }
    if (!name.takesBaseline()) {
      throw new DataException(
          "baseline is where the path of ig begins, and method must be ig or auto with it, found %s;"
                  .formatted(name.value())
              + " leave baseline out");
    }
    return baseline;
  }

  /**
   * Checks that Expected Gradients fit: rows of texts are no places to begin a path at, and those
   * of images would fill the driver.
   *
   * @throws DataException if the model is of neither columns nor vectors
   */
  void requireSampling() {
    ModelForm form = stage.description().form();
    if (form == ModelForm.TEXT || form == ModelForm.IMAGE) {
      throw new DataException(
          "method eg, whose references setReferences draws, is for models of columns or vectors,"
              + " found one of %s; leave the references out, and set method to auto, xg, ig or ixg"
                  .formatted(form == ModelForm.TEXT ? "texts" : "images"));
    }
  }
}
