package org.xgradient.cli.demo;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import org.xgradient.data.Provenance;
import org.xgradient.experiments.sparsity.Arm;
import org.xgradient.experiments.sparsity.MethodAgreement;
import org.xgradient.experiments.sparsity.StepCost;
import org.xgradient.experiments.sparsity.StudyRun;
import org.xgradient.metrics.masking.MaskingResults;
import org.xgradient.report.chart.ContributionChart;

/**
 * What the demo found.
 *
 * @param runs the trainings of each arm, in the order of the repetitions
 * @param costs what a training step costs, in the order of the arms
 * @param homogeneous X-Gradient against Integrated Gradients on an X-DNN
 * @param regular input times gradient against Integrated Gradients on a network with biases
 * @param agreementRows the number of rows in all comparisons of methods
 * @param exported the training whose model was exported
 * @param features the names of the features
 * @param explanations explanations of single test rows by the exported model
 * @param masking how the output of the exported model holds when only what explanations name stays
 * @param provenance where the results came from
 */
record DemoResult(
    ImmutableListMultimap<Arm, StudyRun> runs,
    ImmutableList<StepCost> costs,
    MethodAgreement homogeneous,
    MethodAgreement regular,
    int agreementRows,
    StudyRun exported,
    ImmutableList<String> features,
    ImmutableList<ContributionChart> explanations,
    MaskingResults masking,
    Provenance provenance) {

  ImmutableList<Arm> arms() {
    return runs.keySet().asList();
  }
}
