package org.xgradient.experiments.sparsity;

import com.google.common.primitives.ImmutableDoubleArray;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.training.TrainingResult;

/**
 * One training of a study.
 *
 * @param arm the arm
 * @param lambda the weight of its prior, 0 for none
 * @param repetition the number of the repetition, from 0, which decides the split and the seed
 * @param validationAuc the ROC-AUC on the validation rows, of the best epoch
 * @param testAuc the ROC-AUC on the test rows, of the same weights
 * @param sparsity the Gini coefficient of the mean absolute attribution on test rows, in {@code [0,
 *     1)}; higher is sparser
 * @param importance the mean absolute attribution of each feature on the same rows
 * @param training weights and history
 * @param data the rows, and what made them
 */
public record StudyRun(
    Arm arm,
    double lambda,
    int repetition,
    double validationAuc,
    double testAuc,
    double sparsity,
    ImmutableDoubleArray importance,
    TrainingResult training,
    PreparedTable data) {}
