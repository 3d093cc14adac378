package org.xgradient.attribution.axioms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.op.Ops;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.InputXGradient;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.RandomAttribution;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.Saliency;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.homogeneity.NotHomogeneousException;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;

class AxiomsTest {

  private static final int FEATURES = 5;
  private static final Network REGULAR = Networks.mlp(FEATURES, 3, 16, 8);

  private GraphSession session;
  private NetworkModel regular;
  private NetworkModel homogeneous;

  @BeforeEach
  void open() {
    session = GraphSession.open();
    regular = REGULAR.build(session, 1);
    homogeneous = REGULAR.withoutBiases().build(session, 2);
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void xGradientOnANetworkWithoutBiasesSatisfiesAll() {
    AxiomReport report = Axioms.of(homogeneous, new XGradient()).on(rows(8)).check();
    assertThat(report.findings()).extracting(AxiomFinding::axiom).containsExactly(Axiom.values());
    assertThatCode(report::assertHolds).doesNotThrowAnyException();
    assertThat(report.toString())
        .startsWith(
            "XGradient[] satisfies 7 of 7 axioms:\n  sensitivity (a) holds: largest violation");
    // 5 features, of 8 rows each; 4 factors for homogeneity; 2 pairs of features for symmetry.
    assertThat(report.of(Axiom.SENSITIVITY_A).comparisons()).isEqualTo(40);
    assertThat(report.of(Axiom.SENSITIVITY_B).comparisons()).isEqualTo(40);
    assertThat(report.of(Axiom.IMPLEMENTATION_INVARIANCE).comparisons()).isEqualTo(40);
    assertThat(report.of(Axiom.COMPLETENESS).comparisons()).isEqualTo(8);
    assertThat(report.of(Axiom.LINEARITY).comparisons()).isEqualTo(40);
    assertThat(report.of(Axiom.SYMMETRY).comparisons()).isEqualTo(16);
    assertThat(report.of(Axiom.HOMOGENEITY).comparisons()).isEqualTo(160);
  }

  @Test
  void integratedGradientsSatisfyAllButHomogeneityOnANetworkWithBiases() {
    assertThat(broken(Axioms.of(regular, IntegratedGradients.withDefaults())))
        .containsExactly(Axiom.HOMOGENEITY);
    // From another baseline, too.
    var ofOnes = IntegratedGradients.withDefaults().withBaseline(Baseline.constant(1));
    assertThat(broken(Axioms.of(regular, ofOnes))).containsExactly(Axiom.HOMOGENEITY);
  }

  @Test
  void catchesTooFewStepsByCompletenessOnly() {
    var twoSteps = IntegratedGradients.withDefaults().withQuadrature(Quadrature.gaussLegendre(2));
    assertThat(
            broken(
                Axioms.of(regular, twoSteps)
                    .withTolerances(Tolerances.of(twoSteps).withIntegration(0.01))))
        .containsExactlyInAnyOrder(Axiom.COMPLETENESS, Axiom.HOMOGENEITY);
  }

  @Test
  void catchesInputXGradientOnANetworkWithBiases() {
    var axioms = Axioms.of(regular, new InputXGradient());
    assertThat(broken(axioms)).containsExactlyInAnyOrder(Axiom.COMPLETENESS, Axiom.HOMOGENEITY);
    AxiomFinding finding = axioms.on(rows(8)).check(Axiom.COMPLETENESS).of(Axiom.COMPLETENESS);
    assertThatThrownBy(() -> axioms.on(rows(8)).assertHolds(Axiom.COMPLETENESS, Axiom.LINEARITY))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "InputXGradient[] satisfies 1 of 2 axioms:\n  completeness does not hold, in row "
                + finding.row()
                + ": the attributions add up to ")
        .hasMessageContaining("the output changes by ")
        .hasMessageEndingWith("the tolerance 0.000100 (for rounding)");
    assertThatCode(() -> axioms.on(rows(8)).assertHolds(Axiom.LINEARITY, Axiom.SYMMETRY))
        .doesNotThrowAnyException();
  }

  @Test
  void xGradientRefusesANetworkWithBiases() {
    var check = Axioms.of(regular, new XGradient()).on(rows(2));
    assertThatThrownBy(() -> check.check(Axiom.COMPLETENESS))
        .isInstanceOf(NotHomogeneousException.class);
  }

  /** Row 3 is made the largest, so that the largest violation is there: half of what is found. */
  @Test
  void catchesAFactorOfTwoByCompletenessAndSaysWhere() {
    AttributionMethod doubled = doubled();
    FloatArray rows = rows(6);
    for (int i = 0; i < FEATURES; i++) {
      rows.values()[3 * FEATURES + i] *= 100;
    }
    var check = Axioms.of(homogeneous, doubled).on(rows, 1, 1, 1, 1, 1, 1);
    AxiomReport report = check.check();
    assertThat(brokenOf(report)).containsExactly(Axiom.COMPLETENESS);
    AxiomFinding finding = report.of(Axiom.COMPLETENESS);
    assertThat(finding.where()).isEqualTo("row 3");
    assertThat(finding.found() / finding.expected()).isBetween(1.9999, 2.0001);
    assertThat(finding.violation()).isBetween(0.4999, 0.5001);
    assertThat(finding.difference()).isEqualTo(Math.abs(finding.found() - finding.expected()));
  }

