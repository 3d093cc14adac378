package org.xgradient.attribution.axioms;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import com.google.common.primitives.Floats;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.xgradient.attribution.axioms.VariantComparison.Pair;
import org.xgradient.data.FloatArray;

/**
 * Symmetry preservation: the two features of a pair, in which the function is symmetric, are given
 * one value.
 *
 * <p>The axiom presumes that they have one value in the baseline as well; of several references, it
 * takes that swapping the two features gives the same references again.
 */
final class SymmetryCheck {

  private final AxiomSubject subject;

  private SymmetryCheck(AxiomSubject subject) {
    this.subject = subject;
  }

  static VariantComparison symmetry(AxiomSubject subject) {
    return new SymmetryCheck(subject).compare();
  }

  private VariantComparison compare() {
    var comparison =
        new VariantComparison(
            Axiom.SYMMETRY,
            "it needs two features with the same baseline, at equal distances from the first and"
                + " the last; count from the zero baseline, or leave it out");
    float[] attributions = subject.attributions(Variant.SYMMETRIC, symmetricRows());
    for (int feature = 0; feature < subject.features() / 2; feature++) {
      int other = Features.mirror(feature, subject.features());
      for (int row = 0; row < subject.rows().rows(); row++) {
        if (haveTheSameStart(row, feature, other)) {
          float expected = attributions[subject.index(row, feature)];
          float found = attributions[subject.index(row, other)];
          comparison.add(
              Pair.ofFeature(row, other, expected, found),
              () ->
                  String.format(
                      Locale.ROOT,
                      "the attribution is %.6g, and that of feature %s is %.6g, though the function is"
                          + " symmetric in the two and they are equal",
                      found,
                      subject.features() - 1 - other,
                      expected));
        }
      }
    }
    return comparison;
  }

  private FloatArray symmetricRows() {
    float[] values = subject.rows().values().clone();
    for (int i = 0; i < values.length; i++) {
      int feature = i % subject.features();
      int other = Features.mirror(feature, subject.features());
      values[i] = values[i - feature + Math.min(feature, other)];
    }
    return FloatArray.of(values, subject.rows().shape().toArray());
  }

  private boolean haveTheSameStart(int row, int feature, int other) {
    int one = subject.index(row, feature);
    int two = subject.index(row, other);
    ImmutableList<FloatArray> starts = subject.starts();
    if (starts.stream().allMatch(start -> start.values()[one] == start.values()[two])) {
      return true;
    }
    return starts.size() > 1
        && startsOf(row, feature, other).equals(startsOf(row, feature, feature));
  }

  /** The starts of a row, with two features swapped, in any order. */
  private Multiset<List<Float>> startsOf(int row, int feature, int other) {
    Multiset<List<Float>> starts = HashMultiset.create();
    for (FloatArray start : subject.starts()) {
      List<Float> values = Floats.asList(start.rows(row, row + 1).values());
      Collections.swap(values, feature, other);
      starts.add(values);
    }
    return starts;
  }
}
