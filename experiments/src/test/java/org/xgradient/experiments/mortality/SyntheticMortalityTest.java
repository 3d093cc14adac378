package org.xgradient.experiments.mortality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.junit.jupiter.api.Test;
import org.xgradient.data.Split;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TablePreparation;

class SyntheticMortalityTest {

  private static final SyntheticMortality.Generated GENERATED =
      SyntheticMortality.withDefaults().generate();
  private static final Cohort COHORT = GENERATED.cohort();
  private static final Table FEATURES = COHORT.features();
  private static final int ROWS = 13_442;

  /** The numbers of the specification, which were measured with other random numbers. */
  @Test
  void hasTheExpectedLabels() {
    FollowUp.Labels labels = COHORT.followUp().labelsAt(SyntheticMortality.HORIZON);
    // Lost within the horizon: about 2.5 %, binomial; five standard deviations.
    assertThat(labels.rows().length()).isBetween(13_124 - 90, 13_124 + 90);
    double alive = labels.aliveCount() / (double) labels.rows().length();
    assertThat(alive).isCloseTo(0.746, within(5 * Math.sqrt(0.19 / 13_124)));
    assertThat(rocAuc(labels)).isCloseTo(0.938, within(0.01));
  }

  @Test
  void hasTheColumnsOfTheSpecification() {
    assertThat(FEATURES.columns()).hasSize(118);
    assertThat(FEATURES.rows()).isEqualTo(ROWS);
    SyntheticMortality.TRUE_FEATURES.forEach(
        name -> assertThat(FEATURES.numeric(name)).isNotNull());
    double[] age = values("age");
    assertThat(StatUtils.min(age)).isEqualTo(25);
    assertThat(StatUtils.max(age)).isEqualTo(74);
    // Five standard errors, here and below.
    assertThat(StatUtils.mean(age)).isCloseTo(49.5, within(5 * 14.43 / Math.sqrt(ROWS)));
    assertThat(StatUtils.mean(values("is_male"))).isCloseTo(0.4, within(5 * 0.49 / 116));
    assertThat(StatUtils.mean(values("flag_03"))).isCloseTo(0.04, within(5 * 0.196 / 116));
    assertThat(StatUtils.mean(values("flag_82"))).isBetween(0.002 - 0.002, 0.08 + 0.012);
  }

  @Test
  void laboratoryValuesShareFactorsAndAge() {
    assertThat(StatUtils.variance(values("hematocrit"))).isCloseTo(1, within(5 * 1.414 / 116));
    PearsonsCorrelation correlation = new PearsonsCorrelation();
    assertThat(correlation.correlation(values("hemoglobin"), values("hematocrit")))
        .isCloseTo(0.85 * 0.85, within(0.03));
    assertThat(correlation.correlation(values("tibc"), values("iron")))
        .isCloseTo(-0.25, within(0.04));
    assertThat(correlation.correlation(values("age"), values("albumin")))
        .isCloseTo(-0.15, within(0.04));
    assertThat(correlation.correlation(values("bun"), values("protein")))
        .isCloseTo(0, within(0.04));
  }

  @Test
  void someMeasurementsAreMissing() {
    assertThat(missing("white_cells")).isCloseTo(0.10, within(5 * 0.3 / 116));
    assertThat(missing("sed_rate")).isCloseTo(0.08, within(5 * 0.27 / 116));
    assertThat(missing("systolic")).isCloseTo(0.01, within(5 * 0.1 / 116));
    assertThat(missing("bmi")).isZero();
  }

  @Test
  void theSeedDecides() {
    SyntheticMortality small = SyntheticMortality.withDefaults().withRows(50);
    assertThat(small.withSeed(3).generate().risk()).isEqualTo(small.withSeed(3).generate().risk());
    assertThat(small.withSeed(3).generate().risk())
        .isNotEqualTo(small.withSeed(4).generate().risk());
    assertThatThrownBy(() -> SyntheticMortality.withDefaults().withRows(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the number of rows must be at least 1, found 0");
  }

  @Test
  void becomesADatasetLikeAnyTable() {
    Split split =
        new Split(
            ImmutableIntArray.copyOf(IntStream.range(0, 100).toArray()),
            ImmutableIntArray.copyOf(IntStream.range(100, 200).toArray()),
            ImmutableIntArray.copyOf(IntStream.range(200, 13_000).toArray()));
    PreparedTable prepared =
        TablePreparation.withDefaults()
            .prepare(COHORT.labelledAt(SyntheticMortality.HORIZON), Cohort.LABEL, split);
    assertThat(prepared.dataset().inputShape()).isEqualTo(ImmutableIntArray.of(118));
    assertThat(prepared.labels().classes()).containsExactly("0", "1");
    for (float value : prepared.dataset().inputs().values()) {
      assertThat(Float.isFinite(value)).isTrue();
    }
  }

  /** The share of pairs that the risk puts in the right order (Mann and Whitney). */
  private static double rocAuc(FollowUp.Labels labels) {
    ImmutableDoubleArray risk = GENERATED.risk();
    double[] scores = labels.rows().stream().mapToDouble(row -> -risk.get(row)).toArray();
    double[] ranks = new NaturalRanking().rank(scores);
    double sum =
        IntStream.range(0, ranks.length).mapToDouble(i -> labels.alive().get(i) * ranks[i]).sum();
    double alive = labels.aliveCount();
    return (sum - alive * (alive + 1) / 2) / (alive * labels.deadCount());
  }

  private static double[] values(String column) {
    return IntStream.range(0, ROWS).mapToDouble(FEATURES.numeric(column)::value).toArray();
  }

  private static double missing(String column) {
    return Arrays.stream(values(column)).filter(Double::isNaN).count() / (double) ROWS;
  }
}
