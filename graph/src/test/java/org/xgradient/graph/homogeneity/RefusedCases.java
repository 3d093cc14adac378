package org.xgradient.graph.homogeneity;

import static org.xgradient.graph.homogeneity.RawOperation.add;
import static org.xgradient.graph.homogeneity.ScalingCase.proved;
import static org.xgradient.graph.homogeneity.ScalingCase.refused;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.StatelessRandom;

/** What breaks homogeneity, or hides it. */
public final class RefusedCases {

  private static final DataType[] FLOAT = {DataType.DT_FLOAT};

  private RefusedCases() {}

  public static Stream<ScalingCase> all() {
    return Stream.of(functions(), gradients(), unknown(), loops(), calls()).flatMap(List::stream);
  }

  private static List<ScalingCase> functions() {
    var bounded =
        Stream.of("Sigmoid", "Tanh", "Softsign", "Erf", "Erfc", "Sin", "Cos", "Atan")
            .map(type -> refused("is bounded", type, (tf, x) -> add(tf, type, x)));
    var curved =
        Stream.of("Exp", "Expm1", "Log1p")
            .map(type -> refused("is curved", type, (tf, x) -> add(tf, type, tf.math.abs(x))));
    var likeRelu =
        Stream.of("Elu", "Selu", "Softplus", "Relu6")
            .map(type -> refused("is curved or clipped", type, (tf, x) -> add(tf, type, x)));
    var probabilities =
        Stream.of("Softmax", "LogSoftmax")
            .map(type -> refused("makes probabilities", type, (tf, x) -> add(tf, type, x)));
    var rounding =
        Stream.of("Round", "Rint", "Floor", "Ceil")
            .map(type -> refused("rounds", type, (tf, x) -> add(tf, type, x)));
    var division =
        Stream.of("FloorDiv", "FloorMod")
            .map(type -> refused("rounds", type, (tf, x) -> add(tf, type, x, tf.constant(0.7f))));
    var others = Stream.of(refused("normalises", "LRN", (tf, x) -> add(tf, "LRN", x)).onImages());
    return Stream.of(bounded, curved, likeRelu, probabilities, rounding, division, others)
        .flatMap(stream -> stream)
        .toList();
  }

  private static List<ScalingCase> gradients() {
    return List.of(
        refused(
                "stops the gradient",
                "StopGradient",
                (tf, x) -> tf.math.mul(x, add(tf, "StopGradient", x)))
            .withoutNumbers(),
        // Of degree 1 in value, and half of it has no gradient.
        refused(
                "stops the gradient",
                "StopGradient",
                (tf, x) -> {
                  var norm = tf.math.divNoNan(x, tf.math.abs(x));
                  return tf.math.mul(x, add(tf, "StopGradient", norm));
                })
            .withoutNumbers(),
        refused("stops the gradient", "PreventGradient", (tf, x) -> add(tf, "PreventGradient", x))
            .withoutNumbers(),
        proved(
            1,
            "StopGradient",
            (tf, x) -> {
              var positive = add(tf, "StopGradient", tf.math.greater(x, tf.constant(0f)));
              return tf.math.mul(x, tf.dtypes.cast(positive, TFloat32.class));
            }),
        proved(
            1,
            "StopGradient",
            (tf, x) -> tf.math.mul(x, add(tf, "StopGradient", tf.constant(3f)))));
  }

  private static List<ScalingCase> unknown() {
    return List.of(
        refused(
            "is not an operation that the proof knows",
            "Digamma",
            (tf, x) -> add(tf, "Digamma", x)),
        // What a pure function makes of signs can't depend on the scale.
        proved(0, "Digamma", (tf, x) -> add(tf, "Digamma", tf.math.sign(x))),
        proved(0, "Exp", (tf, x) -> add(tf, "Exp", tf.math.sign(x))),
        refused(
                "may give another value in each run",
                "RandomUniform",
                (tf, x) ->
                    tf.math.mul(
                        x,
                        RawOperation.of(tf, "RandomUniform")
                            .in(tf.shape(x))
                            .with(op -> op.setAttr("dtype", DataType.DT_FLOAT))
                            .output()))
            .withoutNumbers(),
        refused(
                "may give another value in each run",
                "RandomUniform",
                (tf, x) ->
                    RawOperation.of(tf, "RandomUniform")
                        .in(tf.constant(new int[] {4}))
                        .with(op -> op.setAttr("dtype", DataType.DT_FLOAT))
                        .output())
            .withoutNumbers(),
        proved(
            1,
            "StatelessRandomUniform",
            (tf, x) ->
                tf.math.mul(
                    x,
                    StatelessRandom.uniform(
                        tf, tf.constant(new long[] {1, 2}), "mask", tf.shape(x)))));
  }

