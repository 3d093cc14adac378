package org.xgradient.graph.savedmodel;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.graph.ForwardPass;

/**
 * A function of an exported SavedModel: what it is called, takes and gives. Immutable.
 *
 * @param key the name by which it is called
 * @param inputs the placeholders, by name
 * @param outputs what it computes, by name
 */
public record SignatureSpec(
    String key, ImmutableMap<String, Operand<?>> inputs, ImmutableMap<String, Operand<?>> outputs) {

  /** The function that servers call if they are not told another. */
  public static final String SERVING = "serving_default";

  /** The function that explains. */
  public static final String ATTRIBUTION = "attribution";

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the key is empty
   */
  public SignatureSpec {
    checkArgument(!key.isEmpty(), "the key of a signature must not be empty");
  }

  /**
   * A signature without inputs and outputs, to which they are added.
   *
   * @param key the name by which it is called
   * @return the signature
   */
  public static SignatureSpec of(String key) {
    return new SignatureSpec(key, ImmutableMap.of(), ImmutableMap.of());
  }

  /**
   * {@code serving_default}, from {@code inputs} to {@code logits}.
   *
   * @param pass a forward pass whose inputs are a placeholder
   * @return the signature
   */
  public static SignatureSpec serving(ForwardPass pass) {
    return of(SERVING).withInput("inputs", pass.inputs()).withOutput("logits", pass.logits());
  }

  /**
   * {@code serving_default}, from {@code inputs} to {@code logits} and {@code probabilities}: the
   * sigmoid of an only logit, the softmax of several.
   *
   * @param pass a forward pass whose inputs are a placeholder
   * @return the signature
   */
  public static SignatureSpec servingProbabilities(ForwardPass pass) {
    return serving(pass).withOutput("probabilities", probabilities(pass));
  }

  /**
   * Adds the probabilities of a pass.
   *
   * @param pass the pass
   * @return the sigmoid of an only logit, the softmax of several
   */
  public static Operand<TFloat32> probabilities(ForwardPass pass) {
    var tf = pass.ops().withSubScope("probabilities");
    return pass.model().outputs() == 1
        ? tf.math.sigmoid(pass.logits())
        : tf.nn.softmax(pass.logits());
  }

  /**
   * {@code attribution}, from {@code inputs} and {@code target} to {@code attribution} and {@code
   * logits}.
   *
   * @param pass a forward pass whose inputs are a placeholder
   * @param target the index of the logit to explain, a placeholder of shape {@code [batch]}
   * @param attribution the attribution of that logit to the inputs, of the shape of the inputs
   * @return the signature
   */
  public static SignatureSpec attribution(
      ForwardPass pass, Operand<TInt32> target, Operand<TFloat32> attribution) {
    return of(ATTRIBUTION)
        .withInput("inputs", pass.inputs())
        .withInput("target", target)
        .withOutput("attribution", attribution)
        .withOutput("logits", pass.logits());
  }

  /**
   * Adds an input.
   *
   * @param name the name
   * @param placeholder what is fed
   * @return the signature with it
   * @throws IllegalArgumentException if the operand is not a placeholder
   */
  public SignatureSpec withInput(String name, Operand<?> placeholder) {
    String type = placeholder.asOutput().op().type();
    checkArgument(
        type.equals("Placeholder"),
        "input '%s' of signature '%s' must be a placeholder, found %s (%s)",
        name,
        key,
        placeholder.asOutput().op().name(),
        type);
    return new SignatureSpec(key, with(inputs, name, placeholder), outputs);
  }

  /**
   * Adds an output.
   *
   * @param name the name
   * @param output what is computed
   * @return the signature with it
   */
  public SignatureSpec withOutput(String name, Operand<?> output) {
    return new SignatureSpec(key, inputs, with(outputs, name, output));
  }

  private static ImmutableMap<String, Operand<?>> with(
      ImmutableMap<String, Operand<?>> operands, String name, Operand<?> operand) {
    return ImmutableMap.<String, Operand<?>>builder()
        .putAll(operands)
        .put(name, operand)
        .buildOrThrow();
  }
}
