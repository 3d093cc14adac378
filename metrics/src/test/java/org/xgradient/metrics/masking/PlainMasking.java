package org.xgradient.metrics.masking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.xgradient.data.FloatArray;
import org.xgradient.metrics.Score;

/** The masking metrics once more, as plainly and slowly as the definition reads. */
final class PlainMasking {

  private final int height;
  private final int width;
  private final int channels;

  PlainMasking(int height, int width, int channels) {
    this.height = height;
    this.width = width;
    this.channels = channels;
  }

  /** The pixels that stay. */
  boolean[] stays(float[] attribution, PixelOrder order, boolean keep, double fraction) {
    int pixels = height * width;
    double[] strength = new double[pixels];
    List<Integer> candidates = new ArrayList<>();
    for (int pixel = 0; pixel < pixels; pixel++) {
      double mean = 0;
      for (int c = 0; c < channels; c++) {
        mean += attribution[pixel * channels + c];
      }
      mean = (float) (mean / channels);
      strength[pixel] =
          order == PixelOrder.NEGATIVE
              ? -mean
              : order == PixelOrder.ABSOLUTE ? Math.abs(mean) : mean;
      if (order == PixelOrder.SIGNED || strength[pixel] > 0) {
        candidates.add(pixel);
      }
    }
    Comparator<Integer> byStrength = Comparator.comparingDouble(pixel -> strength[pixel]);
    // List.sort is stable: of equal pixels, the lower index stays first.
    candidates.sort(keep ? byStrength.reversed() : byStrength);
    int kept = Math.min((int) Math.floor(fraction * pixels), candidates.size());
    boolean[] stays = new boolean[pixels];
    candidates.subList(0, kept).forEach(pixel -> stays[pixel] = true);
    return stays;
  }

  double[] masked(float[] image, boolean[] stays, double[] fill) {
    double[] masked = new double[image.length];
    for (int i = 0; i < image.length; i++) {
      masked[i] = stays[i / channels] ? image[i] : fill[i];
    }
    return masked;
  }

  /** A direct convolution in two dimensions; reflects at the edges without repeating them. */
  double[] blur(float[] image, int size, double twiceVariance) {
    int pad = size / 2;
    double[] blurred = new double[image.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          double sum = 0;
          double weights = 0;
          for (int dy = -pad; dy <= pad; dy++) {
            for (int dx = -pad; dx <= pad; dx++) {
              double weight = Math.exp(-(dx * dx + dy * dy) / twiceVariance);
              int at = reflect(y + dy, height) * width + reflect(x + dx, width);
              sum += weight * image[at * channels + c];
              weights += weight;
            }
          }
          blurred[(y * width + x) * channels + c] = sum / weights;
        }
      }
    }
    return blurred;
  }

  private static int reflect(int index, int length) {
    int positive = index < 0 ? -index : index;
    return positive < length ? positive : 2 * length - 2 - positive;
  }

  static double score(Score score, double[] logits, int label) {
    if (score == Score.TARGET_LOGIT) {
      return logits[label];
    }
    if (score == Score.TARGET_PROBABILITY) {
      double sum = 0;
      for (double logit : logits) {
        sum += Math.exp(logit);
      }
      return Math.exp(logits[label]) / sum;
    }
    for (int c = 0; c < logits.length; c++) {
      if (logits[c] > logits[label] || (logits[c] == logits[label] && c < label)) {
        return 0;
      }
    }
    return 1;
  }

  static float[] row(FloatArray values, int row) {
    return values.rows(row, row + 1).values();
  }
}
