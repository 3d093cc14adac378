package org.xgradient.cli.image;

import org.xgradient.attribution.heatmap.HeatMap;

/**
 * What a method says about one image.
 *
 * @param method the name of the method
 * @param map the attributions
 * @param sum the sum of all attributions
 * @param output the explained logit
 * @param baselineOutput the same logit at what the image is compared with
 * @param completenessError how far the attributions are from adding up to the change of the logit,
 *     as a share of it; infinite if a constant logit is explained by something
 */
record MethodResult(
    String method,
    HeatMap map,
    double sum,
    double output,
    double baselineOutput,
    double completenessError) {}
