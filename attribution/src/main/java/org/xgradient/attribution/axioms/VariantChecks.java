package org.xgradient.attribution.axioms;

import com.google.common.collect.ImmutableList;
import java.util.Locale;
import org.xgradient.attribution.axioms.VariantComparison.Pair;
import org.xgradient.data.FloatArray;

/** The axioms that compare attributions with attributions, of each feature. */
final class VariantChecks {

  /** Factors by which inputs are scaled; FAA, Def. 3.6, includes 0. */
  private static final ImmutableList<Float> FACTORS = ImmutableList.of(0f, 0.25f, 2f, 3f);

  private static final String NO_FEATURES = "there are no features";

  private VariantChecks() {}

  /** Compares the attributions of features that the model ignores with zero. */
  static VariantComparison sensitivityB(AxiomSubject subject) {
    var comparison = new VariantComparison(Axiom.SENSITIVITY_B, NO_FEATURES);
    ignoring(subject, Variant.WITHOUT_EVEN_FEATURES, 0, comparison);
    if (subject.features() > 1) {
      ignoring(subject, Variant.WITHOUT_ODD_FEATURES, 1, comparison);
    }
    return comparison;
  }

  private static void ignoring(
      AxiomSubject subject, Variant variant, int firstIgnored, VariantComparison comparison) {
    float[] attributions = subject.attributions(variant);
    for (int i = 0; i < attributions.length; i++) {
      int feature = i % subject.features();
      float found = attributions[i];
      if (feature % 2 == firstIgnored) {
        comparison.add(
            Pair.ofFeature(i / subject.features(), feature, 0, found),
            () ->
                String.format(
                    Locale.ROOT,
                    "the function does not depend on this feature, and the attribution is %.6g",
                    found));
      } else {
        comparison.seen(found);
      }
    }
  }

  /** Compares two implementations of one function. */
  static VariantComparison implementationInvariance(AxiomSubject subject) {
    var comparison = new VariantComparison(Axiom.IMPLEMENTATION_INVARIANCE, NO_FEATURES);
    float[] one = subject.attributions(Variant.ITSELF);
    float[] other = subject.attributions(Variant.REIMPLEMENTED);
    for (int i = 0; i < one.length; i++) {
      float expected = one[i];
      float found = other[i];
      comparison.add(
          pair(subject, i, expected, found),
          () ->
              String.format(
                  Locale.ROOT,
                  "two networks that compute the same function have the attributions %.6g and %.6g",
                  expected,
                  found));
    }
    return comparison;
  }

  /** Compares a combination of two functions with the combination of their attributions. */
  static VariantComparison linearity(AxiomSubject subject) {
    var comparison = new VariantComparison(Axiom.LINEARITY, NO_FEATURES);
    float[] ofF = subject.attributions(Variant.ITSELF);
    float[] ofG = subject.attributions(Variant.REVERSED);
    float[] ofCombination = subject.attributions(Variant.COMBINED);
    for (int i = 0; i < ofF.length; i++) {
      double expected =
          Variant.FACTOR * (double) ofF[i] + Variant.FACTOR_OF_REVERSED * (double) ofG[i];
      float found = ofCombination[i];
      comparison.add(
          pair(subject, i, expected, found),
          () ->
              String.format(
                  Locale.ROOT,
                  "the attribution of 2 F - 3 G is %.6g, and that of F and of G combine to %.6g,"
                      + " where G is F with its features reversed",
                  found,
                  expected));
    }
    return comparison;
  }

  /** Compares attributions of scaled inputs with scaled attributions. */
  static VariantComparison homogeneity(AxiomSubject subject) {
    var comparison = new VariantComparison(Axiom.HOMOGENEITY, NO_FEATURES);
    float[] unscaled = subject.attributions(Variant.ITSELF);
    for (float factor : FACTORS) {
      float[] scaled = subject.attributions(Variant.ITSELF_AGAIN, times(subject.rows(), factor));
      for (int i = 0; i < scaled.length; i++) {
        double expected = (double) factor * unscaled[i];
        float found = scaled[i];
        comparison.add(
            pair(subject, i, expected, found),
            () ->
                String.format(
                    Locale.ROOT,
                    "the attribution at %s x is %.6g, and %s times that at x is %.6g",
                    factor,
                    found,
                    factor,
                    expected));
      }
    }
    return comparison;
  }

  private static Pair pair(AxiomSubject subject, int index, double expected, double found) {
    return Pair.ofFeature(index / subject.features(), index % subject.features(), expected, found);
  }

  private static FloatArray times(FloatArray rows, float factor) {
    float[] scaled = new float[rows.size()];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = factor * rows.values()[i];
    }
    return FloatArray.of(scaled, rows.shape().toArray());
  }
}
