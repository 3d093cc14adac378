/**
 * Images as arrays: from files and folders of JPEG and PNG images to what a network sees.
 *
 * <p>{@link org.xgradient.data.image.Images} decodes a file, {@link
 * org.xgradient.data.image.ImagePreprocessing} resizes, crops and scales it as the network was
 * trained. An {@link org.xgradient.data.image.ImageFolder} is a data set of a folder for each
 * class, whose images are decoded when they are asked for, by {@link
 * org.xgradient.data.image.PrefetchingBatches} ahead of the training; an {@link
 * org.xgradient.data.image.ImageStream} goes once through a folder of any size, for predictions.
 * {@link org.xgradient.data.image.Augmentation} and {@link org.xgradient.data.image.Mixup} change
 * training images at random, from a seed. {@link org.xgradient.data.image.DecoyShapes} generates
 * images with a planted cue, and {@link org.xgradient.data.image.Mnist} reads data sets in the form
 * of MNIST.
 *
 * <p>One image is of shape {@code [height, width, channels]}, a batch of shape {@code [size,
 * height, width, channels]}.
 */
@NullMarked
package org.xgradient.data.image;

import org.jspecify.annotations.NullMarked;
