package org.xgradient.cli.image;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import org.xgradient.report.PngImage;
import org.xgradient.training.image.RankedClass;

/**
 * What is known of one network after all images.
 *
 * @param network the name of the network
 * @param methods the names of the methods that apply
 * @param refused why the other methods don't apply, by their names
 * @param errors the completeness errors of each method, one for each image
 * @param rows the images on the page, the same ones for all networks
 */
record NetworkResult(
    String network,
    ImmutableList<String> methods,
    ImmutableMap<String, String> refused,
    ImmutableListMultimap<String, Double> errors,
    ImmutableList<Row> rows) {

  /**
   * An image on the page.
   *
   * @param photo what the network saw
   * @param top the most probable classes, the explained one first
   * @param maps a heat map for each method, with its completeness error under it
   */
  record Row(PngImage photo, ImmutableList<RankedClass> top, ImmutableList<PngImage> maps) {}

  /** {@return the completeness errors of a method, one for each image, smallest first} */
  double[] sortedErrors(String method) {
    return errors.get(method).stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }
}
