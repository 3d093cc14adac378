package org.xgradient.experiments.sparsity;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.training.EpochRecord;

/**
 * What one training step costs in each arm, as ratios of times taken in turn: arm by arm, round by
 * round, so that a machine whose speed drifts does not favour one.
 *
 * @param arm the arm
 * @param seconds the median time of one step
 * @param ratio the median over the rounds of the ratio to the first arm
 * @param lowestRatio the smallest such ratio
 * @param highestRatio the largest such ratio
 */
public record StepCost(
    Arm arm, double seconds, double ratio, double lowestRatio, double highestRatio) {

  private static final int STEPS_PER_ROUND = 20;

  /**
   * Measures arms.
   *
   * @param arms the arms; ratios are to the first
   * @param data the rows to train on
   * @param options how to train
   * @param rounds the number of rounds, at least 1; one more comes first and is not counted
   * @return the costs, in the order of the arms
   */
  public static ImmutableList<StepCost> measure(
      List<Arm> arms, PreparedTable data, StudyOptions options, int rounds) {
    List<double[]> times = new ArrayList<>();
    arms.forEach(arm -> times.add(new double[rounds]));
    try (var worker =
        new StudyWorker(repetition -> data, options.withEpochs(STEPS_PER_ROUND), new LongAdder())) {
      for (int round = -1; round < rounds; round++) {
        for (int i = 0; i < arms.size(); i++) {
          StudyRun run = worker.run(new SparsityStudy.Task(arms.get(i), 1, 0));
          if (round >= 0) {
            times.get(i)[round] = medianStep(run);
          }
        }
      }
    }
    ImmutableList.Builder<StepCost> costs = ImmutableList.builder();
    for (int i = 0; i < arms.size(); i++) {
      costs.add(cost(arms.get(i), times.get(i), times.get(0)));
    }
    return costs.build();
  }

  private static double medianStep(StudyRun run) {
    return median(run.training().history().stream().mapToDouble(EpochRecord::seconds).toArray());
  }

  private static StepCost cost(Arm arm, double[] times, double[] first) {
    double[] ratios = new double[times.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = times[i] / first[i];
    }
    Arrays.sort(ratios);
    return new StepCost(arm, median(times), median(ratios), ratios[0], ratios[ratios.length - 1]);
  }

  private static double median(double[] values) {
    return new Median().evaluate(values);
  }
}
