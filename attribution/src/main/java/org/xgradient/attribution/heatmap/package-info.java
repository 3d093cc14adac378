/**
 * Attributions of images as pictures.
 *
 * <p>A {@link org.xgradient.attribution.heatmap.HeatMap} sums the attributions of each pixel over
 * its channels and draws the sums, on white or over the image; a {@link
 * org.xgradient.attribution.heatmap.ContactSheet} puts several pictures into one. Every {@link
 * org.xgradient.attribution.heatmap.Picture} becomes a PNG file.
 */
@NullMarked
package org.xgradient.attribution.heatmap;

import org.jspecify.annotations.NullMarked;
