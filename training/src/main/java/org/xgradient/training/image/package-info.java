/**
 * Trained models of images: published networks with their weights, and a directory that takes
 * photos, names their classes and explains why.
 *
 * <p>{@link org.xgradient.training.image.ImageNetwork} knows the networks, {@link
 * org.xgradient.training.image.WeightFiles} reads what others trained, and {@link
 * org.xgradient.training.image.ImageModel} writes and loads the directories.
 */
@NullMarked
package org.xgradient.training.image;

import org.jspecify.annotations.NullMarked;
