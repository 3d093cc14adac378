package org.xgradient.training.model;

import com.google.common.collect.ImmutableList;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GivenValues;
import org.xgradient.graph.Target;
import org.xgradient.graph.savedmodel.SignatureSpec;

/**
 * The signatures of a model whose explained values are computed from what is given: they take what
 * is given, and attribute to the explained values.
 */
final class GivenSignatures {

  private GivenSignatures() {}

  static ImmutableList<SignatureSpec> of(ModelExport export, GivenValues given) {
    Ops tf = export.bound().model().ops().withSubScope("signature");
    var target =
        tf.withName("target")
            .placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    Operand<TFloat32> explained = tf.identity(given.explained());
    ForwardPass pass = export.bound().model().forward(explained);
    var attribution = export.method().attribute(pass, Target.label(target));
    SignatureSpec serving =
        inputs(SignatureSpec.SERVING, given).withOutput("logits", pass.logits());
    String name = given.placeholders().containsKey("target") ? "explained_target" : "target";
    return ImmutableList.of(
        export.probabilities()
            ? serving.withOutput("probabilities", SignatureSpec.probabilities(pass))
            : serving,
        export.withGap(
            inputs(SignatureSpec.ATTRIBUTION, given)
                .withInput(name, target)
                .withOutput("explained", explained)
                .withOutput("attribution", attribution)
                .withOutput("logits", pass.logits()),
            pass,
            target,
            attribution));
  }

  private static SignatureSpec inputs(String key, GivenValues given) {
    SignatureSpec signature = SignatureSpec.of(key);
    for (var input : given.placeholders().entrySet()) {
      signature = signature.withInput(input.getKey(), input.getValue());
    }
    return signature;
  }
}
