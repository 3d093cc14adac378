package org.xgradient.cli.image;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.data.FloatArray;
import org.xgradient.training.image.ImageModel;

/**
 * Expected Gradients with images of a folder as references. As many are read as an image meets, at
 * most: more could not matter, and they stay in memory.
 *
 * @param references the images
 * @param draws how many references each image meets, at least 1
 * @param seed which images are taken if there are more
 */
public record ExpectedGradientsOfImages(ImageInput references, int draws, long seed)
    implements ImageMethod {

  /**
   * Checks the number of draws.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public ExpectedGradientsOfImages {
    checkArgument(draws >= 1, "--draws must be at least 1, found %s", draws);
  }

  @Override
  public Prepared prepare(ImageModel model, FloatArray images, AttributorOptions runs) {
    FloatArray drawn = references.sample(draws, seed).readAll(model.preprocessing()).images();
    var method = new ExpectedGradients(ReferenceDistribution.uniform(drawn), draws);
    return new Prepared(
        Attributor.of(model, method, runs), Optional.empty(), mean(model.predict(drawn).logits()));
  }

  /** Expected Gradients add up to the change from the mean logit of the references. */
  private static FloatArray mean(FloatArray logits) {
    int classes = logits.rowSize();
    float[] means = new float[classes];
    for (int index = 0; index < classes; index++) {
      double sum = 0;
      for (int row = 0; row < logits.rows(); row++) {
        sum += logits.values()[row * classes + index];
      }
      means[index] = (float) (sum / logits.rows());
    }
    return FloatArray.of(means, 1, classes);
  }
}
