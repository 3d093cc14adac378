package org.xgradient.metrics;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import com.google.common.math.IntMath;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;

/**
 * A sanity check: the attributions of a model must not look like those of the same model with
 * random parameters.
 *
 * <p>The layers lose what they have learned one after the other, or a few at a time, and the
 * attributions of each such model are compared with the original ones by {@link RankAgreement}. An
 * agreement that stays near 1 says that the method explains the data rather than the model; it
 * should fall towards 0. The parameters are restored afterwards, whatever happens.
 *
 * <p>A layer loses what it has learned by a random permutation of the values of each of its
 * parameters. That keeps their scale and applies to any model; the paper draws them anew, as at the
 * start of training. A parameter with a single value, or all of whose values are the same, stays.
 *
 * @param layer the layer that was randomized last: the part of its parameters' names before the
 *     last dot
 * @param agreement the mean rank agreement of the signed attributions over the rows, in {@code [-1,
 *     1]}
 * @param absoluteAgreement the same of the absolute attributions
 * @see <a href="https://arxiv.org/abs/1810.03292">Adebayo et al. (2018), Sanity checks for saliency
 *     maps, Sec. 3</a>
 */
public record ParameterRandomization(String layer, double agreement, double absoluteAgreement) {

  /** Which layers are random at a time. */
  public enum Mode {
    /** From the last layer to the first, each in addition to those before it. */
    CASCADING,
    /** One layer at a time, from the last to the first. */
    INDEPENDENT
  }

  /**
   * Runs the check.
   *
   * <p>The parameters of the model change while it runs: nothing else may use the session.
   *
   * @param model the model, with at least one parameter
   * @param mode which layers are random at a time
   * @param mostSteps attributions are compared at most so often; a step takes several layers where
   *     there are more, at least 1
   * @param seed what the permutations are drawn from
   * @param attributions runs the method on some inputs with the parameters as they are, and gives
   *     the attributions, of shape {@code [rows, ...]}
   * @return the steps, from the last layer to the first
   * @throws IllegalArgumentException if the model has no parameters, there is to be no step, or an
   *     attribution is not finite
   */
  public static ImmutableList<ParameterRandomization> run(
      BoundModel model, Mode mode, int mostSteps, long seed, Supplier<FloatArray> attributions) {
    checkArgument(mostSteps >= 1, "there must be at least 1 step, found %s", mostSteps);
    checkArgument(
        !model.model().parameters().isEmpty(),
        "there is nothing to randomize: the model has no parameters");
    GraphSession session = model.session();
    List<List<Learned>> layers = layers(model);
    FloatArray original = attributions.get();
    ImmutableList.Builder<ParameterRandomization> steps = ImmutableList.builder();
    try {
      int index = 0;
      int ofStep = layersOfStep(layers.size(), mostSteps);
      for (List<List<Learned>> step : Lists.partition(Lists.reverse(layers), ofStep)) {
        for (Learned learned : Iterables.concat(step)) {
          learned.permute(session, Seeds.derive(seed, "parameter randomization", index++));
        }
        String last = layer(step.get(step.size() - 1).get(0).parameter());
        steps.add(step(last, original, attributions.get()));
        if (mode == Mode.INDEPENDENT) {
          Iterables.concat(step).forEach(learned -> learned.restore(session));
        }
      }
    } finally {
      layers.forEach(layer -> layer.forEach(learned -> learned.restore(session)));
    }
    return steps.build();
  }

  /**
   * How many steps {@link #run} takes.
   *
   * @param model the model
   * @param mostSteps the most that it may take, at least 1
   * @return the number of steps
   */
  public static int steps(Model model, int mostSteps) {
    long layers = model.parameters().stream().map(ParameterRandomization::layer).distinct().count();
    int ofStep = layersOfStep((int) layers, mostSteps);
    return IntMath.divide((int) layers, ofStep, RoundingMode.CEILING);
  }

  private static int layersOfStep(int layers, int mostSteps) {
    return IntMath.divide(layers, mostSteps, RoundingMode.CEILING);
  }

  private static String layer(Parameter parameter) {
    int dot = parameter.name().lastIndexOf('.');
    return dot < 0 ? parameter.name() : parameter.name().substring(0, dot);
  }

  /** The parameters of each layer, in the order of the layers. */
  private static List<List<Learned>> layers(BoundModel model) {
    Map<String, List<Learned>> layers = new LinkedHashMap<>();
    for (Parameter parameter : model.model().parameters()) {
      var learned = new Learned(parameter, parameter.read(model.session()));
      layers.computeIfAbsent(layer(parameter), name -> new ArrayList<>()).add(learned);
    }
    return List.copyOf(layers.values());
  }

  /** A parameter and the values that it had. */
  private record Learned(Parameter parameter, FloatArray values) {

    void permute(GraphSession session, long seed) {
      int[] order = new DataRandom(seed).permutation(values.size());
      float[] permuted = new float[values.size()];
      for (int i = 0; i < permuted.length; i++) {
        permuted[i] = values.values()[order[i]];
      }
      parameter.assign(session, FloatArray.of(permuted, values.shape().toArray()));
    }

    void restore(GraphSession session) {
      parameter.assign(session, values);
    }
  }

  private static ParameterRandomization step(
      String layer, FloatArray original, FloatArray randomized) {
    return new ParameterRandomization(
        layer,
        mean(RankAgreement.ofRows(original, randomized)),
        mean(RankAgreement.ofAbsoluteRows(original, randomized)));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
