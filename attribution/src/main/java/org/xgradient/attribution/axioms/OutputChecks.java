package org.xgradient.attribution.axioms;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Locale;
import java.util.OptionalInt;
import org.xgradient.attribution.axioms.VariantComparison.Pair;
import org.xgradient.data.FloatArray;

/** The axioms that relate attributions to changes of the output. */
final class OutputChecks {

  /** An attribution is zero if it explains no more of the change than rounding would. */
  private static final double ZERO = 1e-6;

  private OutputChecks() {}

  /** Compares the sums of attributions with the changes of the output. */
  static VariantComparison completeness(AxiomSubject subject) {
    var comparison = new VariantComparison(Axiom.COMPLETENESS, "there are no rows");
    float[] attributions = subject.attributions(Variant.ITSELF);
    double[] outputs = subject.workbench().explained(subject.rows(), subject.labels());
    double[] starts = new double[outputs.length];
    for (FloatArray start : subject.starts()) {
      double[] explained = subject.workbench().explained(start, subject.labels());
      for (int row = 0; row < starts.length; row++) {
        starts[row] += explained[row] / subject.starts().size();
        // What is integrated along the path from each reference, even if it cancels on average.
        comparison.seen(outputs[row] - explained[row]);
      }
    }
    for (int row = 0; row < outputs.length; row++) {
      double sum = 0;
      for (int feature = 0; feature < subject.features(); feature++) {
        sum += attributions[subject.index(row, feature)];
      }
      double found = sum;
      double change = outputs[row] - starts[row];
      comparison.add(
          Pair.ofRow(row, change, found),
          () ->
              String.format(
                  Locale.ROOT,
                  "the attributions add up to %.6g, the output changes by %.6g",
                  found,
                  change));
    }
    return comparison;
  }

  /** Moves one feature at a time from the baseline to its value. */
  static VariantComparison sensitivityA(AxiomSubject subject) {
    int references = subject.starts().size();
    checkArgument(
        references == 1,
        "%s compares an input with one baseline, found %s references; give one, or leave it out",
        Axiom.SENSITIVITY_A.title(),
        references);
    FloatArray baseline = subject.starts().get(0);
    double[] outputsAtBaseline = subject.workbench().explained(baseline, subject.labels());
    var comparison =
        new VariantComparison(
            Axiom.SENSITIVITY_A, "no feature looked at differs from the baseline");
    int looks = Math.min(subject.features(), subject.featureLimit());
    for (int look = 0; look < looks; look++) {
      int feature = (int) ((long) look * subject.features() / looks);
      moveOne(subject, feature, baseline, outputsAtBaseline, comparison);
    }
    return comparison;
  }

  private static void moveOne(
      AxiomSubject subject,
      int feature,
      FloatArray baseline,
      double[] outputsAtBaseline,
      VariantComparison comparison) {
    float[] moved = baseline.values().clone();
    for (int row = 0; row < outputsAtBaseline.length; row++) {
      int index = subject.index(row, feature);
      moved[index] = subject.rows().values()[index];
    }
    FloatArray inputs = FloatArray.of(moved, baseline.shape().toArray());
    double[] outputs = subject.workbench().explained(inputs, subject.labels());
    float[] attributions = subject.attributions(Variant.ITSELF, inputs);
    for (int row = 0; row < outputs.length; row++) {
      int index = subject.index(row, feature);
      if (moved[index] == baseline.values()[index]) {
        continue;
      }
      double change = outputs[row] - outputsAtBaseline[row];
      double found = attributions[index];
      boolean explains = Math.abs(found) > ZERO * Math.abs(change);
      double difference = Double.isNaN(found) ? found : explains ? 0 : Math.abs(change);
      comparison.seen(change);
      comparison.add(
          new Pair(row, OptionalInt.of(feature), explains ? found : change, found, difference),
          () ->
              String.format(
                  Locale.ROOT,
                  "only this feature differs from the baseline, the output changes by %.6g, and the"
                      + " attribution is %.6g",
                  change,
                  found));
    }
  }
}
