package org.xgradient.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableIntArray;
import org.junit.jupiter.api.Test;
import org.xgradient.data.FloatArray;

class ParameterTest {

  /** More values than are written at a time, and no multiple of these. */
  private static final ImmutableIntArray SHAPE = ImmutableIntArray.of(3, 50_001);

  @Test
  void zerosAreWrittenToItsEnd() {
    try (GraphSession session = GraphSession.open()) {
      Parameter parameter =
          Parameter.create(session.ops(), "weights", Parameter.Role.WEIGHT, SHAPE);
      parameter.assign(
          session,
          values -> {
            for (long i = 0; i < values.size(); i++) {
              values.setFloat(1, i);
            }
          });
      assertThat(parameter.read(session).values()).doesNotContain(0);
      parameter.assignZeros(session);
      assertThat(parameter.read(session)).isEqualTo(FloatArray.zeros(SHAPE.toArray()));
    }
  }
}
