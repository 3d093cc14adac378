package org.xgradient.benchmarks.campaign.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xgradient.graph.network.Concatenation;
import org.xgradient.graph.network.Layer;
import org.xgradient.graph.network.Residual;
import org.xgradient.graph.network.Sequential;

/** The library against the plain engine, and the plain engine against differences. */
class ComparisonTest {

  private static final int NETWORKS = 200;
  private static final int OF_OTHER_TYPES = 10;

  @Test
  void theLibraryAgreesOnRandomNetworks() {
    List<Comparison> all =
        LongStream.range(0, NETWORKS)
            .parallel()
            .mapToObj(seed -> Comparison.of(seed, GivenForm.NETWORK))
            .toList();
    for (Comparison comparison : all) {
      long seed = comparison.seed();
      assertThat(comparison.differs())
          .as("seed %s: %s on %s", seed, comparison.distances(), DrawnTask.draw(seed, 0).network())
          .isFalse();
    }
    // A network with hundreds of ReLUs, or maxima of hundreds of values, has some choice that is
    // too close more often than not.
    assertThat(all.stream().filter(comparison -> comparison.distances().isEmpty()).count())
        .isLessThan(NETWORKS / 8);
  }

  /** The same networks as others write them, in every type of floats. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NETWORK")
  void theLibraryAgreesOnModelsOfOtherTypes(GivenForm form) {
    int decided = 0;
    for (long seed = 0; seed < OF_OTHER_TYPES; seed++) {
      Comparison comparison = Comparison.of(seed, form);
      assertThat(comparison.differs())
          .as("seed %s: %s on %s", seed, comparison.distances(), DrawnTask.draw(seed, 0).network())
          .isFalse();
      decided += comparison.distances().isPresent() ? 1 : 0;
    }
    // The coarser a type, the more often rounding decides a choice on all rows that are drawn.
    assertThat(decided).isGreaterThan(OF_OTHER_TYPES / 2);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NETWORK")
  void aWrongWeightIsSeenInEveryType(GivenForm form) {
    DrawnTask task = DrawnTask.draw(0, 0).rounded(form);
    var right = LibraryRun.ofWritten(task, form);
    List<double[]> wrong = new ArrayList<>();
    task.weights().forEach(values -> wrong.add(values.clone()));
    double[] last = wrong.get(wrong.size() - (task.network().hasBiases() ? 2 : 1));
    for (int i = 0; i < last.length; i++) {
      last[i] *= i % 2 == 0 ? 1.5 : 0.5;
    }
    var other = LibraryRun.ofWritten(withWeights(task, wrong), form);
    Comparison comparison =
        new Comparison(0, form, Optional.of(Comparison.distances(right, other)));
    assertThat(comparison.differs()).isTrue();
  }

  @Test
  void everyLayerIsDrawn() {
    Set<Class<?>> drawn = new HashSet<>();
    for (long seed = 0; seed < NETWORKS; seed++) {
      collect(DrawnTask.draw(seed, 0).network().layers(), drawn);
    }
    for (Class<?> layer : Layer.class.getPermittedSubclasses()) {
      assertThat(drawn).anyMatch(layer::isAssignableFrom);
    }
  }

  private static void collect(Layer layer, Set<Class<?>> drawn) {
    drawn.add(layer.getClass());
    if (layer instanceof Sequential sequential) {
      sequential.layers().forEach(named -> collect(named.layer(), drawn));
    } else if (layer instanceof Residual residual) {
      collect(residual.main(), drawn);
      collect(residual.shortcut(), drawn);
    } else if (layer instanceof Concatenation concatenation) {
      concatenation.branches().forEach(branch -> collect(branch, drawn));
    }
  }

  /** A weight that is off by a hundredth must show in every quantity that it has part in. */
  @Test
  void aWrongWeightIsSeen() {
    Map<Quantity, Integer> seen = new EnumMap<>(Quantity.class);
    for (long seed = 0; seed < 12; seed++) {
      DrawnTask task = DrawnTask.draw(seed, 0);
      PlainRun.Values plain = PlainRun.of(task);
      List<double[]> wrong = new ArrayList<>();
      task.weights().forEach(values -> wrong.add(values.clone()));
      double[] last = wrong.get(wrong.size() - (task.network().hasBiases() ? 2 : 1));
      for (int i = 0; i < last.length; i++) {
        last[i] *= i % 2 == 0 ? 1.01 : 0.99;
      }
      var library = LibraryRun.of(withWeights(task, wrong), plain.weightOfPrior());
      Comparison.distances(plain.values(), library)
          .forEach(
              (quantity, distance) ->
                  seen.merge(
                      quantity, distance > GivenForm.NETWORK.tolerance() ? 1 : 0, Integer::sum));
    }
    // Not every network is homogeneous, and some explain another output than those that changed.
    assertThat(seen).containsOnlyKeys(Quantity.values());
    assertThat(seen.values()).allMatch(times -> times >= 3);
  }

