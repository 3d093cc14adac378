/**
 * The main job on a generated table, or on generated images: train with and without attribution
 * priors, compare, explain, export, report.
 */
@NullMarked
package org.xgradient.cli.demo;

import org.jspecify.annotations.NullMarked;
