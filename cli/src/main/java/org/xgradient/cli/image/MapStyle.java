package org.xgradient.cli.image;

import org.xgradient.attribution.heatmap.HeatMap;
import org.xgradient.attribution.heatmap.Picture;
import org.xgradient.attribution.heatmap.Sign;
import org.xgradient.data.FloatArray;

/**
 * How heat maps are drawn.
 *
 * @param sign whether signs are drawn
 * @param percentile the percentile of the absolute sums that is drawn in full colour, above 0, at
 *     most 100
 * @param overlay whether the photo is under the map
 */
public record MapStyle(Sign sign, double percentile, boolean overlay) {

  Picture draw(HeatMap map, FloatArray photo) {
    HeatMap styled = map.withSign(sign).withPercentile(percentile);
    return overlay ? styled.over(photo) : styled.picture();
  }
}
