/**
 * Images as arrays: files and folders of JPEG and PNG images, their preprocessing and augmentation,
 * MNIST, and a generator of images with a planted cue.
 *
 * <p>One image is of shape {@code [height, width, channels]}, a batch of shape {@code [size,
 * height, width, channels]}.
 */
@NullMarked
package org.xgradient.data.image;

import org.jspecify.annotations.NullMarked;
