/** What campaigns share: folders of their own, files as samples, the command line in a process. */
@NullMarked
package org.xgradient.benchmarks.campaign.harness;

import org.jspecify.annotations.NullMarked;
