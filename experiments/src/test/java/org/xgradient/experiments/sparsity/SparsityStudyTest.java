package org.xgradient.experiments.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.ScikitLearnSplit;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TablePreparation;
import org.xgradient.experiments.mortality.Cohort;
import org.xgradient.experiments.mortality.SyntheticMortality;
import org.xgradient.experiments.sparsity.SparsityStudy.Task;
import org.xgradient.training.objective.Priors;

class SparsityStudyTest {

  private static final Arm PLAIN = Arm.unregularized("plain", false);
  private static final Arm SPARSE =
      Arm.regularized("sparse", false, new XGradient(), Priors.gini());
  private static final Arm RANDOM =
      Arm.regularized(
          "random", true, new ExpectedGradients(ReferenceDistribution.batch(), 2), Priors.gini());

  private static final Table TABLE =
      SyntheticMortality.withDefaults()
          .withRows(600)
          .generate()
          .cohort()
          .labelledAt(SyntheticMortality.HORIZON);

  private static final StudyOptions OPTIONS =
      StudyOptions.withDefaults().withHidden(16, 8).withEpochs(12);

  @Test
  void resultsDoNotDependOnTheWorkersNorOnTheOrder() {
    List<Task> tasks = new ArrayList<>();
    for (int repetition = 0; repetition < 3; repetition++) {
      for (Arm arm : List.of(PLAIN, SPARSE, RANDOM)) {
        tasks.add(new Task(arm, 0.5, repetition));
      }
    }
    List<StudyRun> serial = run(tasks, 1);
    List<Task> backwards = new ArrayList<>(tasks);
    Collections.reverse(backwards);
    List<StudyRun> parallel = run(backwards, 2);
    for (int i = 0; i < serial.size(); i++) {
      StudyRun one = serial.get(i);
      StudyRun other = parallel.get(i);
      assertThat(other.training().weights()).isEqualTo(one.training().weights());
      assertThat(other.testAuc()).isEqualTo(one.testAuc());
      assertThat(other.importance()).isEqualTo(one.importance());
    }
  }

  @Test
  void thePriorMakesAttributionsSparser() {
    List<StudyRun> runs =
        run(List.of(new Task(PLAIN, 0, 0), new Task(SPARSE, 1, 0), new Task(SPARSE, 0, 0)), 1);
    StudyRun none = runs.get(0);
    StudyRun zero = runs.get(1);
    StudyRun one = runs.get(2);
    assertThat(one.sparsity()).isGreaterThan(none.sparsity() + 0.02);
    // With weight 0 the prior is computed and does nothing.
    assertThat(zero.testAuc()).isEqualTo(none.testAuc());
  }

  @Test
  void measuresCostsAgainstTheFirstArm() {
    List<StepCost> costs = StepCost.measure(List.of(PLAIN, SPARSE), prepare(0), OPTIONS, 2);
    assertThat(costs.get(0).ratio()).isEqualTo(1);
    assertThat(costs.get(1).arm()).isEqualTo(SPARSE);
    assertThat(costs.get(1).lowestRatio()).isLessThanOrEqualTo(costs.get(1).highestRatio());
    assertThat(costs.get(1).seconds()).isPositive();
  }

  @Test
  void canBeInterrupted() {
    var study = new SparsityStudy(SparsityStudyTest::prepare, OPTIONS.withWorkers(1));
    List<Task> tasks = List.of(new Task(PLAIN, 0, 0), new Task(PLAIN, 0, 1));
    assertThatThrownBy(() -> study.run(tasks, run -> Thread.currentThread().interrupt()))
        .isInstanceOf(CancellationException.class)
        .hasMessage("interrupted after 1 of 2 tasks");
  }

  private static List<StudyRun> run(List<Task> tasks, int workers) {
    List<StudyRun> runs = new ArrayList<>();
    new SparsityStudy(SparsityStudyTest::prepare, OPTIONS.withWorkers(workers))
        .run(tasks, runs::add);
    runs.sort(
        Comparator.comparing((StudyRun run) -> run.arm().name())
            .thenComparing(StudyRun::lambda)
            .thenComparing(StudyRun::repetition));
    return runs;
  }

  private static PreparedTable prepare(int repetition) {
    var split = ScikitLearnSplit.trainValidationTest(TABLE.rows(), 60, 60, repetition);
    return TablePreparation.withDefaults().prepare(TABLE, Cohort.LABEL, split);
  }
}
