package org.xgradient.graph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

class GraphScopeTest {

  private final Locale usual = Locale.getDefault();

  @BeforeEach
  void moveToEgypt() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
  }

  @AfterEach
  void moveBack() {
    Locale.setDefault(usual);
  }

  @Test
  void namesHaveTheDigitsThatTensorFlowAllows() {
    assertThat("%d".formatted(1)).as("the locale has digits of its own").isNotEqualTo("1");
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);

      assertThat(name(tf.withName("x"))).isEqualTo("x");
      assertThat(name(tf.withName("x"))).isEqualTo("x_1");
      assertThat(name(tf.withSubScope("a"))).isEqualTo("a/Const");
      assertThat(name(tf.withSubScope("a"))).isEqualTo("a_1/Const");
      assertThat(name(tf.withSubScope("b").withSubScope("c").withName("d"))).isEqualTo("b/c/d");
      assertThat(tf.scope().env()).isSameAs(graph);
    }
  }

  @Test
  void namesInTheGraphAreNotGivenAgain() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      assertThat(name(tf.withName("x_1"))).isEqualTo("x_1");
      graph.opBuilder("NoOp", "x", tf.scope()).build();

      assertThat(name(tf.withName("x"))).isEqualTo("x_2");
    }
  }

  @Test
  void devicesAndOrderAreKept() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      var first = tf.constant(1f);
      var device =
          DeviceSpec.newBuilder().deviceType(DeviceSpec.DeviceType.CPU).deviceIndex(0).build();

      var second =
          tf.withDevice(device).withControlDependencies(List.of(first)).withName("y").constant(2f);

      var node =
          graph.toGraphDef().getNodeList().stream()
              .filter(n -> n.getName().equals(second.op().name()))
              .findFirst()
              .orElseThrow();
      assertThat(node.getInputList()).containsExactly("^" + first.op().name());
      assertThat(node.getDevice()).isEqualTo("/device:CPU:0");
    }
  }

  @Test
  void otherNamesAreRefused() {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);

      assertThatThrownBy(() -> tf.withName("größe"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("found 'größe'");
    }
  }

  private static String name(Ops tf) {
    return tf.constant(1f).op().name();
  }
}
