/** Many threads, long runs and tight budgets: the same results, and memory that stays flat. */
@NullMarked
package org.xgradient.benchmarks.campaign.load;

import org.jspecify.annotations.NullMarked;