  private static List<ScalingCase> loops() {
    return Stream.of(
            controlFlow(
                "Switch",
                (tf, x) -> RawOperation.of(tf, "Switch").in(x, tf.constant(true)).output(1)),
            controlFlow("Merge", (tf, x) -> RawOperation.of(tf, "Merge").list(x, x).output()),
            controlFlow("Enter", RefusedCases::enter),
            controlFlow("Exit", (tf, x) -> add(tf, "Exit", enter(tf, x))),
            controlFlow("NextIteration", (tf, x) -> add(tf, "NextIteration", enter(tf, x))),
            controlFlow("LoopCond", RefusedCases::whileNearOne))
        .toList();
  }

  /** What the proof knows to be a truth value does not scale; this one it does not know. */
  private static Operand<TFloat32> whileNearOne(Ops tf, Operand<TFloat32> x) {
    var sum = tf.reduceSum(x, tf.constant(new int[] {0, 1}));
    var isNear = RawOperation.of(tf, "ApproximateEqual").in(sum, tf.constant(1f)).output();
    var goesOn = RawOperation.of(tf, "LoopCond").in(isNear).output();
    return tf.math.mul(x, tf.dtypes.cast(goesOn, TFloat32.class));
  }

  private static Operand<TFloat32> enter(Ops tf, Operand<TFloat32> x) {
    return RawOperation.of(tf, "Enter").in(x).with(op -> op.setAttr("frame_name", "loop")).output();
  }

  private static ScalingCase controlFlow(
      String type, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> graph) {
    return refused("is control flow", type, graph).withoutNumbers();
  }

  private static List<ScalingCase> calls() {
    return Stream.of(
            Stream.of("While", "StatelessWhile")
                .map(type -> controlFlow(type, (tf, x) -> loop(tf, type, x))),
            Stream.of("If", "StatelessIf")
                .map(type -> controlFlow(type, (tf, x) -> condition(tf, type, x))),
            Stream.of("Case", "StatelessCase")
                .map(type -> controlFlow(type, (tf, x) -> choice(tf, type, x))),
            Stream.of("PartitionedCall", "StatefulPartitionedCall", "SymbolicGradient")
                .map(
                    type ->
                        refused("calls a function", type, (tf, x) -> call(tf, type, x))
                            .withoutNumbers()))
        .flatMap(stream -> stream)
        .toList();
  }

  private static Operand<TFloat32> loop(Ops tf, String type, Operand<TFloat32> x) {
    var body = function(tf);
    return RawOperation.of(tf, type)
        .list(x)
        .with(op -> op.setAttr("cond", body).setAttr("body", body))
        .output();
  }

  private static Operand<TFloat32> condition(Ops tf, String type, Operand<TFloat32> x) {
    var branch = function(tf);
    return RawOperation.of(tf, type)
        .in(tf.constant(true))
        .list(x)
        .with(
            op ->
                op.setAttr("then_branch", branch)
                    .setAttr("else_branch", branch)
                    .setAttr("Tout", FLOAT))
        .output();
  }

  private static Operand<TFloat32> choice(Ops tf, String type, Operand<TFloat32> x) {
    ConcreteFunction[] branches = {function(tf)};
    return RawOperation.of(tf, type)
        .in(tf.constant(0))
        .list(x)
        .with(op -> op.setAttr("branches", branches).setAttr("Tout", FLOAT))
        .output();
  }

  private static Operand<TFloat32> call(Ops tf, String type, Operand<TFloat32> x) {
    var body = function(tf);
    return RawOperation.of(tf, type)
        .list(x)
        .with(op -> op.setAttr("f", body).setAttr("Tout", FLOAT))
        .output();
  }

  /** A function of one operand, attached to the graph; what it computes does not matter. */
  private static ConcreteFunction function(Ops tf) {
    var function =
        ConcreteFunction.create(
            ops -> {
              var x = ops.placeholder(TFloat32.class, Placeholder.shape(Shape.of(4, 6)));
              return Signature.builder("f").input("x", x).output("y", ops.nn.relu(x)).build();
            });
    ((Graph) tf.scope().env()).attachFunction(function);
    return function;
  }
}
