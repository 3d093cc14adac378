/**
 * The layout that the directories of trained models share: a manifest, a SavedModel that plain
 * TensorFlow loads too, where the model came from, and checksums by which damage is noticed.
 */
@NullMarked
package org.xgradient.training.model;

import org.jspecify.annotations.NullMarked;