  @Test
  void catchesAnAttributionOfOneFeature() {
    // Feature 2 has more than its gradient gives.
    AttributionMethod biased =
        (pass, target) -> {
          Ops tf = pass.ops();
          var extra = tf.constant(new float[][] {{0, 0, 0.5f, 0, 0}});
          return tf.math.add(new XGradient().attribute(pass, target), extra);
        };
    AxiomReport report = Axioms.of(homogeneous, biased).on(rows(4)).check();
    assertThat(brokenOf(report))
        .containsExactlyInAnyOrder(
            Axiom.SENSITIVITY_B, Axiom.COMPLETENESS, Axiom.LINEARITY, Axiom.HOMOGENEITY);
    AxiomFinding dummy = report.of(Axiom.SENSITIVITY_B);
    assertThat(dummy.feature()).hasValue(2);
    assertThat(dummy.found()).isEqualTo(0.5);
    assertThat(dummy.toString())
        .contains(
            ", feature 2: the function does not depend on this feature, and the attribution is"
                + " 0.500000");
    // The middle one of five has no partner; the same for feature 1 breaks symmetry with 3.
    AttributionMethod lopsided =
        (pass, target) -> {
          Ops tf = pass.ops();
          var factors = tf.constant(new float[][] {{1, 2, 1, 1, 1}});
          return tf.math.mul(new XGradient().attribute(pass, target), factors);
        };
    AxiomFinding symmetry =
        Axioms.of(homogeneous, lopsided).on(rows(4)).check(Axiom.SYMMETRY).of(Axiom.SYMMETRY);
    assertThat(symmetry.holds()).isFalse();
    assertThat(symmetry.feature()).hasValue(3);
    assertThat(symmetry.statement()).contains("that of feature 1 is");
  }

  @Test
  void catchesEachKindOfViolation() {
    // Blind to feature 0.
    AttributionMethod blind =
        (pass, target) -> {
          Ops tf = pass.ops();
          var factors = tf.constant(new float[][] {{0, 1, 1, 1, 1}});
          return tf.math.mul(new XGradient().attribute(pass, target), factors);
        };
    AxiomFinding sensitivity =
        Axioms.of(homogeneous, blind)
            .on(rows(4))
            .check(Axiom.SENSITIVITY_A)
            .of(Axiom.SENSITIVITY_A);
    assertThat(sensitivity.holds()).isFalse();
    assertThat(sensitivity.feature()).hasValue(0);
    assertThat(sensitivity.found()).isZero();

    // The absolute value is not linear.
    assertThat(broken(Axioms.of(homogeneous, new Saliency())))
        .contains(Axiom.LINEARITY, Axiom.COMPLETENESS, Axiom.HOMOGENEITY)
        .doesNotContain(Axiom.SENSITIVITY_B, Axiom.SYMMETRY, Axiom.IMPLEMENTATION_INVARIANCE);

    // Looks at how the function is computed.
    AttributionMethod nosy =
        (pass, target) -> {
          Ops tf = pass.ops();
          boolean plain = pass.logits().op().type().equals("MatMul");
          return tf.math.mul(new XGradient().attribute(pass, target), tf.constant(plain ? 1f : 2f));
        };
    assertThat(broken(Axioms.of(homogeneous, nosy)))
        .contains(Axiom.IMPLEMENTATION_INVARIANCE)
        .doesNotContain(Axiom.COMPLETENESS, Axiom.SENSITIVITY_B, Axiom.SYMMETRY);

    assertThat(broken(Axioms.of(homogeneous, new RandomAttribution())))
        .containsExactlyInAnyOrderElementsOf(
            Sets.difference(EnumSet.allOf(Axiom.class), Set.of(Axiom.SENSITIVITY_A)));

    AttributionMethod undefined =
        (pass, target) -> {
          Ops tf = pass.ops();
          return tf.math.mul(new XGradient().attribute(pass, target), tf.constant(Float.NaN));
        };
    AxiomReport report = Axioms.of(homogeneous, undefined).on(rows(2)).check();
    assertThat(brokenOf(report)).containsExactly(Axiom.values());
    assertThat(report.of(Axiom.LINEARITY).violation()).isInfinite();
  }

