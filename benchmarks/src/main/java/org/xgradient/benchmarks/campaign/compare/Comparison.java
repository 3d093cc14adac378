package org.xgradient.benchmarks.campaign.compare;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.Map;
import java.util.Optional;

/**
 * How far the library is from the plain engine on one task.
 *
 * @param seed the seed of the task
 * @param form what the library was given
 * @param distances for each quantity the largest difference of two numbers, as a share of the
 *     largest number; empty where no rows were found on which rounding decides nothing, or
 *     TensorFlow does not compute the network in that type
 */
record Comparison(long seed, GivenForm form, Optional<ImmutableMap<Quantity, Double>> distances) {

  /** Floats lose the sign of what is smaller than this share of the terms it is the sum of. */
  private static final double CHOICE = 3e-6;

  /** Attributions are themselves off by the rounding of whole networks. */
  private static final double CHOICE_OF_PRIOR = 1e-4;

  private static final int ATTEMPTS = 40;

  /** Draws a task and compares. */
  static Comparison of(long seed, GivenForm form) {
    if (!DrawnTask.draw(seed, 0).isComputedIn(form)) {
      return new Comparison(seed, form, Optional.empty());
    }
    boolean written = form != GivenForm.NETWORK;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      DrawnTask task = DrawnTask.draw(seed, attempt).rounded(form);
      PlainRun.Values plain = PlainRun.of(task);
      if (plain.closestChoice() > CHOICE * form.coarseness()
          && (written || plain.closestOfPrior() > CHOICE_OF_PRIOR)) {
        return new Comparison(
            seed,
            form,
            Optional.of(
                written
                    ? distances(
                        Maps.filterKeys(plain.values(), quantity -> !quantity.isByWeights()),
                        LibraryRun.ofWritten(task, form))
                    : distances(plain.values(), LibraryRun.of(task, plain.weightOfPrior()))));
      }
    }
    return new Comparison(seed, form, Optional.empty());
  }

  /** The distance of each quantity. */
  static ImmutableMap<Quantity, Double> distances(
      Map<Quantity, double[]> plain, Map<Quantity, double[]> library) {
    ImmutableMap.Builder<Quantity, Double> distances = ImmutableMap.builder();
    plain.forEach(
        (quantity, expected) ->
            distances.put(
                quantity, distance(expected, library.getOrDefault(quantity, new double[0]))));
    return distances.buildOrThrow();
  }

  private static double distance(double[] expected, double[] found) {
    if (expected.length != found.length) {
      return Double.POSITIVE_INFINITY;
    }
    double farthest = 0;
    for (int i = 0; i < expected.length; i++) {
      farthest = Math.max(farthest, Math.abs(expected[i] - found[i]));
    }
    double share = farthest / Math.max(PlainRun.largest(expected), PlainRun.largest(found));
    return farthest == 0 ? 0 : Double.isFinite(share) ? share : Double.POSITIVE_INFINITY;
  }

  /** {@return whether something differs by more than rounding can explain} */
  boolean differs() {
    return largest() > form.tolerance();
  }

  double largest() {
    return distances
        .map(found -> found.values().stream().mapToDouble(Double::doubleValue).max().orElse(0))
        .orElse(0.0);
  }
}