  private static DrawnTask withWeights(DrawnTask task, List<double[]> weights) {
    return new DrawnTask(
        task.network(),
        ImmutableList.copyOf(weights),
        task.rows(),
        task.output(),
        task.baseline(),
        task.quadrature(),
        task.references(),
        task.alphas(),
        task.prior(),
        task.priorOn(),
        task.mostRows(),
        task.memoryBudget());
  }

  /** Central differences know nothing of the chain rule. */
  @Test
  void thePlainEngineHasTheGradientsOfItsValues() {
    int compared = 0;
    for (long seed = 0; seed < 40; seed++) {
      DrawnTask task = DrawnTask.draw(seed, 0);
      double[] x = first(task.rows().values(), task.rows().rowSize());
      double[] direction = first(task.references().values(), x.length);
      double[] factors = new double[task.network().outputs()];
      factors[task.output()] = 1;
      var point = new PlainNetwork(task.network(), task.weights()).at(x, direction, factors);
      if (point.closestChoice() > 1e-3) {
        compared++;
        checkGradient(task, x, factors, point.gradient());
        checkAlong(task, x, direction, factors, point.byWeightsAlong());
      }
    }
    assertThat(compared).isGreaterThan(10);
  }

  private static double[] first(float[] values, int count) {
    double[] first = new double[count];
    for (int i = 0; i < count; i++) {
      first[i] = values[i];
    }
    return first;
  }

  /**
   * Steps of 1e-5 leave an error of 1e-10 of the third derivative, and 1e-16 / 1e-5 of rounding.
   */
  private static void checkGradient(
      DrawnTask task, double[] x, double[] factors, double[] gradient) {
    PlainNetwork network = new PlainNetwork(task.network(), task.weights());
    for (int i = 0; i < x.length; i++) {
      double step = 1e-5;
      double[] up = x.clone();
      double[] down = x.clone();
      up[i] += step;
      down[i] -= step;
      double difference =
          network.at(up, up, factors).logits()[task.output()]
              - network.at(down, down, factors).logits()[task.output()];
      assertThat(gradient[i]).isCloseTo(difference / (2 * step), within(1e-7));
    }
  }

  private static void checkAlong(
      DrawnTask task, double[] x, double[] direction, double[] factors, double[] along) {
    PlainNetwork network = new PlainNetwork(task.network(), task.weights());
    double step = 1e-5;
    double[] up = new double[x.length];
    double[] down = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      up[i] = x[i] + step * direction[i];
      down[i] = x[i] - step * direction[i];
    }
    double[] above = network.at(up, up, factors).byWeights();
    double[] below = network.at(down, down, factors).byWeights();
    for (int i = 0; i < along.length; i++) {
      assertThat(along[i]).isCloseTo((above[i] - below[i]) / (2 * step), within(1e-6));
    }
  }

  @Test
  void aCampaignGoesOnWhereItWasStopped(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("compare.log");
    CompareLog log = CompareLog.open(file, GivenForm.NETWORK);
    log.add(Comparison.of(3, GivenForm.NETWORK));
    log.addFailure(4, new IllegalStateException("no such\nlayer"));
    Files.writeString(file, Files.readString(file) + "5\tLOGITS=1.2e");
    CompareLog again = CompareLog.open(file, GivenForm.NETWORK);
    assertThat(again.has(3)).isTrue();
    assertThat(again.has(4)).isTrue();
    assertThat(again.has(5)).isFalse();
    assertThat(again.hasFaults()).isTrue();
    assertThat(again.summary())
        .startsWith("2 networks: 0 differ by more than")
        .contains("1 failed, 0 undecided")
        .contains("seed 4: failed: java.lang.IllegalStateException: no such layer");
    assertThat(Files.readString(file)).endsWith("layer\n");
    assertThatThrownBy(() -> CompareLog.open(file, GivenForm.DOUBLE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "has networks of another form, its first line is not \"form: double\"");
  }
}
