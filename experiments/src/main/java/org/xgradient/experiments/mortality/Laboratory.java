package org.xgradient.experiments.mortality;

import com.google.common.collect.ImmutableList;

/**
 * A laboratory column of {@link SyntheticMortality}: loading * factor + ageEffect * age + noise, of
 * variance 1.
 *
 * @param name the name of the column
 * @param factor the index of the factor that it shares with other columns
 * @param loading its correlation with the factor
 * @param ageEffect its correlation with the standardised age
 */
record Laboratory(String name, int factor, double loading, double ageEffect) {

  static final int FACTORS = 6;

  static final ImmutableList<Laboratory> ALL =
      ImmutableList.of(
          new Laboratory("systolic", 0, 0.75, 0.27),
          new Laboratory("pulse_pressure", 0, 0.65, 0.27),
          new Laboratory("diastolic", 0, 0.7, 0.12),
          new Laboratory("bmi", 1, 0.6, 0.06),
          new Laboratory("cholesterol", 1, 0.5, 0.18),
          new Laboratory("uric_acid", 1, 0.5, 0.06),
          new Laboratory("glucose", 1, 0.5, 0.09),
          new Laboratory("triglyceride", 1, 0.6, 0.06),
          new Laboratory("hemoglobin", 2, 0.85, 0),
          new Laboratory("hematocrit", 2, 0.85, 0),
          new Laboratory("red_cells", 2, 0.8, 0),
          new Laboratory("iron", 2, 0.5, 0),
          new Laboratory("tibc", 2, -0.5, 0),
          new Laboratory("tsat", 2, 0.6, 0),
          new Laboratory("white_cells", 3, 0.7, 0),
          new Laboratory("sed_rate", 3, 0.6, 0.18),
          new Laboratory("neutrophils", 3, 0.7, 0),
          new Laboratory("lymphocytes", 3, -0.7, 0),
          new Laboratory("monocytes", 3, 0.2, 0),
          new Laboratory("eosinophils", 3, 0.1, 0),
          new Laboratory("basophils", 3, 0.05, 0),
          new Laboratory("bands", 3, 0.3, 0),
          new Laboratory("albumin", 4, 0.7, -0.15),
          new Laboratory("protein", 4, 0.6, 0),
          new Laboratory("calcium", 4, 0.5, 0),
          new Laboratory("magnesium", 4, 0.2, 0),
          new Laboratory("alk_phos", 4, -0.3, 0.12),
          new Laboratory("sgot", 4, -0.2, 0.03),
          new Laboratory("bilirubin", 4, 0.1, 0),
          new Laboratory("creatinine", 5, 0.7, 0.09),
          new Laboratory("bun", 5, 0.7, 0.15),
          new Laboratory("potassium", 5, 0.3, 0),
          new Laboratory("sodium", 5, 0.2, 0));

  /** The standard deviation of the noise, which brings the variance to 1. */
  double noise() {
    return Math.sqrt(1 - loading * loading - ageEffect * ageEffect);
  }
}
