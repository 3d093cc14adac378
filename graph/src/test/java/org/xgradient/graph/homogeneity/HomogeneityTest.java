package org.xgradient.graph.homogeneity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Parameter.Role;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.homogeneity.Homogeneity.NotProven;
import org.xgradient.graph.homogeneity.Homogeneity.Offender;
import org.xgradient.graph.homogeneity.Homogeneity.Proven;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.Dropout;
import org.xgradient.graph.network.LeakyRelu;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.network.PRelu;
import org.xgradient.graph.network.Sequential;
import org.xgradient.graph.rows.RowIndependence;
import org.xgradient.graph.rows.RowIndependence.NotFollowed;
import org.xgradient.graph.savedmodel.FunctionModel;

class HomogeneityTest {

  private static final String WITHOUT_BIAS =
      "leave it out: build the network without biases, or remove those of a trained one (strip-bias, in"
          + " a program BiasRemoval)";

  private final GraphSession session = GraphSession.open();
  private final Ops tf = session.ops();

  @AfterEach
  void close() {
    session.close();
  }

  private ForwardPass pass(BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> function) {
    return FunctionModel.pass(tf, 4, ImmutableIntArray.of(6), function);
  }

  private static ImmutableList<Offender> offenders(Homogeneity homogeneity) {
    assertThat(homogeneity).isInstanceOf(NotProven.class);
    return ((NotProven) homogeneity).offenders();
  }

  private static List<String> reasons(Homogeneity homogeneity) {
    return offenders(homogeneity).stream().map(o -> o.operation() + ": " + o.reason()).toList();
  }

  private Operand<TFloat32> variable(String name, float... values) {
    Parameter parameter =
        Parameter.create(tf, name, Role.BIAS, ImmutableIntArray.of(values.length));
    parameter.assign(session, FloatArray.of(values, values.length));
    return parameter.value();
  }

  @Test
  void provesANetworkWithoutBiasesAndNamesItsPath() {
    NetworkModel model = Networks.mlp(6, 2, 3).withoutBiases().build(session, 1);
    Operand<TFloat32> x = tf.withName("x").placeholder(TFloat32.class);
    assertThat(Homogeneity.of(model.forward(x)))
        .isEqualTo(
            new Proven(
                1,
                ImmutableList.of("x", "x-mlp/fc1/MatMul", "x-mlp/act1/Relu", "x-mlp/fc2/MatMul")));
  }

  @Test
  void namesTheVariableOfEveryBias() {
    NetworkModel model = Networks.mlp(6, 2, 3, 4).build(session, 1);
    var pass = model.forward(tf.placeholder(TFloat32.class));
    assertThat(offenders(Homogeneity.of(pass)))
        .containsExactly(
            new Offender("mlp/fc1/BiasAdd", "BiasAdd", "adds the variable fc1.bias", WITHOUT_BIAS),
            new Offender("mlp/fc2/BiasAdd", "BiasAdd", "adds the variable fc2.bias", WITHOUT_BIAS),
            new Offender("mlp/fc3/BiasAdd", "BiasAdd", "adds the variable fc3.bias", WITHOUT_BIAS))
        .extracting(Offender::layer)
        .containsExactly("mlp/fc1", "mlp/fc2", "mlp/fc3");
    assertThatThrownBy(() -> Homogeneity.of(pass).orElseThrow())
        .isInstanceOf(NotHomogeneousException.class)
        .hasMessage(
            "the model is not proven homogeneous:"
                + "\n  mlp/fc1/BiasAdd (BiasAdd): adds the variable fc1.bias; "
                + WITHOUT_BIAS
                + "\n  mlp/fc2/BiasAdd (BiasAdd): adds the variable fc2.bias; "
                + WITHOUT_BIAS
                + "\n  mlp/fc3/BiasAdd (BiasAdd): adds the variable fc3.bias; "
                + WITHOUT_BIAS);
  }

  @Test
  void looksBehindAnActivationThatIsInTheWay() {
    NetworkModel model = Networks.mlp(6, 2, Activation.SIGMOID, 3).build(session, 1);
    var pass = model.forward(tf.placeholder(TFloat32.class));
    assertThat(offenders(Homogeneity.of(pass)))
        .extracting(Offender::operation)
        .containsExactly("mlp/fc1/BiasAdd", "mlp/act1/Sigmoid", "mlp/fc2/BiasAdd");
  }

