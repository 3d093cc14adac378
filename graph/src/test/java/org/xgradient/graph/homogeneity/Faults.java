package org.xgradient.graph.homogeneity;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Parameter.Role;

/** Ways to make a network inhomogeneous, each by one operation that bears a given name. */
final class Faults {

  static final ImmutableList<String> KINDS =
      ImmutableList.of(
          "BiasAdd",
          "AddV2",
          "Sub",
          "Sigmoid",
          "Tanh",
          "Softplus",
          "Elu",
          "Selu",
          "Relu6",
          "Softmax",
          "Maximum",
          "ClipByValue",
          "PadV2",
          "ConcatV2",
          "degrees",
          "FusedBatchNormV3",
          "Floor",
          "root");

  private final GraphSession session;
  private final RandomNetwork network;

  Faults(GraphSession session, RandomNetwork network) {
    this.session = session;
    this.network = network;
  }

  /** Puts a fault behind what the network has computed so far. */
  void plant(String kind, String name) {
    Ops tf = session.ops();
    Ops named = tf.withName(name);
    var now = network.now();
    Operand<TFloat32> x = now.values();
    Operand<TFloat32> values =
        switch (kind) {
          case "BiasAdd" -> named.nn.biasAdd(x, variable(name, now.width()));
          case "AddV2" -> RawOperation.add(named, "AddV2", variable(name, now.width()), x);
          case "Sub" -> named.math.sub(x, constant(now.width()));
          case "Maximum" -> named.math.maximum(x, tf.constant(0.7f));
          case "ClipByValue" -> named.clipByValue(x, tf.constant(-0.7f), tf.constant(0.7f));
          case "PadV2" -> padded(named, x);
          case "ConcatV2" ->
              named.concat(
                  List.of(x, tf.math.add(tf.zerosLike(x), tf.constant(0.7f))), tf.constant(1));
          case "degrees" -> named.math.add(x, tf.math.square(x));
          case "FusedBatchNormV3" ->
              network.batchNormalised(
                  named,
                  network.normal(1, now.width()),
                  constant(now.width()),
                  constant(now.width()));
          case "root" -> tf.math.sqrt(named.math.add(tf.math.square(x), tf.constant(0.7f)));
          default -> RawOperation.add(named, kind, x);
        };
    int width = Math.toIntExact(values.shape().get(1));
    network.replace(new RandomNetwork.Features(values, width, now.degree()));
  }

  private Operand<TFloat32> padded(Ops named, Operand<TFloat32> x) {
    Ops tf = session.ops();
    return named.pad(x, tf.constant(new int[][] {{0, 0}, {1, 1}}), tf.constant(0.7f));
  }

  private static float[] filled(int width) {
    float[] values = new float[width];
    Arrays.fill(values, 0.7f);
    return values;
  }

  private Operand<TFloat32> constant(int width) {
    return session.ops().constant(filled(width));
  }

  private Operand<TFloat32> variable(String name, int width) {
    Parameter bias =
        Parameter.create(session.ops(), name + ".bias", Role.BIAS, ImmutableIntArray.of(width));
    bias.assign(session, FloatArray.of(filled(width), width));
    return bias.value();
  }
}
