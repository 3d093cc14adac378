package org.xgradient.cli.experiment;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.image.ImageExperiment;
import org.xgradient.experiments.image.ImageTask;
import org.xgradient.metrics.Bootstrap;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.chart.Chart;
import org.xgradient.report.text.Numbers;

/**
 * How the results of an experiment on images are shown.
 *
 * @param <C> the configuration
 * @param <R> what is measured of a network
 */
abstract class ImageView<C, R> implements ExperimentView<C, ImageTask, R> {

  @Override
  public abstract ImageExperiment<C, R> experiment();

  /** {@return what was done and what it means, in a sentence or two} */
  abstract String what();

  /** {@return how to read the charts} */
  abstract String caption();

  @Override
  public ImmutableMap<String, Chart> charts(ExperimentResults<C, ImageTask, R> results) {
    return ImmutableMap.of();
  }

  @Override
  public final String lead(ExperimentResults<C, ImageTask, R> results) {
    return "%s, reproduced. %s The images: %s."
        .formatted(
            experiment().description().source(),
            what(),
            experiment().subjects(results.configuration()).description());
  }

  @Override
  public void draw(HtmlPage page, ExperimentResults<C, ImageTask, R> results) {
    charts(results).values().forEach(chart -> page.figure(chart, caption()));
  }

  static double mean(double... values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** The mean with half the width of its 95 % interval over the images. */
  static String meanAndInterval(int factor, double... values) {
    if (values.length == 0) {
      return "-";
    }
    ConfidenceInterval interval = Bootstrap.withDefaults().ofMean(values);
    return Numbers.meanAndError(
        factor * mean(values), factor * (interval.upper() - interval.lower()) / 2);
  }
}
