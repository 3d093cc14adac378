package org.xgradient.training.model;

import com.google.common.collect.ImmutableList;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Model;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.Target;
import org.xgradient.graph.savedmodel.SignatureSpec;

/**
 * The signatures of a model of texts: they take the numbers of words as integers, and attribute to
 * each word one number, the sum over its embedding.
 */
final class TokenSignatures {

  private TokenSignatures() {}

  static ImmutableList<SignatureSpec> of(ModelExport export) {
    Model model = export.bound().model();
    Ops tf = model.ops().withSubScope("signature");
    var tokens =
        tf.withName("tokens")
            .placeholder(TInt32.class, Placeholder.shape(Shapes.batchOf(model.inputShape())));
    var target =
        tf.withName("target")
            .placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    ForwardPass pass = model.forward(tf.dtypes.cast(tokens, TFloat32.class));
    var attribution = export.method().attribute(pass, Target.label(target));
    return ImmutableList.of(
        serving(export, pass, tokens),
        export.withGap(
            SignatureSpec.of(SignatureSpec.ATTRIBUTION)
                .withInput("tokens", tokens)
                .withInput("target", target)
                .withOutput("attribution", tf.reduceSum(attribution, tf.constant(2)))
                .withOutput("logits", pass.logits()),
            pass,
            target,
            attribution));
  }

  private static SignatureSpec serving(
      ModelExport export, ForwardPass pass, Operand<TInt32> tokens) {
    SignatureSpec serving =
        SignatureSpec.of(SignatureSpec.SERVING)
            .withInput("tokens", tokens)
            .withOutput("logits", pass.logits());
    return export.probabilities()
        ? serving.withOutput("probabilities", SignatureSpec.probabilities(pass))
        : serving;
  }
}
