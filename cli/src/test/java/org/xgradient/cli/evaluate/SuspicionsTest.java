package org.xgradient.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.junit.jupiter.api.Test;
import org.xgradient.data.Provenance;

class SuspicionsTest {

  @Test
  void namesTheMethodAndTheScore() {
    assertThat(of(0.91, 0.2).keySet())
        .containsExactly("ig may explain the input more than the model", "ig does not add up");
    assertThat(of(0.91, 0.2).values().asList().get(0)).contains("0.91");
    assertThat(of(0.91, 0.2).values().asList().get(1)).contains("0.20");
  }

  @Test
  void passesOverWhatIsInOrder() {
    assertThat(of(0.5, 1e-6)).isEmpty();
    assertThat(of(Double.NaN, Double.NaN)).as("not defined").isEmpty();
  }

  @Test
  void randomNumbersExplainNothingAnyway() {
    assertThat(of("random", 1, 2)).isEmpty();
  }

  private static ImmutableMap<String, String> of(double randomization, double gap) {
    return of("ig", randomization, gap);
  }

  private static ImmutableMap<String, String> of(String method, double randomization, double gap) {
    return Suspicions.of(
        new Evaluation(
            new Wording("rows", "columns", ""),
            ImmutableSet.of(method),
            ImmutableSet.of(EvaluationMetric.RANDOMIZATION, EvaluationMetric.COMPLETENESS),
            10,
            ImmutableList.of(
                MethodScore.of(method, EvaluationMetric.RANDOMIZATION, randomization),
                MethodScore.of(method, EvaluationMetric.COMPLETENESS, gap)),
            ImmutableList.of(),
            new ExamplePart("", "", ImmutableList.of()),
            ImmutableMap.of(),
            ImmutableMap.of(),
            new Provenance(ImmutableMap.of())));
  }
}
