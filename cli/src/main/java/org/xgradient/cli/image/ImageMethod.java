package org.xgradient.cli.image;

import java.util.Optional;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.data.FloatArray;
import org.xgradient.training.image.ImageModel;

/** An attribution method as a user names it, before it is known for which model. */
@FunctionalInterface
public interface ImageMethod {

  /**
   * A method, prepared for a model.
   *
   * @param attributor runs the method
   * @param first what it found for the first images, if it was chosen by them
   * @param baselineLogits the logits of what an image is compared with, of shape {@code [1,
   *     classes]}: their change is what complete attributions add up to
   */
  record Prepared(Attributor attributor, Optional<Attributions> first, FloatArray baselineLogits) {}

  /**
   * Prepares the method.
   *
   * @param model the model
   * @param images the first images, prepared, by which a choice can be made
   * @param runs how methods are run
   * @return the method
   */
  Prepared prepare(ImageModel model, FloatArray images, AttributorOptions runs);

  /**
   * A method that compares with the zero input.
   *
   * @param method the method
   * @return the same for every model
   */
  static ImageMethod of(AttributionMethod method) {
    return (model, images, runs) ->
        fromZero(model, Attributor.of(model, method, runs), Optional.empty());
  }

  /**
   * A method that compares with the zero input.
   *
   * @param model the model
   * @param attributor runs the method
   * @param first what it found for the first images, if it was chosen by them
   * @return the method and the logits at zero
   */
  static Prepared fromZero(ImageModel model, Attributor attributor, Optional<Attributions> first) {
    int side = model.preprocessing().crop();
    return new Prepared(
        attributor, first, model.predict(FloatArray.zeros(1, side, side, 3)).logits());
  }
}
