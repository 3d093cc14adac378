/**
 * The paper's experiments on the command line. What they do and what their results say of the paper
 * is in {@code org.xgradient.experiments}; an {@code ExperimentView} for each draws its figures and
 * tables.
 */
@NullMarked
package org.xgradient.cli.experiment;

import org.jspecify.annotations.NullMarked;