  /** With a gate, the degree of what follows is a guess: only what is wrong by itself is named. */
  @Test
  void doesNotReportWhatFollowsFromAGuess() {
    var gated =
        pass(
            (ops, x) -> {
              var gate = ops.math.mul(x, ops.withName("gate").math.sigmoid(x));
              var skip = ops.math.add(x, gate);
              return ops.withName("bias").nn.biasAdd(skip, variable("b", 1, 1, 1, 1, 1, 1));
            });
    assertThat(offenders(Homogeneity.of(gated)))
        .extracting(Offender::operation)
        .containsExactly("gate", "bias");
  }

  @Test
  void everyActivationIsJudged() {
    for (Activation activation : Activation.values()) {
      NetworkModel model = Networks.mlp(6, 2, activation, 3, 3).withoutBiases().build(session, 1);
      var homogeneity = Homogeneity.of(model.forward(tf.placeholder(TFloat32.class)));
      if (activation == Activation.RELU) {
        assertThat(homogeneity.orElseThrow().degree()).isEqualTo(1);
      } else {
        assertThat(offenders(homogeneity)).hasSize(2);
      }
    }
  }

  @Test
  void aBiasOfZeroCountsOnlyWithoutASession() {
    NetworkModel model = Networks.mlp(6, 2, 3).build(session, 1);
    var pass = model.forward(tf.placeholder(TFloat32.class));
    model.assign(Map.of("fc1.bias", FloatArray.zeros(3), "fc2.bias", FloatArray.zeros(2)));
    assertThat(offenders(Homogeneity.of(pass))).hasSize(2);
    assertThat(Homogeneity.of(pass, session).orElseThrow().degree()).isEqualTo(1);

    model.assign(Map.of("fc2.bias", FloatArray.of(new float[] {0, 1e-6f}, 2)));
    assertThat(reasons(Homogeneity.of(pass, session)))
        .containsExactly("mlp/fc2/BiasAdd: adds the variable fc2.bias");
  }

  @Test
  void evaluatesWhatIsComputedFromVariables() {
    var beta = variable("bn.beta", 1, 1, 1, 1, 1, 1);
    var mean = variable("bn.mean", 2, 2, 2, 2, 2, 2);
    var gamma = variable("bn.gamma", 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f);
    var pass =
        pass(
            (ops, x) ->
                ops.withName("normalised")
                    .math
                    .add(
                        ops.math.mul(ops.nn.relu(x), gamma),
                        ops.withName("shift").math.sub(beta, ops.math.mul(gamma, mean))));
    assertThat(Homogeneity.of(pass, session).orElseThrow().degree()).isEqualTo(1);
    assertThat(reasons(Homogeneity.of(pass)))
        .containsExactly("normalised: adds shift, computed from bn.beta, bn.gamma, bn.mean");
  }

  @Test
  void doesNotEvaluateWhatIsFed() {
    var shift =
        tf.withName("shift")
            .placeholder(TFloat32.class, Placeholder.shape(Shapes.of(ImmutableIntArray.of(6))));
    var pass = pass((ops, x) -> ops.withName("sum").math.add(ops.nn.relu(x), shift));
    assertThat(reasons(Homogeneity.of(pass, session))).containsExactly("sum: adds shift");
  }

  @Test
  void productsAndSquaresAreOfDegreeTwo() {
    var product = pass((ops, x) -> ops.math.mul(ops.nn.relu(x), ops.math.abs(ops.math.neg(x))));
    assertThat(Homogeneity.of(product).orElseThrow().degree()).isEqualTo(2);
    var square = pass((ops, x) -> ops.math.square(ops.nn.relu(x)));
    assertThat(Homogeneity.of(square).orElseThrow().degree()).isEqualTo(2);
  }

  @Test
  void logitsThatDoNotDependOnTheInputsAreOfDegreeZero() {
    var pass = pass((ops, x) -> ops.constant(new float[] {1, 2}));
    assertThat(Homogeneity.of(pass)).isEqualTo(new Proven(0, ImmutableList.of()));
  }

