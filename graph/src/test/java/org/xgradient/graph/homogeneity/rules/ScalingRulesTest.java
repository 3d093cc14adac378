package org.xgradient.graph.homogeneity.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.GraphOperation;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.homogeneity.Falsifier;
import org.xgradient.graph.homogeneity.Homogeneity;
import org.xgradient.graph.homogeneity.Homogeneity.NotProven;
import org.xgradient.graph.homogeneity.Homogeneity.Offender;
import org.xgradient.graph.homogeneity.Homogeneity.Proven;
import org.xgradient.graph.homogeneity.ScalingCase;
import org.xgradient.graph.homogeneity.ScalingCases;
import org.xgradient.graph.savedmodel.FunctionModel;
import org.xgradient.graph.walk.GraphWalk;

/** Each rule of the proof, and the same said by numbers. */
class ScalingRulesTest {

  private static final long SEED = 5;

  static Stream<ScalingCase> cases() {
    return ScalingCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void provesOrRefuses(ScalingCase scaling) {
    try (GraphSession session = GraphSession.open()) {
      ForwardPass pass = FunctionModel.pass(session.ops(), 4, scaling.example(), scaling.graph());
      assertThat(GraphWalk.ancestors(List.of(pass.logits())).stream().map(GraphOperation::type))
          .contains(scaling.type());
      Homogeneity homogeneity = ScalingCases.ofTheWholeBatch(pass);
      if (scaling.isRefused()) {
        assertRefused(homogeneity, scaling);
      } else {
        assertThat(homogeneity).isInstanceOf(Proven.class);
        assertThat(homogeneity.orElseThrow().degree()).isEqualTo(scaling.degree());
      }
      if (!Double.isNaN(scaling.degree())) {
        var finding = Falsifier.withDefaults().check(session, pass, scaling.degree(), SEED);
        assertThat(finding.refutes()).as("%s", finding).isEqualTo(scaling.isRefused());
      }
    }
  }

  private static void assertRefused(Homogeneity homogeneity, ScalingCase scaling) {
    assertThat(homogeneity).isInstanceOf(NotProven.class);
    assertThat(((NotProven) homogeneity).offenders())
        .anySatisfy(
            (Offender offender) -> {
              assertThat(offender.type()).isEqualTo(scaling.type());
              assertThat(offender.reason()).contains(scaling.reason());
              assertThat(offender.fix()).isNotEmpty();
            });
  }

  @Test
  void everyRuleHasACase() {
    assertThat(cases().map(ScalingCase::type).collect(ImmutableSet.toImmutableSet()))
        .containsAll(ScalingRules.types());
  }
}
