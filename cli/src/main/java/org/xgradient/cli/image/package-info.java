/**
 * Predicts and explains images on the command line.
 *
 * <p>An {@link org.xgradient.cli.image.ImageJob} runs methods of one or several models over an
 * {@link org.xgradient.cli.image.ImageInput}, image by image, and writes a page with heat maps, the
 * pictures and the numbers.
 */
@NullMarked
package org.xgradient.cli.image;

import org.jspecify.annotations.NullMarked;
