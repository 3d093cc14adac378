package org.xgradient.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.xgradient.experiments.Finding.Verdict;
import org.xgradient.metrics.ConfidenceInterval;

/** With contrary numbers the sentences must turn. */
class ClaimTest {

  private static final double[] BASE = {0.70, 0.72, 0.69, 0.71};
  private static final double[] ABOVE = {0.75, 0.76, 0.74, 0.76};

  @Test
  void agreesWhereTheIntervalIsOnTheClaimedSide() {
    assertThat(Claim.higher("ROC-AUC", "XG", "none").test(ABOVE, BASE))
        .isEqualTo(
            new Finding(
                "ROC-AUC: XG is higher than none by 0.048 (95 % interval 0.040 to 0.055); this"
                    + " agrees with the paper: higher.",
                Verdict.AGREES));
    assertThat(Claim.lower("ROC-AUC", "none", "XG").test(BASE, ABOVE).verdict())
        .isEqualTo(Verdict.AGREES);
  }

  @Test
  void differsWhereTheIntervalIsOnTheOtherSide() {
    assertThat(Claim.higher("ROC-AUC", "XG", "none").test(BASE, ABOVE))
        .isEqualTo(
            new Finding(
                "ROC-AUC: XG is lower than none by 0.048 (95 % interval 0.040 to 0.055); this"
                    + " differs from the paper, which has it higher.",
                Verdict.DIFFERS));
    assertThat(Claim.lower("ROC-AUC", "none", "XG").test(ABOVE, BASE).verdict())
        .isEqualTo(Verdict.DIFFERS);
  }

  @Test
  void isUndecidedWhereTheIntervalIsOnBothSides() {
    assertThat(
            Claim.higher("ROC-AUC", "XG", "none")
                .test(0.01, new ConfidenceInterval(-0.02, 0.04, 0.95)))
        .isEqualTo(
            new Finding(
                "ROC-AUC: XG less none is 0.010 (95 % interval -0.020 to 0.040), which cannot be"
                    + " told from 0; whether it is higher, as in the paper, is not decided.",
                Verdict.UNDECIDED));
  }

  @Test
  void similarMeansWithinTheMargin() {
    Claim similar = Claim.similar("KPM", "XG", "IG", 0.1);
    assertThat(similar.test(0.02, new ConfidenceInterval(0.01, 0.03, 0.95)).verdict())
        .isEqualTo(Verdict.AGREES);
    assertThat(similar.test(0.2, new ConfidenceInterval(0.15, 0.25, 0.95)).sentence())
        .isEqualTo(
            "KPM: XG is higher than IG by 0.20 (95 % interval 0.15 to 0.25); this differs from the"
                + " paper, which has it about the same (within 0.10).");
    assertThat(similar.test(0.05, new ConfidenceInterval(-0.05, 0.15, 0.95)).verdict())
        .isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void checksTheMargin() {
    assertThatThrownBy(() -> Claim.similar("KPM", "XG", "IG", 0))
        .hasMessage(
            "the margin must be positive for SIMILAR and 0 for others, found 0.0 for SIMILAR");
  }
}
