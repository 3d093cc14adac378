package org.xgradient.training.model;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Model;
import org.xgradient.graph.ModelInput;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.Target;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.graph.savedmodel.SignatureSpec;

/**
 * A model to be written, with what its SavedModel can be asked for: {@code serving_default}, and
 * {@code attribution} of the logit that the caller names.
 *
 * <p>Both take what the model is given; where the explained values are computed from that ({@link
 * BoundModel#given}), {@code attribution} gives them beside what is attributed to them.
 *
 * @param bound the model
 * @param method the method of the {@code attribution} signature
 * @param probabilities whether {@code serving_default} gives probabilities beside the logits
 */
public record ModelExport(BoundModel bound, AttributionMethod method, boolean probabilities) {

  /**
   * Writes a plain SavedModel, whole or not at all; an earlier one is replaced, anything else is
   * not.
   *
   * @param directory the directory
   * @throws IOException if the files can't be written, or the directory holds something else
   * @throws IllegalArgumentException if the method does not apply to the model
   */
  public void write(Path directory) throws IOException {
    SavedModels.write(directory, bound.session(), signatures());
  }

  /**
   * Adds the signatures to the graph.
   *
   * @throws IllegalArgumentException if the method does not apply to the model
   */
  ImmutableList<SignatureSpec> signatures() {
    if (bound.given().isPresent()) {
      return GivenSignatures.of(this, bound.given().get());
    }
    if (bound.inputs().get(0).role() == ModelInput.Role.SOURCE) {
      return TokenSignatures.of(this);
    }
    Model model = bound.model();
    Ops tf = model.ops().withSubScope("signature");
    var inputs =
        tf.withName("inputs")
            .placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(model.inputShape())));
    var target =
        tf.withName("target")
            .placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    ForwardPass pass = model.forward(inputs);
    var attribution = method.attribute(pass, Target.label(target));
    return ImmutableList.of(
        probabilities ? SignatureSpec.servingProbabilities(pass) : SignatureSpec.serving(pass),
        withGap(SignatureSpec.attribution(pass, target, attribution), pass, target, attribution));
  }

  /** The same with how far attributions are from adding up, if they shall. */
  SignatureSpec withGap(
      SignatureSpec signature,
      ForwardPass pass,
      Operand<TInt32> target,
      Operand<TFloat32> attribution) {
    return CompletenessGap.of(pass, Target.label(target), method, attribution)
        .map(gap -> signature.withOutput("completeness_gap", gap))
        .orElse(signature);
  }
}
