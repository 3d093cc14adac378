package org.xgradient.cli.train.report;

import java.util.OptionalDouble;
import org.xgradient.data.Dataset;
import org.xgradient.data.Provenance;
import org.xgradient.graph.BoundModel;
import org.xgradient.metrics.ModelMetric;
import org.xgradient.report.text.Numbers;

/**
 * How well a model does on some examples.
 *
 * @param value the score; empty if there are no examples
 */
public record PartScore(OptionalDouble value) {

  /** Measures it. */
  public static PartScore of(BoundModel model, Dataset examples, ModelMetric metric) {
    return new PartScore(
        examples.size() == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(metric.of(model, examples)));
  }

  /** Adds it, if there is one, to what is known of a model. */
  public Provenance in(Provenance provenance, String name) {
    return value.isPresent() ? provenance.with(name, value.getAsDouble()) : provenance;
  }

  /** {@return the score, or nothing if there is none} */
  @Override
  public String toString() {
    return value.isPresent() ? Numbers.significant(value.getAsDouble(), 4) : "";
  }
}
