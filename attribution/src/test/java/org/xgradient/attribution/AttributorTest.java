package org.xgradient.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.ProgressListener.Progress;
import org.xgradient.attribution.memory.MemoryBudget;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Target;
import org.xgradient.graph.homogeneity.NotHomogeneousException;
import org.xgradient.graph.network.NetworkModel;

class AttributorTest {

  /** Sums of some tens of products of order 1 in float. */
  private static final float ROUNDING = 2e-6f;

  private static final AttributorOptions DEFAULTS = AttributorOptions.withDefaults();

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
  void chunksAndBatchesDoNotChangeTheResult() {
    FloatArray rows = TestNets.rows(10, 3);
    var method = IntegratedGradients.withDefaults().withQuadrature(Quadrature.gaussLegendre(17));
    var whole = Attributor.of(regular, method, DEFAULTS.withTarget(Target.index(1)));
    var tiny =
        Attributor.of(
            regular, method, DEFAULTS.withMemoryBudget(1_500).withTarget(Target.index(1)));
    var smallBatches =
        Attributor.of(regular, method, DEFAULTS.withMaxBatch(3).withTarget(Target.index(1)));
    Attributions expected = whole.attribute(rows);
    for (Attributor other : List.of(tiny, smallBatches)) {
      Attributions actual = other.attribute(rows);
      assertThat(actual.values().values())
          .containsExactly(expected.values().values(), within(ROUNDING));
      assertThat(actual.logits().values())
          .containsExactly(expected.logits().values(), within(ROUNDING));
      assertThat(actual.baselineOutput()).isPresent();
    }
  }

  @Test
  void inWholeBatchesTheBitsOfARowDependOnItAlone() {
    FloatArray rows = TestNets.rows(50, 3);
    for (int batch : new int[] {1, 7, 16, 33}) {
      AttributorOptions options =
          DEFAULTS.withTarget(Target.index(1)).withMaxBatch(batch).withWholeBatches();
      Attributor attributor = Attributor.of(regular, IntegratedGradients.withDefaults(), options);
      Attributions all = attributor.attribute(rows);
      assertThat(all.values().rows()).isEqualTo(50);
      for (int row = 0; row < 50; row++) {
        Attributions alone = attributor.attribute(rows.rows(row, row + 1));
        assertThat(alone).as("batch %s, row %s", batch, row).isEqualTo(all.rows(row, row + 1));
      }
    }
  }

  @Test
  void wholeBatchesAreMultiplesOfABlockWhereThatIsAffordable() {
    AttributorOptions options = DEFAULTS.withMaxBatch(20).withWholeBatches();
    assertThat(options.withMemoryBudget(3200).batchRows(100, 5)).isEqualTo(32);
    assertThat(options.withMemoryBudget(3100).batchRows(100, 5)).isEqualTo(16);
    assertThat(options.withMemoryBudget(1500).batchRows(100, 500)).isEqualTo(15);
    assertThat(DEFAULTS.withMaxBatch(20).withMemoryBudget(3200).batchRows(100, 5)).isEqualTo(5);
  }

  @Test
  void makesChunksAsEqualAsPossible() {
    var options = DEFAULTS.withMemoryBudget(1_600);
    // 16 points are affordable.
    assertThat(options.chunkPoints(10, 10, 16)).isEqualTo(16);
    assertThat(options.chunkPoints(10, 10, 17)).isEqualTo(9);
    assertThat(options.chunkPoints(10, 10, 128)).isEqualTo(16);
    assertThat(options.chunkPoints(10, 10, 130)).isEqualTo(15);
    assertThat(options.chunkPoints(10_000, 10, 130)).isEqualTo(1);
  }

  @Test
  void chunksOfSmallModelsStayInTheCache() {
    AttributorOptions options = DEFAULTS.withMemoryBudget(1L << 30);
    // 64 points of 256 rows take 32 MB, 32 of 512 as much, and more rows would leave less than 32.
    assertThat(options.chunkPoints(2048, 256, 128)).isEqualTo(64);
    assertThat(options.chunkPoints(2048, 512, 128)).isEqualTo(32);
    assertThat(options.chunkPoints(2048, 1024, 128)).isEqualTo(32);
    assertThat(options.chunkPoints(2048, 1025, 128)).isEqualTo(128);
    assertThat(options.withMemoryBudget(1 << 23).chunkPoints(2048, 256, 128)).isEqualTo(16);
  }

