package org.xgradient.cli.image;

import com.google.common.collect.ImmutableList;
import org.xgradient.data.FloatArray;
import org.xgradient.training.image.RankedClass;

/**
 * Why a network decided as it did about one image.
 *
 * @param name the name of the file
 * @param photo what the network saw, of shape {@code [height, width, 3]}, RGB in [0, 1]
 * @param top the most probable classes, the explained one first
 * @param results what each method says
 */
record ImageExplanation(
    String name,
    FloatArray photo,
    ImmutableList<RankedClass> top,
    ImmutableList<MethodResult> results) {

  RankedClass explained() {
    return top.get(0);
  }
}
