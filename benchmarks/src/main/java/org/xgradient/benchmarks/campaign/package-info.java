/**
 * Campaigns against the library: damaged files, load, memory, and processes that are killed. They
 * take minutes to hours, so they are programs and not tests; small fixed sets of the same are in
 * the test suites. What they found is in {@code docs/reliability.md}.
 */
@NullMarked
package org.xgradient.benchmarks.campaign;

import org.jspecify.annotations.NullMarked;
