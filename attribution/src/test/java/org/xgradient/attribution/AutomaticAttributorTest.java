package org.xgradient.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.Iterators;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Target;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.NetworkModel;

class AutomaticAttributorTest {

  private static final FloatArray ROWS = TestNets.rows(30, 3);

  private static final Baseline BASELINE = Baseline.constant(0.3f);

  private GraphSession session;
  private NetworkModel regular;
  private NetworkModel homogeneous;

  @BeforeEach
  void open() {
    session = GraphSession.open();
    regular = TestNets.regular().build(session, 1);
    homogeneous = TestNets.homogeneous().build(session, 2);
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void takesXGradientForAHomogeneousModelAndTheZeroBaseline() {
    var choice = auto(homogeneous, Baseline.zero(), AutomaticOptions.withDefaults());
    assertThat(choice.method()).isEqualTo(new XGradient());
    assertThat(choice.gradientsPerRow()).isEqualTo(1);
    assertThat(choice.withinTolerance()).isTrue();
    assertThat(choice.relativeGap()).isLessThan(1e-5);
    assertThat(choice.reason()).contains("proven homogeneous");
  }

  @Test
  void theReasonCountsOneOperationAsOne() {
    NetworkModel linear = Networks.mlp(TestNets.FEATURES, TestNets.CLASSES).build(session, 3);
    assertThat(auto(linear, Baseline.zero(), AutomaticOptions.withDefaults()).reason())
        .contains("(1 operation stands in the way)");
    assertThat(auto(regular, Baseline.zero(), AutomaticOptions.withDefaults()).reason())
        .contains("(3 operations stand in the way)");
  }

  @Test
  void integratesFromAnotherBaselineEvenIfTheModelIsHomogeneous() {
    var choice = auto(homogeneous, Baseline.constant(0.3f), AutomaticOptions.withDefaults());
    assertThat(choice.method()).isInstanceOf(IntegratedGradients.class);
    assertThat(choice.reason()).startsWith("the baseline is not zero");
    assertThat(choice.withinTolerance()).isTrue();
  }

  @Test
  void raisesTheStepsUntilTheGapIsWithinTheTolerance() {
    var lax = auto(regular, Baseline.zero(), AutomaticOptions.withDefaults().withTolerance(0.05));
    var strict =
        auto(regular, Baseline.zero(), AutomaticOptions.withDefaults().withTolerance(0.003));
    assertThat(lax.withinTolerance()).isTrue();
    assertThat(lax.relativeGap()).isLessThanOrEqualTo(0.05);
    assertThat(strict.relativeGap()).isLessThanOrEqualTo(0.003);
    assertThat(strict.gradientsPerRow()).isGreaterThan(lax.gradientsPerRow());
    // The gradient of a ReLU network jumps, and more fixed steps are of little help.
    assertThat(strict.method()).isInstanceOf(AdaptiveIntegratedGradients.class);
    assertThat(strict.gradientsPerRow()).isLessThanOrEqualTo(512);
    assertThat(strict.reason()).contains("not proven homogeneous");
  }

  /** Which number of steps is luckiest depends on where the kinks are. */
  @Test
  void keepsTheBestOfWhatItTried() {
    boolean fewerWereBetter = false;
    for (int seed = 0; seed < 12; seed++) {
      FloatArray row = TestNets.rows(1, seed);
      var options = AutomaticOptions.withDefaults().withTolerance(1e-9).withMaxSteps(20);
      var choice = Attributor.auto(regular, options.withBaseline(BASELINE)).attribute(row);
      double of16 = gap(row, 16);
      double of20 = gap(row, 20);
      assertThat(choice.relativeGap()).isEqualTo(Math.min(of16, of20));
      assertThat(choice.gradientsPerRow()).isEqualTo(36);
      fewerWereBetter |= of16 < of20;
    }
    assertThat(fewerWereBetter).isTrue();
  }

  /** A few gradients that are left would place no points better than more fixed steps. */
  @Test
  void goesOnDoublingWhereLittleIsLeft() {
    for (int seed = 0; seed < 12; seed++) {
      FloatArray row = TestNets.rows(1, seed);
      var options = AutomaticOptions.withDefaults().withTolerance(1e-9).withMaxSteps(64);
      var choice = Attributor.auto(regular, options.withBaseline(BASELINE)).attribute(row);
      assertThat(choice.method()).isInstanceOf(IntegratedGradients.class);
      assertThat(choice.relativeGap())
          .isEqualTo(DoubleStream.of(gap(row, 16), gap(row, 32), gap(row, 64)).min().orElseThrow());
      assertThat(choice.gradientsPerRow()).isEqualTo(16 + 32 + 64);
    }
  }

  private double gap(FloatArray row, int steps) {
    return FedQuadrature.of(regular, BASELINE, AttributorOptions.withDefaults().target())
        .attributor(Quadrature.gaussLegendre(steps), AttributorOptions.withDefaults())
        .attribute(row)
        .completeness()
        .orElseThrow()
        .relativeGap();
  }

  @Test
  void saysSoWhenTheBudgetIsSpent() {
    var options = AutomaticOptions.withDefaults().withTolerance(1e-9).withMaxSteps(20);
    var choice = auto(regular, Baseline.zero(), options);
    assertThat(choice.withinTolerance()).isFalse();
    assertThat(((IntegratedGradients) choice.method()).points()).isEqualTo(20);
    assertThat(choice.gradientsPerRow()).isEqualTo(36);
    assertThat(choice.relativeGap()).isGreaterThan(1e-9);
    assertThat(choice.reason()).contains("still above");
  }

  /** A service asks anew with each call; the graph must not grow by it. */
  @Test
  void addsItsOperationsOnce() {
    for (BoundModel model : List.of(regular, homogeneous)) {
      AutomaticOptions strict = AutomaticOptions.withDefaults().withMaxSteps(200);
      auto(model, Baseline.zero(), strict);
      Attributor.of(model, new InputXGradient()).attribute(ROWS);
      int before = operations();
      for (int call = 0; call < 40; call++) {
        auto(model, Baseline.zero(), strict.withTolerance(1e-2 / (1 + call)).withMaxSteps(200));
        Attributor.of(model, new InputXGradient()).attribute(ROWS);
      }
      assertThat(operations()).isEqualTo(before);
    }
  }

  /** Who computes a baseline anew from the same rows has the same baseline. */
  @Test
  void aBaselineOfTheSameValuesIsTheSame() {
    AttributionMethod references = new ExpectedGradients(ReferenceDistribution.uniform(ROWS), 4);
    auto(regular, Baseline.mean(ROWS), AutomaticOptions.withDefaults());
    Attributor.of(regular, references).attribute(ROWS);
    int before = operations();
    for (int call = 0; call < 3; call++) {
      FloatArray same = ROWS.rows(0, ROWS.rows());
      auto(regular, Baseline.mean(same), AutomaticOptions.withDefaults());
      references = new ExpectedGradients(ReferenceDistribution.uniform(same), 4);
      Attributor.of(regular, references).attribute(ROWS);
    }
    assertThat(operations()).isEqualTo(before);
  }

  private int operations() {
    return Iterators.size(((Graph) session.ops().scope().env()).operations());
  }

  /** Nodes and weights are fed; the method named in the choice has them as constants. */
  @Test
  void goesOnByTheMethodThatItNames() {
    for (BoundModel model : List.of(regular, homogeneous)) {
      var choice = auto(model, Baseline.zero(), AutomaticOptions.withDefaults());
      float[] found = choice.attributions().values().values();
      assertThat(choice.attributor().attribute(ROWS).values().values()).isEqualTo(found);
      // The same sums in the same order; what TensorFlow folds may round once more.
      assertThat(Attributor.of(model, choice.method()).attribute(ROWS).values().values())
          .containsExactly(found, within(1e-6f));
    }
  }

  /** With fixed steps, with placed points, and by proof. */
  @Test
  void explainsLabels() {
    int[] labels = IntStream.range(0, ROWS.rows()).map(i -> i % TestNets.CLASSES).toArray();
    var runs = AttributorOptions.withDefaults().withTarget(Target.label());
    for (BoundModel model : List.of(regular, homogeneous)) {
      for (double tolerance : new double[] {0.05, 0.003}) {
        var options = AutomaticOptions.withDefaults().withRuns(runs).withTolerance(tolerance);
        var choice = Attributor.auto(model, options).attribute(ROWS, labels);
        assertThat(choice.withinTolerance()).isTrue();
        assertThat(choice.attributions().explained())
            .isEqualTo(
                Attributor.of(model, new Gradient(), runs).attribute(ROWS, labels).explained());
        assertThat(choice.attributor().attribute(ROWS, labels)).isEqualTo(choice.attributions());
      }
    }
  }

  @Test
  void goesOnBehindTheRowsThatItWasChosenBy() {
    var choice =
        Attributor.auto(regular, AutomaticOptions.withDefaults()).attribute(ROWS.rows(0, 8));
    var asked = new ArrayList<Integer>();
    IntFunction<Attributions> others =
        from -> {
          asked.add(from);
          return choice.attributor().attribute(ROWS.rows(from, ROWS.rows()));
        };
    Attributions all = choice.attributions().continued(ROWS.rows(), others);
    assertThat(all.rows(0, 8)).isEqualTo(choice.attributions());
    assertThat(all.values().values())
        .containsExactly(choice.attributor().attribute(ROWS).values().values(), within(1e-6f));
    assertThat(all.continued(ROWS.rows(), others)).isSameAs(all);
    assertThat(asked).containsExactly(8);
  }

  @Test
  void refusesOptionsThatMakeNoSense() {
    assertThatThrownBy(() -> AutomaticOptions.withDefaults().withTolerance(0))
        .hasMessage("the tolerance must be positive, found 0.0");
    assertThatThrownBy(() -> AutomaticOptions.withDefaults().withMaxSteps(0))
        .hasMessage("the number of steps must be at least 1, found 0");
  }

  private AutomaticChoice auto(BoundModel model, Baseline baseline, AutomaticOptions options) {
    return Attributor.auto(model, options.withBaseline(baseline)).attribute(ROWS);
  }
}