  @Test
  void checksInputsOfAnyShapeAndAfterParametersChanged() {
    try (GraphSession own = GraphSession.open()) {
      var image = new ImageModel(own.ops(), Networks.mlp(6, 1, 9).withoutBiases().build(own, 3));
      var axioms = Axioms.of(BoundModel.of(own, image), new XGradient());
      FloatArray rows = FloatArray.of(rows(6).values(), 5, 2, 3, 1);
      assertThat(brokenOf(axioms.on(rows).check())).isEmpty();
      double before = axioms.on(rows).check(Axiom.COMPLETENESS).of(Axiom.COMPLETENESS).expected();
      image.network().initialize(4);
      AxiomFinding after = axioms.on(rows).check(Axiom.COMPLETENESS).of(Axiom.COMPLETENESS);
      assertThat(after.holds()).isTrue();
      assertThat(after.expected()).isNotEqualTo(before);
    }
  }

  @Test
  void looksAtEvenlySpacedFeaturesWhereThereAreMany() {
    var axioms = Axioms.of(homogeneous, new XGradient()).withFeatureLimit(2);
    AxiomReport report = axioms.on(rows(3)).check(Axiom.SENSITIVITY_A);
    assertThat(report.of(Axiom.SENSITIVITY_A).comparisons()).isEqualTo(6);
    assertThat(report.holds()).isTrue();
  }

  @Test
  void countsExpectedGradientsFromTheirReferences() {
    FloatArray references = rows(3);
    var method = new ExpectedGradients(ReferenceDistribution.uniform(references), 4_000);
    // Five standard errors of 1/sqrt(4000), each about as large as the attributions.
    var tolerances = Tolerances.of(method).withIntegration(0.08);
    Axioms.of(regular, method, AttributorOptions.withDefaults().withSeed(5))
        .withTolerances(tolerances)
        .fromReferences(references)
        .on(rows(4))
        .assertHolds(Axiom.COMPLETENESS, Axiom.SENSITIVITY_B);
    // From the zero baseline they do not add up.
    assertThat(
            Axioms.of(regular, method)
                .withTolerances(tolerances)
                .on(rows(4))
                .check(Axiom.COMPLETENESS)
                .holds())
        .isFalse();
  }

  @Test
  void saysWhatIsWrong() {
    var axioms = Axioms.of(homogeneous, new XGradient());
    assertThatThrownBy(() -> axioms.on(FloatArray.zeros(2, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("inputs must be of shape [rows, [5]], found [2, 4]");
    assertThatThrownBy(() -> axioms.on(FloatArray.zeros(0, 5)))
        .hasMessage("there are no rows to check axioms on");
    assertThatThrownBy(() -> axioms.on(rows(2), 1))
        .hasMessage("there must be one label for each of 2 rows, found 1");
    assertThatThrownBy(() -> axioms.on(rows(2), 1, 3))
        .hasMessage("labels must be in [0, 3), found 3");
    assertThatThrownBy(() -> axioms.fromReferences(FloatArray.zeros(1, 4)))
        .hasMessage("references must be of shape [references, [5]] like the inputs, found [1, 4]");
    assertThatThrownBy(() -> axioms.fromReferences(rows(2)).on(rows(2)).check(Axiom.SENSITIVITY_A))
        .hasMessage(
            "sensitivity (a) compares an input with one baseline, found 2 references; give one, or"
                + " leave it out");
    assertThatThrownBy(() -> axioms.from(Baseline.mean(rows(3))).on(rows(2)).check(Axiom.SYMMETRY))
        .hasMessageStartingWith(
            "symmetry preservation can't be checked here: it needs two features with the same"
                + " baseline");
    assertThatThrownBy(() -> axioms.on(FloatArray.zeros(2, 5)).check(Axiom.SENSITIVITY_A))
        .hasMessage(
            "sensitivity (a) can't be checked here: no feature looked at differs from the"
                + " baseline");
    assertThatThrownBy(() -> axioms.withFeatureLimit(0))
        .hasMessage("the limit of features must be at least 1, found 0");
    assertThatThrownBy(() -> Tolerances.of(new XGradient()).withRounding(Double.NaN))
        .hasMessage("the tolerance for rounding must be at least 0 and finite, found NaN");
    AxiomReport report = axioms.on(rows(2)).check(Axiom.LINEARITY);
    assertThatThrownBy(() -> report.of(Axiom.SYMMETRY))
        .hasMessage("symmetry preservation was not checked; ask for it");
  }

  private static AttributionMethod doubled() {
    return (pass, target) -> {
      Ops tf = pass.ops();
      return tf.math.mul(new XGradient().attribute(pass, target), tf.constant(2f));
    };
  }

  private static ImmutableSet<Axiom> broken(Axioms axioms) {
    return brokenOf(axioms.on(rows(8)).check());
  }

  private static ImmutableSet<Axiom> brokenOf(AxiomReport report) {
    return Arrays.stream(Axiom.values())
        .filter(axiom -> !report.of(axiom).holds())
        .collect(Sets.toImmutableEnumSet());
  }

  /** Standard normal rows. */
  private static FloatArray rows(int rows) {
    var random = new DataRandom(10 + rows);
    float[] values = new float[rows * FEATURES];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return FloatArray.of(values, rows, FEATURES);
  }
}
