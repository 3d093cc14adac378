package org.xgradient.graph.architectures;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.FloatArray;

/**
 * Folds PyTorch's batch normalizations, as they are after training, into the convolutions before
 * them. With the running mean m and variance v of a channel, its scale s and shift t,
 *
 * <pre>{@code s (w x + b - m) / √(v + ε) + t  =  (c w) x + (t + c (b - m)),  c = s / √(v + ε)}
 * </pre>
 *
 * where ε is PyTorch's usual 1e-5; state dicts don't say it.
 *
 * <p>A normalization {@code bn2} follows {@code conv2}, and in a sequence number 1 follows number
 * 0, as torchvision names them.
 */
final class FoldedNormalization {

  private static final double EPSILON = 1e-5;
  private static final Pattern NAMED = Pattern.compile("(|.*\\.)bn(\\d*)");
  private static final Pattern COUNTED = Pattern.compile("(|.*\\.)([1-9]\\d{0,8})");
  private static final List<String> PARTS =
      List.of("weight", "bias", "running_mean", "running_var", "num_batches_tracked");

  private FoldedNormalization() {}

  /**
   * Folds every normalization that follows a convolution.
   *
   * @param arrays the arrays of a state dict in PyTorch's layout
   * @return the arrays without those of normalizations; what has no convolution stays
   * @throws IllegalArgumentException if a variance is negative, which none is
   */
  static Map<String, FloatArray> fold(Map<String, FloatArray> arrays) {
    Map<String, FloatArray> folded = new LinkedHashMap<>(arrays);
    for (String name : arrays.keySet()) {
      if (name.endsWith(".running_mean")) {
        String normalization = name.substring(0, name.lastIndexOf('.'));
        convolutionBefore(normalization)
            .ifPresent(convolution -> fold(folded, normalization, convolution));
      }
    }
    return folded;
  }

  private static Optional<String> convolutionBefore(String normalization) {
    Matcher named = NAMED.matcher(normalization);
    if (named.matches()) {
      return Optional.of(named.group(1) + "conv" + named.group(2));
    }
    Matcher counted = COUNTED.matcher(normalization);
    return counted.matches()
        ? Optional.of(counted.group(1) + (Integer.parseInt(counted.group(2)) - 1))
        : Optional.empty();
  }

  private static void fold(Map<String, FloatArray> arrays, String normalization, String layer) {
    FloatArray kernel = arrays.get(layer + ".weight");
    FloatArray mean = arrays.get(normalization + ".running_mean");
    FloatArray variance = arrays.get(normalization + ".running_var");
    if (kernel == null || mean == null || variance == null || kernel.shape().isEmpty()) {
      return;
    }
    FloatArray scale = arrays.get(normalization + ".weight");
    FloatArray shift = arrays.get(normalization + ".bias");
    FloatArray bias = arrays.get(layer + ".bias");
    int filters = kernel.shape().get(0);
    if (!haveLength(filters, mean, variance, scale, shift, bias)) {
      return;
    }
    FloatArray foldedKernel = FloatArray.zeros(kernel.shape().toArray());
    FloatArray foldedBias = FloatArray.zeros(filters);
    int each = filters == 0 ? 0 : kernel.size() / filters;
    for (int i = 0; i < filters; i++) {
      float v = variance.values()[i];
      checkArgument(!(v < 0), "%s.running_var must be at least 0, found %s", normalization, v);
      double c = at(scale, i, 1) / Math.sqrt(v + EPSILON);
      for (int j = i * each; j < (i + 1) * each; j++) {
        foldedKernel.values()[j] = (float) (c * kernel.values()[j]);
      }
      foldedBias.values()[i] = (float) (at(shift, i, 0) + c * (at(bias, i, 0) - mean.values()[i]));
    }
    PARTS.forEach(part -> arrays.remove(normalization + "." + part));
    arrays.put(layer + ".weight", foldedKernel);
    arrays.put(layer + ".bias", foldedBias);
  }

  private static boolean haveLength(int length, @Nullable FloatArray... arrays) {
    for (FloatArray array : arrays) {
      if (array != null && (array.shape().length() != 1 || array.size() != length)) {
        return false;
      }
    }
    return true;
  }

  private static double at(@Nullable FloatArray array, int index, double usual) {
    return array == null ? usual : array.values()[index];
  }
}
