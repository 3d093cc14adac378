package org.xgradient.graph.graphdef;

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
      assertThat(RegisteredOperations.find(listed.getName())).contains(listed);
    }
  }

  @Test
  void thereIsNoOther() {
    assertThat(RegisteredOperations.find("Matmul")).isEmpty();
    assertThat(RegisteredOperations.find("")).isEmpty();
    assertThat(RegisteredOperations.find("a\0b")).isEmpty();
  }
}
