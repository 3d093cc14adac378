package org.xgradient.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.NotFiniteException;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.network.NetworkModel;

/** Values at the ends of what a float can hold, and beyond. */
class NumbersTest {

  private static final FloatArray ROWS = TestNets.rows(5, 1);

  private GraphSession session;
  private NetworkModel model;

  @BeforeEach
  void open() {
    session = GraphSession.open();
    model = TestNets.homogeneous().build(session, 3);
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Attributor attributor(AttributionMethod method) {
    return Attributor.of(model, method, AttributorOptions.withDefaults().withMaxBatch(2));
  }

  private void fill(String name, float value) {
    for (Parameter parameter : model.parameters()) {
      if (parameter.name().equals(name)) {
        float[] values = new float[parameter.size()];
        Arrays.fill(values, value);
        parameter.assign(session, FloatArray.of(values, parameter.shape().toArray()));
      }
    }
  }

  @Test
  void anOutputThatIsNoNumberIsRefusedWithItsRowAndLayer() {
    Attributor attributor = attributor(new XGradient());
    fill("fc2.weight", Float.NaN);
    assertThatThrownBy(() -> attributor.attribute(ROWS))
        .isInstanceOf(NotFiniteException.class)
        .hasMessageMatching(
            "outputs must be finite, found NaN in row 0, column 0; the first operation that gives"
                + " such a value is \\S*fc2\\S* \\(MatMul\\); look for inputs or weights that are"
                + " too large");
  }

  @Test
  void anOverflowInALaterBatchHasTheRowOfTheWhole() {
    Attributor attributor = attributor(IntegratedGradients.withDefaults());
    fill("fc1.weight", 1e20f);
    fill("fc2.weight", 1);
    fill("fc3.weight", 1);
    float[] values = new float[ROWS.size()];
    Arrays.fill(values, 1e-10f);
    values[3 * TestNets.FEATURES + 2] = 1e25f;
    assertThatThrownBy(() -> attributor.attribute(FloatArray.of(values, 5, TestNets.FEATURES)))
        .isInstanceOf(NotFiniteException.class)
        .hasMessageContainingAll("outputs must be finite", "in row 3, ", "fc1", "(MatMul)")
        .satisfies(
            e ->
                assertThat(((NotFiniteException) e).messageAt("line 5"))
                    .startsWith("outputs must be finite, found ")
                    .contains(" in line 5; the first operation"));
  }

  @Test
  void aGradientThatOverflowsWhereTheOutputsDoNotIsRefused() {
    Attributor attributor = attributor(new Gradient());
    fill("fc1.weight", 1e30f);
    fill("fc2.weight", 1e5f);
    fill("fc3.weight", 1e5f);
    float[] values = new float[ROWS.size()];
    Arrays.fill(values, 1e-20f);
    assertThatThrownBy(() -> attributor.attribute(FloatArray.of(values, 5, TestNets.FEATURES)))
        .isInstanceOf(NotFiniteException.class)
        .hasMessage(
            "attributions must be finite, found Infinity in row 0, column 0; the outputs of all"
                + " layers are finite, so a gradient is not; look for inputs or weights that are"
                + " too large");
  }

  /** TensorFlow may take them for zero; either way nothing is lost that a float could tell. */
  @Test
  void denormalInputsGiveAttributionsNearZero() {
    float[] values = new float[ROWS.size()];
    Arrays.fill(values, Float.MIN_VALUE * 1000);
    FloatArray rows = FloatArray.of(values, 5, TestNets.FEATURES);
    for (var method :
        Arrays.asList(new XGradient(), IntegratedGradients.withDefaults(), new InputXGradient())) {
      Attributions found = attributor(method).attribute(rows);
      for (float value : found.values().values()) {
        assertThat(Math.abs(value)).isLessThan(Float.MIN_NORMAL);
      }
    }
  }
}
