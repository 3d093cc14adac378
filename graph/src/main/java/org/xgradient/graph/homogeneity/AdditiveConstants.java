package org.xgradient.graph.homogeneity;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.homogeneity.Homogeneity.NotProven;
import org.xgradient.graph.homogeneity.Homogeneity.Offender;
import org.xgradient.graph.homogeneity.rules.AddedConstant;
import org.xgradient.graph.homogeneity.rules.BatchNormalizationRule;
import org.xgradient.graph.walk.OperandOrigin;

/**
 * Finds the constants that a forward pass adds to its activations, and adds to its graph what
 * computes the same without them.
 */
final class AdditiveConstants {

  private static final ImmutableSet<String> SUMS =
      ImmutableSet.of("BiasAdd", "BiasAddV1", "Add", "AddV2", "Sub", "AddN");

  private static final ImmutableSet<String> BATCH_NORMALIZATIONS =
      BatchNormalizationRule.ALL.keySet();

  private final Ops tf;
  private final HomogeneityProof proof;

  private AdditiveConstants(Ops tf, HomogeneityProof proof) {
    this.tf = tf;
    this.proof = proof;
  }

  /**
   * A constant that is added.
   *
   * @param operation the name of the operation that adds it
   * @param origin what it is, in words
   * @param constant the constant
   * @param activations what it is added to
   * @param sum what comes out
   * @param without what comes out without it
   */
  record Additive(
      String operation,
      String origin,
      Operand<TFloat32> constant,
      Operand<TFloat32> activations,
      Output<?> sum,
      Output<?> without) {}

  /**
   * Finds the constants.
   *
   * @param pass the forward pass
   * @return the constants, in the order of the forward pass
   * @throws NotHomogeneousException if something else stands in the way of homogeneity
   */
  static ImmutableList<Additive> of(ForwardPass pass) {
    HomogeneityProof proof = HomogeneityProof.of(pass, new LiteralValues());
    if (!(proof.result() instanceof NotProven notProven)) {
      return ImmutableList.of();
    }
    AdditiveConstants constants =
        new AdditiveConstants(pass.ops().withSubScope("without_biases"), proof);
    ImmutableList.Builder<Additive> found = ImmutableList.builder();
    ImmutableList.Builder<Offender> others = ImmutableList.builder();
    for (Offender offender : notProven.offenders()) {
      List<Additive> additives = constants.in(operation(pass, offender));
      found.addAll(additives);
      if (additives.isEmpty()) {
        others.add(offender);
      }
    }
    ImmutableList<Offender> remaining = others.build();
    if (!remaining.isEmpty()) {
      throw new NotHomogeneousException(remaining);
    }
    return found.build();
  }

  private static GraphOperation operation(ForwardPass pass, Offender offender) {
    GraphOperation logits = (GraphOperation) pass.logits().asOutput().op();
    return logits.env().operationOrThrow(offender.operation());
  }

  private List<Additive> in(GraphOperation operation) {
    if (BATCH_NORMALIZATIONS.contains(operation.type())) {
      return operation.attributes().getAttrBool("is_training")
          ? List.of()
          : List.of(batchNormalization(operation));
    }
    return SUMS.contains(operation.type()) && !AddedConstant.isUnderRoot(operation)
        ? sum(operation)
        : List.of();
  }

  private List<Additive> sum(GraphOperation operation) {
    List<Operand<TFloat32>> constants = new ArrayList<>();
    List<Operand<TFloat32>> activations = new ArrayList<>();
    for (int i = 0; i < operation.numInputs(); i++) {
      Output<?> input = operation.input(i);
      (proof.scaling(input).isIndependent() ? constants : activations)
          .add(input.expect(TFloat32.class));
    }
    if (constants.isEmpty() || activations.isEmpty()) {
      return List.of();
    }
    Operand<TFloat32> activation =
        activations.size() == 1 ? activations.get(0) : tf.math.addN(activations);
    Output<?> without = without(operation, activation, constants.get(0)).asOutput();
    return constants.stream()
        .map(
            constant ->
                new Additive(
                    operation.name(),
                    OperandOrigin.of(constant.asOutput()),
                    constant,
                    activation,
                    operation.output(0),
                    without))
        .toList();
  }

  private Operand<TFloat32> without(
      GraphOperation operation, Operand<TFloat32> activation, Operand<TFloat32> constant) {
    boolean subtracted =
        operation.type().equals("Sub") && operation.input(1).equals(activation.asOutput());
    Operand<TFloat32> signed = subtracted ? tf.math.neg(activation) : activation;
    // A constant larger than the activations also copies them.
    return fits(constant.shape(), activation.shape())
        ? signed
        : tf.math.add(signed, tf.zerosLike(constant));
  }

  private static boolean fits(Shape constant, Shape activations) {
    int missing = activations.numDimensions() - constant.numDimensions();
    if (constant.isUnknown() || activations.isUnknown() || missing < 0) {
      return false;
    }
    for (int i = 0; i < constant.numDimensions(); i++) {
      long size = constant.get(i);
      if (size != 1 && size != activations.get(missing + i)) {
        return false;
      }
    }
    return true;
  }

  /** gamma (x - mean) / sqrt(variance + epsilon) + beta, as a scale and a shift. */
  private Additive batchNormalization(GraphOperation operation) {
    Operand<TFloat32> x = input(operation, 0);
    Operand<TFloat32> variance = input(operation, 4);
    var epsilon = tf.constant(operation.attributes().getAttrFloat("epsilon"));
    var scale = tf.math.mul(input(operation, 1), tf.math.rsqrt(tf.math.add(variance, epsilon)));
    var shift = tf.math.sub(input(operation, 2), tf.math.mul(input(operation, 3), scale));
    var scaled = tf.math.mul(x, alongChannels(operation, scale));
    return new Additive(
        operation.name(),
        "the shift of a batch normalisation, whose beta is " + OperandOrigin.of(operation.input(2)),
        shift,
        scaled,
        operation.output(0),
        scaled.asOutput());
  }

  private Operand<TFloat32> alongChannels(GraphOperation operation, Operand<TFloat32> scale) {
    return operation.attributes().getAttrString("data_format").equals("NCHW")
        ? tf.reshape(scale, tf.constant(new int[] {-1, 1, 1}))
        : scale;
  }

  private static Operand<TFloat32> input(GraphOperation operation, int index) {
    return operation.input(index).expect(TFloat32.class);
  }
}
