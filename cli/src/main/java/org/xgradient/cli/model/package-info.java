/**
 * Commands about a model: proof, bias removal, import, export, and what computes here; how errors
 * become one line.
 */
@NullMarked
package org.xgradient.cli.model;

import org.jspecify.annotations.NullMarked;
