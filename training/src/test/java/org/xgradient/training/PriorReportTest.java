package org.xgradient.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;
import org.xgradient.training.LambdaRule.Given;
import org.xgradient.training.LambdaRule.WeakestIndependent;
import org.xgradient.training.swap.SwapEffect;

class PriorReportTest {

  private static final SwapEffect KEPT = swap(100, 0.01, 0.8);

  private static SwapEffect swap(int rows, double changed, double after) {
    return new SwapEffect(Task.BINARY, rows, changed, 0.1, 0.8, after, 0.02);
  }

  private static ImmutableList<String> broken(LambdaRule rule, SwapEffect judged, SwapEffect test) {
    LambdaPoint point =
        new LambdaPoint(
            1000,
            ImmutableDoubleArray.of(1),
            ImmutableDoubleArray.of(1),
            0.8,
            Optional.of(judged),
            new TrainingResult(ImmutableMap.of(), 0, OptionalDouble.empty(), ImmutableList.of()));
    PriorFigures figures =
        new PriorFigures(
            0.8,
            1,
            ImmutableDoubleArray.of(1),
            2,
            Optional.empty(),
            Optional.of(test),
            FloatArray.zeros(1, 1));
    var path = new LambdaPath(rule, ImmutableList.of(point), 0, Optional.empty());
    return new PriorReport(
            Optional.of(path),
            figures,
            Optional.of(figures),
            Optional.of(figures),
            Optional.empty(),
            "test")
        .broken();
  }

  @Test
  void aSwapThatTakesTheMetricBreaksThePromiseWithoutAnyDecision() {
    assertThat(broken(new Given(1), KEPT, KEPT)).isEmpty();
    assertThat(broken(new Given(1), KEPT, swap(100, 0, 0.6)))
        .singleElement()
        .asString()
        .startsWith("a swap of the masked columns takes the ROC-AUC from 0.800 to 0.600")
        .endsWith("on the test rows; take a larger lambda, or leave the columns out");
    assertThat(broken(new Given(1), KEPT, swap(100, 0, 0.785))).as("within its error").isEmpty();
  }

  @Test
  void aDemandThatNoWeightMeetsIsBrokenWhateverTheTestRowsSay() {
    var rule = WeakestIndependent.withDefaults();
    assertThat(broken(rule, swap(100, 0.05, 0.8), KEPT))
        .singleElement()
        .asString()
        .startsWith("no weight meets the demand on the validation rows: with the largest, 1000,")
        .contains("changes 5.00 % of the decisions, more than 2 %");
    assertThat(broken(rule, KEPT, KEPT)).isEmpty();
  }

  @Test
  void whereNothingCanBeSwappedNothingIsKept() {
    assertThat(broken(new Given(1), KEPT, swap(0, 0, 0.8)))
        .singleElement()
        .asString()
        .startsWith("nothing could be swapped, for all test rows agree in the masked columns");
  }
}
