/**
 * The paper's experiments as library calls, and the frame that they stand in.
 *
 * <p>An {@link org.xgradient.experiments.Experiment} says how its configuration, its pieces of work
 * and their results look; {@link org.xgradient.experiments.Configurations} reads the configuration
 * from documented JSON, {@link org.xgradient.experiments.ExperimentRun} does the pieces on {@link
 * org.xgradient.experiments.Workers} and keeps each result in a {@link
 * org.xgradient.experiments.ResultLog} from which a killed run goes on, and {@link
 * org.xgradient.experiments.Claim}s turn the results into sentences about the paper.
 *
 * <p>A {@link org.xgradient.experiments.sparsity.SparsityStudy} trains several {@link
 * org.xgradient.experiments.sparsity.Arm}s on the same repeated splits of a table, so that their
 * differences can be tested in pairs (FAA, Sec. 4.3 and Fig. 1).
 *
 * <p>FAA is <a href="https://arxiv.org/abs/2111.07668">Hesse, Schaub-Meyer and Roth (2021), Fast
 * axiomatic attribution for neural networks</a>.
 */
@NullMarked
package org.xgradient.experiments;

import org.jspecify.annotations.NullMarked;
