package org.xgradient.experiments.decoy;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.Ints;
import java.util.Arrays;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;
import org.xgradient.data.image.DecoyMode;
import org.xgradient.data.image.DecoyShapes;
import org.xgradient.data.image.ImageSet;

/**
 * The images of one repetition. The test images of all kinds are the same but for the patch.
 *
 * @param aligned test images whose cue gives the class away, as in training
 * @param random test images whose cue is that of a class at random
 * @param clean test images without a cue
 * @param misled of each class, the index of the first test image whose random cue is another's
 * @param repetition the number of the repetition
 * @param options how many images
 */
record DecoyImages(
    DecoyShapes aligned,
    DecoyShapes random,
    DecoyShapes clean,
    ImmutableIntArray misled,
    int repetition,
    DecoyOptions options) {

  static DecoyImages of(int repetition, DecoyOptions options) {
    long seed = Seeds.derive(options.seed(), "decoy test images", repetition);
    int size = options.testImages();
    DecoyShapes aligned = DecoyShapes.generate(size, DecoyMode.ALIGNED, seed);
    DecoyShapes random = DecoyShapes.generate(size, DecoyMode.RANDOM, seed);
    return new DecoyImages(
        aligned,
        random,
        DecoyShapes.generate(size, DecoyMode.CLEAN, seed),
        misled(aligned.set(), random.set()),
        repetition,
        options);
  }

  private static ImmutableIntArray misled(ImageSet aligned, ImageSet random) {
    int[] first = new int[DecoyShapes.CLASSES];
    Arrays.fill(first, -1);
    for (int i = random.size() - 1; i >= 0; i--) {
      FloatArray image = random.images().rows(i, i + 1);
      if (!image.equals(aligned.images().rows(i, i + 1))) {
        first[(int) random.labels().values()[i]] = i;
      }
    }
    checkArgument(
        !Ints.contains(first, -1),
        "the test images must show every class with the cue of another, which %s don't; take more",
        random.size());
    return ImmutableIntArray.copyOf(first);
  }

  ImageSet training(DecoyMode mode) {
    long seed = Seeds.derive(options.seed(), "decoy training images", repetition);
    return DecoyShapes.generate(options.trainImages(), mode, seed).set();
  }
}
