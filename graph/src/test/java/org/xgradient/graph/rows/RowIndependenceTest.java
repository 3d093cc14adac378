package org.xgradient.graph.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.homogeneity.Homogeneity;
import org.xgradient.graph.homogeneity.Homogeneity.NotProven;
import org.xgradient.graph.homogeneity.ScalingCase;
import org.xgradient.graph.homogeneity.ScalingCases;
import org.xgradient.graph.network.ChannelFirst;
import org.xgradient.graph.network.LayerCases;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.rows.RowIndependence.Finding;
import org.xgradient.graph.rows.RowIndependence.Mixed;
import org.xgradient.graph.rows.RowIndependence.NotFollowed;
import org.xgradient.graph.rows.RowIndependence.Proven;
import org.xgradient.graph.savedmodel.FunctionModel;

/** What the proof says of rows, and what numbers say. */
class RowIndependenceTest {

  static Stream<RowCase> cases() {
    return RowCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void provesOrNames(RowCase rows) {
    try (GraphSession session = GraphSession.open()) {
      BoundModel model = model(session, rows);
      RowIndependence found = RowIndependence.of(ForwardPass.ofInference(model));
      if (!rows.isMixed()) {
        assertThat(found).isInstanceOf(Proven.class);
        return;
      }
      assertThat(found).isInstanceOf(Mixed.class);
      assertThat(((Mixed) found).findings())
          .first()
          .extracting(Finding::reason)
          .asString()
          .contains(rows.reason());
      assertThat(Homogeneity.of(model)).isInstanceOf(NotProven.class);
      assertThatThrownBy(() -> Homogeneity.of(model).orElseThrow())
          .hasMessageContaining(rows.reason());
    }
  }

  static Stream<RowCase> notFollowedCases() {
    return UnfollowedRowCases.all();
  }

  /** What is made of the number of rows in a way that is not followed is named, not proven. */
  @ParameterizedTest
  @MethodSource("notFollowedCases")
  void whatIsNotFollowedIsNotProven(RowCase rows) {
    try (GraphSession session = GraphSession.open()) {
      BoundModel model = model(session, rows);
      RowIndependence found = RowIndependence.of(ForwardPass.ofInference(model));
      assertThat(found).isInstanceOf(NotFollowed.class);
      assertThat(((NotFollowed) found).findings())
          .first()
          .extracting(Finding::reason)
          .asString()
          .contains(rows.reason());
      assertThat(Homogeneity.of(model)).isInstanceOf(NotProven.class);
    }
  }

  /** The numbers know nothing of the proof. */
  @ParameterizedTest
  @MethodSource("cases")
  void numbersAgree(RowCase rows) {
    try (GraphSession session = GraphSession.open()) {
      RowIndependence tried = Neighbours.tried(model(session, rows), new Proven());
      assertThat(tried instanceof Mixed).isEqualTo(rows.isMixed());
    }
  }

  static Stream<ScalingCase> operations() {
    return ScalingCases.all().filter(scaling -> !Double.isNaN(scaling.degree()));
  }

  /** On every operation that the proof of homogeneity knows, in batches of four. */
  @ParameterizedTest
  @MethodSource("operations")
  void whatIsProvenOfAnOperationIsSo(ScalingCase scaling) {
    try (GraphSession session = GraphSession.open()) {
      ForwardPass pass = FunctionModel.pass(session.ops(), 4, scaling.example(), scaling.graph());
      if (RowIndependence.of(pass) instanceof Proven && !scaling.type().contains("Random")) {
        int[] shape =
            ImmutableIntArray.builder().add(4).addAll(scaling.example()).build().toArray();
        FloatArray first = ChannelFirst.randomArray(1, shape);
        FloatArray second = ChannelFirst.randomArray(2, shape);
        System.arraycopy(first.values(), 0, second.values(), 0, first.rowSize());
        Operand<TFloat32> logits = session.ops().identity(pass.logits());
        FloatArray one = session.run(Feeds.of(pass.inputs(), first), logits);
        FloatArray other = session.run(Feeds.of(pass.inputs(), second), logits);
        if (one.shape().length() > 0 && one.rows() == 4) {
          assertThat(other.rows(0, 1).values()).isEqualTo(one.rows(0, 1).values());
        }
      }
    }
  }

  static Stream<Network> layers() {
    return LayerCases.layersOnInputs();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void rowsStayApartInEveryLayer(Network network) {
    try (GraphSession session = GraphSession.open()) {
      assertThat(RowIndependence.of(ForwardPass.ofInference(network.build(session, 1))))
          .isInstanceOf(Proven.class);
    }
  }

  @Test
  void dropoutIsExempt() {
    try (GraphSession session = GraphSession.open()) {
      BoundModel model = model(session, RowCases.dropout());
      assertThat(RowIndependence.ofImported(model, ForwardPass.ofInference(model).inputs()))
          .isInstanceOf(Proven.class);
    }
  }

  @Test
  void whatIsNotFollowedIsTriedByNumbers() {
    try (GraphSession session = GraphSession.open()) {
      BoundModel apart = model(session, notFollowed(1));
      assertThat(RowIndependence.of(apart)).isInstanceOf(NotFollowed.class);
      RowIndependence.of(apart).requireNotMixed();
      BoundModel mixed = model(session, notFollowed(0));
      assertThat(RowIndependence.of(ForwardPass.ofInference(mixed)))
          .isInstanceOf(NotFollowed.class);
      assertThatThrownBy(() -> RowIndependence.of(mixed).requireNotMixed())
          .isInstanceOf(MixedRowsException.class)
          .hasMessageContaining("know each other")
          .hasMessageContaining("alone in a batch");
    }
  }

  /** A sum over an axis that the proof cannot see. */
  private static RowCase notFollowed(int axis) {
    return RowCase.apart(
        "hidden",
        (tf, x) -> {
          var hidden = tf.dtypes.cast(tf.math.round(tf.constant(axis + 0.1f)), TInt32.class);
          return tf.math.mul(x, tf.reduceSum(x, hidden, ReduceSum.keepDims(true)));
        });
  }

  @Test
  void aFixedBatchIsTriedAmongOtherNeighbours() {
    RowCase mean = RowCases.all().findFirst().orElseThrow();
    try (GraphSession session = GraphSession.open()) {
      Fixed model = new Fixed(session, mean.graph());
      assertThat(Neighbours.tried(model, new Proven())).isInstanceOf(Mixed.class);
      Fixed relu = new Fixed(session, (tf, x) -> tf.nn.relu(x));
      assertThat(Neighbours.tried(relu, new Proven())).isInstanceOf(Proven.class);
      Fixed places =
          new Fixed(session, (tf, x) -> tf.math.mul(x, tf.constant(new float[][] {{1}, {2}, {3}})));
      assertThat(((Mixed) Neighbours.tried(places, new Proven())).findings())
          .singleElement()
          .extracting(Finding::reason)
          .asString()
          .contains("in another place");
    }
  }

  private static BoundModel model(GraphSession session, RowCase rows) {
    return BoundModel.of(
        session, new FunctionModel(session.ops(), rows.example(), 1, rows.graph()));
  }

  /** A model that takes batches of three rows of six features only. */
  private record Fixed(
      GraphSession session, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> graph)
      implements BoundModel {

    @Override
    public Model model() {
      return new FixedModel(new FunctionModel(session.ops(), ImmutableIntArray.of(6), 6, graph));
    }
  }

  private record FixedModel(FunctionModel free) implements Model {

    @Override
    public Ops ops() {
      return free.ops();
    }

    @Override
    public ImmutableIntArray inputShape() {
      return free.inputShape();
    }

    @Override
    public int outputs() {
      return free.outputs();
    }

    @Override
    public OptionalInt fixedBatch() {
      return OptionalInt.of(3);
    }

    @Override
    public ImmutableList<Parameter> parameters() {
      return free.parameters();
    }

    @Override
    public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
      return free.logits(inputs, mode);
    }
  }
}
