package org.xgradient.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.graph.homogeneity.Homogeneity.Proven;

class CheckCommandTest {

  /** The exit code promises X-Gradient, which needs a degree of 1 or more. */
  @ParameterizedTest
  @CsvSource({"1, 0", "2.5, 0", "0.5, 3", "0, 3", "-1, 3"})
  void promisesXGradientFromDegreeOneOn(double degree, int code) {
    var proven = new Proven(degree, ImmutableList.of("x", "logits"));
    assertThat(CheckCommand.report(proven, "always")).isEqualTo(code);
  }
}
