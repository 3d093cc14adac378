/**
 * The pages that commands write beside their output for tables: what is explained and in which
 * words, the rows that a page shows, and its sections. What they show is computed by the libraries.
 */
@NullMarked
package org.xgradient.cli.page;

import org.jspecify.annotations.NullMarked;
