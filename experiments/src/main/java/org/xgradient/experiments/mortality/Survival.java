package org.xgradient.experiments.mortality;

import org.xgradient.data.DataRandom;

/** Draws when people die, and when they are last seen. */
final class Survival {

  private static final double ALIVE_AT_HORIZON = 0.75;
  private static final int BISECTIONS = 60;

  private Survival() {}

  /**
   * Draws the signed years of follow-up: those to the death if it is seen, minus those to the last
   * sight otherwise. The hazard is constant in time, exp(b + risk) in the horizon, with b such that
   * three quarters are expected to be alive at the horizon.
   */
  static double[] years(double[] risk, DataRandom death, DataRandom censoring) {
    double shared = sharedRisk(risk);
    double[] years = new double[risk.length];
    for (int i = 0; i < risk.length; i++) {
      double died =
          -SyntheticMortality.HORIZON
              * StrictMath.log(death.nextDouble())
              / StrictMath.exp(shared + risk[i]);
      double seen = lastSeen(censoring);
      years[i] = died <= seen ? died : -seen;
    }
    return years;
  }

  /** One in twenty is lost from sight at any time, the others after 17 to 22 years. */
  private static double lastSeen(DataRandom random) {
    boolean lost = random.nextDouble() < 0.05;
    return lost ? 20 * random.nextDouble() : 17 + 5 * random.nextDouble();
  }

  private static double sharedRisk(double[] risk) {
    double low = -50;
    double high = 50;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (expectedAlive(risk, middle) > ALIVE_AT_HORIZON) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private static double expectedAlive(double[] risk, double shared) {
    double sum = 0;
    for (double own : risk) {
      sum += StrictMath.exp(-StrictMath.exp(shared + own));
    }
    return sum / risk.length;
  }
}
