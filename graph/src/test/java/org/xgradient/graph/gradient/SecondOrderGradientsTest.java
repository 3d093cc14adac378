package org.xgradient.graph.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.RawCustomGradient;
import org.xgradient.graph.homogeneity.OperationCases;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.Layer;
import org.xgradient.graph.network.LayerCases;
import org.xgradient.graph.testing.GradientCheck;

/** Gradients of functions of attributions, which attribution priors need. */
class SecondOrderGradientsTest {

  private static final List<GradientCase> CASES =
      Stream.concat(OperationCases.gradientCases(), LayerCases.gradientCases()).toList();

  /** Have no kernel in double precision: {@code OlderGradientsTest}. */
  private static final ImmutableSet<String> IN_SINGLE_PRECISION =
      ImmutableSet.of("FusedBatchNorm", "FusedBatchNormV2");

  /** Depend on nothing, so that zeros are right: {@code GradientsTest}. */
  private static final ImmutableSet<String> DRAWN =
      ImmutableSet.of("StatelessRandomUniform", "StatelessRandomUniformInt");

  private static final Map<GradientCase, Set<String>> TYPES = new HashMap<>();

  static List<GradientCase> cases() {
    return CASES;
  }

  static Set<String> registeredTypes() {
    GradientRegistry.ensureRegistered();
    return Sets.difference(GradientRegistry.types(), Sets.union(IN_SINGLE_PRECISION, DRAWN));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalCentralDifferences(GradientCase gradientCase) {
    GradientCheck check = gradientCase.check();
    assertThat(check.norm()).as("norm of the gradients").isGreaterThan(0.01);
    assertThat(check.error()).as("error").isLessThan(GradientCheck.TOLERANCE);
  }

  static Stream<GradientCase> poolingCases() {
    return LayerCases.poolingCases();
  }

  @ParameterizedTest
  @MethodSource("poolingCases")
  void equalCentralDifferencesForEveryWindow(GradientCase gradientCase) {
    GradientCheck check = gradientCase.check();
    assertThat(check.norm()).as("norm of the gradients").isGreaterThan(0.01);
    assertThat(check.error()).as("error").isLessThan(GradientCheck.TOLERANCE);
  }

  @Test
  void everyLayerHasACase() {
    List<Layer> layers = LayerCases.layers().toList();
    for (Class<?> type : Layer.class.getPermittedSubclasses()) {
      assertThat(layers).as(type.getSimpleName()).hasAtLeastOneElementOfType(type);
    }
    assertThat(layers).contains(Activation.values());
  }

  /** The test of the test: no registered gradient can be wrong without a case that fails. */
  @ParameterizedTest
  @MethodSource("registeredTypes")
  void noticeAGradientOfZeros(String type) {
    List<GradientCase> concerned = concernedBy(type);
    var before = GradientRegistry.replace(type, wrongGradient(type));
    try {
      assertThat(concerned.stream().anyMatch(gradientCase -> !gradientCase.check().passes()))
          .as("a case fails without the gradient of " + type)
          .isTrue();
    } finally {
      GradientRegistry.replace(type, before);
    }
  }

  private static List<GradientCase> concernedBy(String type) {
    return CASES.stream()
        .filter(
            gradientCase ->
                TYPES.computeIfAbsent(gradientCase, GradientCase::operationTypes).contains(type))
        .toList();
  }

  private static RawCustomGradient wrongGradient(String type) {
    // Zeros are right for a constant.
    if (type.equals("OnesLike")) {
      return (tf, operation, gradients) -> List.of(tf.identity(gradients.get(0)));
    }
    return (tf, operation, gradients) ->
        Stream.iterate(0, i -> i < operation.numInputs(), i -> i + 1)
            .<Operand<?>>map(i -> tf.zerosLike(operation.input(i)))
            .toList();
  }
}
