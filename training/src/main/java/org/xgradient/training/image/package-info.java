/**
 * Trained models of images: published networks with their weights, and a directory that takes
 * photos, names their classes and explains why.
 *
 * <p>{@link org.xgradient.training.image.ImageNetwork} knows the networks and their preprocessing,
 * {@link org.xgradient.training.image.WeightFiles} reads what others trained, and {@link
 * org.xgradient.training.image.ImageModel} writes and loads the directories. Its {@link
 * org.xgradient.training.image.ImagePredictions} are the {@link
 * org.xgradient.training.image.RankedClass}es of each image.
 */
@NullMarked
package org.xgradient.training.image;

import org.jspecify.annotations.NullMarked;
