/** The command line as a workload: whole commands, from their start to their end. */
@NullMarked
package org.xgradient.benchmarks.command;

import org.jspecify.annotations.NullMarked;
