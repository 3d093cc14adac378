/**
 * The layout that the directories of trained models share: a manifest, a SavedModel that plain
 * TensorFlow loads too, where the model came from, and checksums by which damage is noticed.
 *
 * <p>A {@link org.xgradient.training.model.ModelExport} says what the SavedModel can be asked for,
 * a {@link org.xgradient.training.model.ModelDirectory} writes it, whole or not at all, and checks
 * what it reads. Most users need neither: {@link org.xgradient.training.table.TableModel} and
 * {@link org.xgradient.training.image.ImageModel} are made of them.
 */
@NullMarked
package org.xgradient.training.model;

import org.jspecify.annotations.NullMarked;