  @Test
  void doesNotLookBehindTheInputs() {
    var data =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.of(ImmutableIntArray.of(4, 6))));
    var standardised = tf.math.sub(data, tf.constant(3f));
    var model = new FunctionModel(tf, ImmutableIntArray.of(6), 6, (ops, x) -> ops.nn.relu(x));
    assertThat(Homogeneity.of(model.forward(standardised)).orElseThrow().degree()).isEqualTo(1);
    assertThat(
            offenders(
                Homogeneity.of(
                    new ForwardPass(
                        model,
                        data,
                        tf.nn.relu(standardised),
                        Mode.inference(),
                        tf.constant(new long[2]),
                        Optional.empty()))))
        .hasSize(1);
  }

  @Test
  void inputsMayBeOneOfSeveralOutputs() {
    var data =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.of(ImmutableIntArray.of(4, 6))));
    var halves = tf.split(tf.constant(1), data, 2L).output();
    var model =
        new FunctionModel(
            tf, ImmutableIntArray.of(3), 3, (ops, x) -> ops.math.mul(x, halves.get(0)));
    // The other half is something else than the inputs.
    assertThat(Homogeneity.of(model.forward(halves.get(1))).orElseThrow().degree()).isEqualTo(1);
  }

  @Test
  void doesNotReportTheOneBesideAnExponential() {
    var silu =
        pass(
            (ops, x) -> {
              var exp = ops.withName("exp").math.exp(ops.math.neg(x));
              return ops.math.div(x, ops.math.add(ops.constant(1f), exp));
            });
    assertThat(offenders(Homogeneity.of(silu)))
        .extracting(Offender::operation)
        .containsExactly("exp");
  }

  @Test
  void recognisesANormalisationByStatistics() {
    var layerNorm =
        pass(
            (ops, x) -> {
              var mean = ops.math.mean(x, ops.constant(1), Mean.keepDims(true));
              var centred = ops.math.sub(x, mean);
              var variance =
                  ops.math.mean(ops.math.square(centred), ops.constant(1), Mean.keepDims(true));
              var epsilon = ops.withName("epsilon").constant(1e-3f);
              var root = ops.math.rsqrt(ops.withName("safe").math.add(variance, epsilon));
              return ops.math.mul(centred, root);
            });
    assertThat(reasons(Homogeneity.of(layerNorm)))
        .containsExactly(
            "safe: adds the constant epsilon under a root: it normalises by statistics of what it"
                + " is given");
  }

  @Test
  void dropoutKeepsTheDegreeWithItsMask() {
    var layers = Sequential.of(Dense.of(5).withoutBiases(), Activation.RELU, new Dropout(0.5f));
    Network network = new Network("drop", ImmutableIntArray.of(6), layers);
    var seed = tf.placeholder(TInt64.class, Placeholder.shape(Shapes.of(ImmutableIntArray.of(2))));
    var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(network.inputShape())));
    var pass = network.build(session, 1).forward(x, Mode.training(seed));
    assertThat(Homogeneity.of(pass).orElseThrow().degree()).isEqualTo(1);
    var finding =
        Falsifier.withDefaults().check(session, pass, Feeds.none().withSeed(seed, 3), 1, 4);
    assertThat(finding.refutes()).isFalse();
    assertThat(finding.largestOutput()).isGreaterThan(0.01);
  }

  /** No method could run, for the gradient is refused. */
  @Test
  void doesNotProveWhatHasNoGradient() {
    var dilated =
        FunctionModel.pass(
            tf,
            2,
            ImmutableIntArray.of(6, 6, 1),
            (ops, x) ->
                ops.withName("atrous")
                    .nn
                    .conv2d(
                        x,
                        ops.fill(ints(ops, 2, 2, 1, 1), ops.constant(1f)),
                        List.of(1L, 1L, 1L, 1L),
                        "VALID",
                        Conv2d.dilations(List.of(1L, 2L, 2L, 1L))));
    assertThat(reasons(Homogeneity.of(dilated)))
        .containsExactly("atrous: TensorFlow's gradient of it ignores the dilations [1, 2, 2, 1]");
  }

  @Test
  void doesNotAdviseAMethodThatCannotRun() {
    assertThat(offenders(Homogeneity.of(pass((ops, x) -> ops.math.digamma(x)))))
        .extracting(Offender::fix)
        .containsExactly("replace it by one that it knows: it has no gradient either");
    assertThat(offenders(Homogeneity.of(pass((ops, x) -> ops.math.lgamma(x)))))
        .extracting(Offender::fix)
        .containsExactly("replace it by one that it knows, or use Integrated Gradients");
  }

  /** As the first step of a recurrent network is. */
  @Test
  void aStateOfZerosAddsNothing() {
    var weights = Parameter.create(tf, "recurrent", Role.WEIGHT, ImmutableIntArray.of(6, 6));
    var pass =
        pass(
            (ops, x) -> {
              var zeros = ops.fill(ops.shape(x), ops.constant(0f));
              return ops.nn.relu(ops.math.add(x, ops.linalg.matMul(zeros, weights.value())));
            });
    assertThat(Homogeneity.of(pass).orElseThrow().degree()).isEqualTo(1);
  }

  @Test
  void saysWhatIsAlikeOnce() {
    var pass =
        pass(
            (ops, x) ->
                ops.math.add(
                    ops.withName("one").math.tanh(x),
                    ops.math.add(
                        ops.withName("two").math.tanh(ops.math.neg(x)),
                        ops.withName("other").math.sigmoid(x))));
    assertThatThrownBy(() -> Homogeneity.of(pass).orElseThrow())
        .hasMessageContaining(" (Tanh): is bounded, and so not homogeneous")
        .hasMessageContaining("(and 1 more like it)")
        .hasMessageContaining("other (Sigmoid)")
        .satisfies(error -> assertThat(error.getMessage()).hasLineCount(3));
  }

  @Test
  void preluAndLeakyReluKeepTheDegree() {
    var layers =
        Sequential.of(
            Dense.of(5).withoutBiases(),
            new PRelu(0.25f),
            Dense.of(5).withoutBiases(),
            new LeakyRelu(0.1f));
    var model = new Network("leaky", ImmutableIntArray.of(6), layers).build(session, 1);
    var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(model.inputShape())));
    assertThat(Homogeneity.of(model.forward(x)).orElseThrow().degree()).isEqualTo(1);
  }

  @Test
  void seesAVariableThatTheInputsAreWrittenTo() {
    var memory = Parameter.create(tf, "memory", Role.WEIGHT, ImmutableIntArray.of(4, 6));
    var pass =
        pass(
            (ops, x) -> {
              var write = ops.withName("write").assignVariableOp(memory.handle(), x);
              var read =
                  ops.withControlDependencies(List.of(write))
                      .readVariableOp(memory.handle(), TFloat32.class);
              return ops.math.mul(x, read);
            });
    assertThat(reasons(Homogeneity.of(pass)))
        .contains("write: gives a variable or a table a value that depends on the inputs");
    assertThat(RowIndependence.of(pass)).isInstanceOf(NotFollowed.class);
    assertThat(Falsifier.withDefaults().check(session, pass, 1, 2).refutes()).isTrue();
  }

  /** What a table has been filled with stays, but for what a pass itself puts into it. */
  @Test
  void seesATableThatTheInputsAreWrittenTo() {
    Homogeneity filled = Homogeneity.of(pass((ops, x) -> timesWhatATableHas(ops, x, false)));
    assertThat(filled.orElseThrow().degree()).isEqualTo(1);

    var written = pass((ops, x) -> timesWhatATableHas(ops, x, true));
    assertThat(reasons(Homogeneity.of(written)))
        .contains("insert: gives a variable or a table a value that depends on the inputs");
    assertThat(RowIndependence.of(written)).isInstanceOf(NotFollowed.class);
  }

  private static Operand<TFloat32> timesWhatATableHas(
      Ops ops, Operand<TFloat32> x, boolean written) {
    var table = ops.mutableHashTable(TInt64.class, TFloat32.class);
    var keys = ops.constant(new long[] {0, 1, 2, 3, 4, 5});
    Ops after = ops;
    if (written) {
      var row = ops.reshape(ops.slice(x, ints(ops, 0, 0), ints(ops, 1, 6)), ints(ops, 6));
      after =
          ops.withControlDependencies(
              List.of(ops.withName("insert").lookupTableInsert(table, keys, row)));
    }
    return ops.math.mul(x, after.lookupTableFind(table, keys, ops.constant(1f)));
  }

  private static Operand<TInt32> ints(Ops ops, int... values) {
    return ops.constant(values);
  }
}
