package org.xgradient.graph.walk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.OpDef;
import org.xgradient.graph.runtime.NativeTensorFlow;

class RegisteredOperationsTest {

  /** TensorFlow Java reads the same from the list of all, in another way. */
  @Test
  void eachIsThatOfTheListOfAll() {
    NativeTensorFlow.require();
    for (OpDef listed : TensorFlow.registeredOpList().getOpList()) {
      String type = listed.getName();
      assertThat(RegisteredOperations.find(type)).contains(listed);
      assertThat(RegisteredOperations.isStateful(type)).isEqualTo(TensorFlow.isOpStateful(type));
    }
  }

  @Test
  void thereIsNoOther() {
    assertThat(RegisteredOperations.find("Matmul")).isEmpty();
    assertThat(RegisteredOperations.isStateful("Matmul")).isFalse();
    assertThat(RegisteredOperations.find("")).isEmpty();
    assertThat(RegisteredOperations.find("a\0b")).isEmpty();
  }
}