  @Test
  void rowsWithManyPointsComeInBatchesOfTheirOwnUnlessSomethingIsDrawn() {
    FloatArray rows = TestNets.rows(600, 3);
    for (AttributionMethod method :
        List.of(
            IntegratedGradients.withDefaults(),
            new ExpectedGradients(ReferenceDistribution.batch(), 2))) {
      List<Long> batches = new ArrayList<>();
      int points = ((PathMethod) method).points();
      AttributorOptions options =
          DEFAULTS
              .withTarget(Target.index(1))
              .withMaxBatch(1000)
              .withProgress(progress -> batches.add(progress.done() / points));
      Attributor.of(regular, method, options).attribute(rows);
      if (method instanceof IntegratedGradients) {
        assertThat(batches).containsExactly(256L, 512L, 600L);
      } else {
        assertThat(batches).containsExactly(600L);
      }
    }
  }

  @Test
  void refusesABudgetThatDoesNotHoldARow() {
    Attributor attributor =
        Attributor.of(
            regular, new Gradient(), DEFAULTS.withMemoryBudget(40).withTarget(Target.index(1)));
    assertThatThrownBy(() -> attributor.attribute(TestNets.rows(2, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "the memory budget must hold the values of the smallest batch, a row of about (\\d+)"
                + " bytes, found 40 bytes; give at least \\1");
  }

  @Test
  void theDefaultBudgetIsAShareOfTheMachine() {
    long most = MemoryBudget.OF_USE;
    assertThat(MemoryBudget.of(64L << 30, most)).isEqualTo(most);
    assertThat(MemoryBudget.of(1L << 30, most)).isEqualTo(128L << 20);
    assertThat(MemoryBudget.of(100L << 20, most)).isEqualTo(32L << 20);
    assertThat(MemoryBudget.ofThisMachine(most)).isBetween(32L << 20, most);
  }

  @Test
  void theOutputThatXGradientNeedNotComputeIsZero() {
    FloatArray rows = TestNets.rows(4, 9);
    for (AttributionMethod method : List.of(new XGradient(), IntegratedGradients.withDefaults())) {
      var attributions =
          Attributor.of(homogeneous, method, DEFAULTS.withTarget(Target.index(1))).attribute(rows);
      assertThat(attributions.baselineOutput()).contains(FloatArray.zeros(4));
    }
  }

  @Test
  void explainsEachRowsLabel() {
    FloatArray rows = TestNets.rows(3, 4);
    int[] labels = {2, 0, 1};
    var byLabel =
        Attributor.of(homogeneous, new XGradient(), DEFAULTS.withTarget(Target.label()))
            .attribute(rows, labels);
    for (int i = 0; i < labels.length; i++) {
      var byIndex =
          Attributor.of(homogeneous, new XGradient(), DEFAULTS.withTarget(Target.index(labels[i])))
              .attribute(rows.rows(i, i + 1));
      assertThat(byLabel.values().rows(i, i + 1).values())
          .containsExactly(byIndex.values().values(), within(ROUNDING));
      assertThat(byLabel.explained().values()[i])
          .isEqualTo(byLabel.logits().values()[i * TestNets.CLASSES + labels[i]]);
    }
  }

  @Test
  void reportsTheCompletenessGap() {
    FloatArray rows = TestNets.rows(20, 5);
    var xGradient = Attributor.of(homogeneous, new XGradient(), DEFAULTS).attribute(rows);
    assertThat(xGradient.completenessGap().orElseThrow().values())
        .containsOnly(new float[20], within(ROUNDING));
    var gradient = Attributor.of(homogeneous, new Gradient(), DEFAULTS).attribute(rows);
    assertThat(gradient.completenessGap()).isEmpty();
  }

  @Test
  void isSafeToCallFromSeveralThreads() throws Exception {
    var attributor =
        Attributor.of(
            regular, IntegratedGradients.withDefaults(), DEFAULTS.withMemoryBudget(100_000));
    FloatArray rows = TestNets.rows(9, 6);
    float[] expected = attributor.attribute(rows).values().values();
    var pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<Attributions>> results = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        results.add(pool.submit(() -> attributor.attribute(rows)));
      }
      for (Future<Attributions> result : results) {
        assertThat(result.get().values().values()).containsExactly(expected);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void tellsItsProgressAndStopsWhenInterrupted() {
    List<Progress> seen = new ArrayList<>();
    var options = DEFAULTS.withMaxBatch(4).withProgress(seen::add);
    var attributor = Attributor.of(homogeneous, new XGradient(), options);
    attributor.attribute(TestNets.rows(10, 7));
    assertThat(seen)
        .containsExactly(new Progress(4, 10), new Progress(8, 10), new Progress(10, 10));

    var interrupting = options.withProgress(progress -> Thread.currentThread().interrupt());
    var interrupted = Attributor.of(homogeneous, new XGradient(), interrupting);
    assertThatThrownBy(() -> interrupted.attribute(TestNets.rows(10, 7)))
        .isInstanceOf(CancellationException.class)
        .hasMessage("attribution was interrupted after 4 of 10 rows");
  }

  @Test
  void randomMethodsDependOnTheirSeedOnly() {
    FloatArray rows = TestNets.rows(5, 8);
    var method = new RandomAttribution();
    float[] first = random(method, 1, rows);
    assertThat(random(method, 1, rows)).containsExactly(first);
    assertThat(random(method, 2, rows)).isNotEqualTo(first);
    assertThat(first).satisfies(values -> assertThat(values[0]).isBetween(-0.5f, 0.5f));
  }

  private float[] random(AttributionMethod method, long seed, FloatArray rows) {
    var options = DEFAULTS.withSeed(seed);
    return Attributor.of(regular, method, options).attribute(rows).values().values();
  }

  @Test
  void saysWhatIsWrongWithTheInputs() {
    var attributor = Attributor.of(homogeneous, new XGradient(), DEFAULTS);
    assertThatThrownBy(() -> attributor.attribute(FloatArray.zeros(2, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("inputs must be of shape [rows, [6]], found [2, 5]");
    assertThatThrownBy(() -> attributor.attribute(FloatArray.zeros(0, 6)))
        .hasMessage("there are no rows to attribute");
    FloatArray rows = TestNets.rows(2, 1);
    rows.values()[8] = Float.NaN;
    assertThatThrownBy(() -> attributor.attribute(rows))
        .hasMessage("inputs must be finite, found NaN in row 1, feature 2");
    assertThatThrownBy(() -> attributor.attribute(TestNets.rows(1, 1), new int[] {0}))
        .hasMessage("the target does not ask for labels; give none, or take Target.label()");
    var byLabel = Attributor.of(homogeneous, new XGradient(), DEFAULTS.withTarget(Target.label()));
    assertThatThrownBy(() -> byLabel.attribute(TestNets.rows(2, 1), new int[] {0, 3}))
        .hasMessage("labels must be in [0, 3), found 3 in row 1");
  }

  /** A model that, like some imported ones, was made for batches of four. */
  private record FixedBatch(Model model) implements WrappedModel {
    @Override
    public OptionalInt fixedBatch() {
      return OptionalInt.of(4);
    }

    @Override
    public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
      var tf = ops();
      return model.logits(tf.reshape(inputs, tf.constant(new int[] {4, TestNets.FEATURES})), mode);
    }
  }

  @Test
  void givesAModelOfAFixedBatchTheBatchesThatItTakes() {
    Model fixed = new FixedBatch(regular);
    FloatArray rows = TestNets.rows(6, 11);
    int[] labels = {0, 1, 2, 2, 1, 0};
    var method = IntegratedGradients.withDefaults().withQuadrature(Quadrature.gaussLegendre(5));
    var expected =
        Attributor.of(regular, method, DEFAULTS.withTarget(Target.label())).attribute(rows, labels);
    var actual =
        Attributor.of(BoundModel.of(session, fixed), method, DEFAULTS.withTarget(Target.label()))
            .attribute(rows, labels);
    assertThat(actual.values().shape()).isEqualTo(rows.shape());
    assertThat(actual.values().values())
        .containsExactly(expected.values().values(), within(ROUNDING));
    assertThat(actual.completenessGap().orElseThrow().size()).isEqualTo(6);
  }

  @Test
  void xGradientRefusesAModelThatIsNotHomogeneous() {
    assertThatThrownBy(() -> Attributor.of(regular, new XGradient(), DEFAULTS))
        .isInstanceOf(NotHomogeneousException.class)
        .hasMessageContaining("BiasAdd");
  }
}
