package org.xgradient.graph.homogeneity;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.graphdef.GraphDefModel;
import org.xgradient.graph.graphdef.TensorName;
import org.xgradient.graph.homogeneity.AdditiveConstants.Additive;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;

/**
 * Makes a trained model homogeneous by leaving out every constant that it adds: biases, shifts, and
 * those of batch normalisation, of which a scale is left.
 *
 * <p>Another function comes out, and what was learned may suffer: look at the change reported. The
 * paper trained its networks without biases from the start (FAA, Sec. 4.1); training the stripped
 * model some more from the weights it has is the way between.
 */
public final class BiasRemoval {

  private BiasRemoval() {}

  /**
   * Removes the biases of a model.
   *
   * <p>A {@link NetworkModel} becomes one of {@link Network#withoutBiases()} with copies of the
   * other weights. Any other model is rewritten operation by operation; its variables are shared
   * with the original, so that training one trains the other.
   *
   * @param bound the model, whose variables have values and which is left as it is
   * @param data inputs on which to measure, of shape {@code [rows, ...]}, as many as fit in one run
   * @return the model without biases and the report
   * @throws NotHomogeneousException if something other than constants that are added stands in the
   *     way of homogeneity; the message names it
   * @throws IllegalArgumentException if the data has no rows or is of another shape than the inputs
   */
  public static StrippedModel strip(BoundModel bound, FloatArray data) {
    Model model = bound.model();
    checkArgument(
        !data.shape().isEmpty() && data.rows() > 0 && data.rowShape().equals(model.inputShape()),
        "data must be of shape [rows, ...] with rows of shape %s, found %s",
        model.inputShape(),
        data.shape());
    var shape = Shapes.batchOf(model.inputShape());
    var inputs = model.ops().placeholder(TFloat32.class, Placeholder.shape(shape));
    ForwardPass pass = model.forward(inputs);
    ImmutableList<Additive> additives = AdditiveConstants.of(pass);
    Model stripped =
        model instanceof NetworkModel network ? withoutBiases(network) : rewritten(pass, additives);
    ForwardPass after = stripped.forward(inputs);
    Homogeneity.of(after).orElseThrow();
    return report(bound.session(), pass, after, additives, data);
  }

  private static NetworkModel withoutBiases(NetworkModel model) {
    Network stripped = model.network().withoutBiases();
    Set<String> kept = new HashSet<>();
    stripped.parameters().forEach(parameter -> kept.add(parameter.name()));
    Map<String, FloatArray> weights = new HashMap<>();
    for (Parameter parameter : model.parameters()) {
      if (kept.contains(parameter.name())) {
        weights.put(parameter.name(), parameter.read(model.session()));
      }
    }
    return stripped.build(model.session(), weights);
  }

  /** Whatever took a sum now takes what is left of it. */
  private static Model rewritten(ForwardPass pass, ImmutableList<Additive> additives) {
    Map<String, String> replaced = new HashMap<>();
    for (Additive additive : additives) {
      replaced.put(name(additive.sum()).toString(), name(additive.without()).toString());
    }
    GraphDef graph = ((Graph) pass.ops().scope().env()).toGraphDef();
    GraphDef.Builder rewritten = graph.toBuilder().clearNode();
    for (NodeDef node : graph.getNodeList()) {
      NodeDef.Builder copy = node.toBuilder().clearInput();
      node.getInputList().forEach(input -> copy.addInput(replacement(replaced, input)));
      rewritten.addNode(copy);
    }
    TensorName logits =
        TensorName.parse(replacement(replaced, name(pass.logits().asOutput()).toString()));
    return GraphDefModel.rewritten(
        pass.model(), rewritten.build(), name(pass.inputs().asOutput()), logits);
  }

  /** What is left of a sum may itself be one. */
  private static String replacement(Map<String, String> replaced, String tensor) {
    String replacement = tensor;
    while (replaced.containsKey(replacement)) {
      replacement = replaced.get(replacement);
    }
    return replacement;
  }

  private static TensorName name(Output<?> output) {
    return new TensorName(output.op().name(), output.index());
  }

  private static StrippedModel report(
      GraphSession session,
      ForwardPass before,
      ForwardPass after,
      ImmutableList<Additive> additives,
      FloatArray data) {
    List<Operand<TFloat32>> fetches = new ArrayList<>(List.of(before.logits(), after.logits()));
    for (Additive additive : additives) {
      fetches.add(additive.constant());
      fetches.add(additive.activations());
    }
    // Copies, because nothing may be fetched twice, or both fed and fetched.
    List<Operand<TFloat32>> copies = new ArrayList<>();
    fetches.forEach(fetch -> copies.add(before.ops().identity(fetch)));
    List<FloatArray> values = session.run(Feeds.of(before.inputs(), data), copies, List.of());
    ImmutableList.Builder<StrippedModel.Removed> removed = ImmutableList.builder();
    for (int i = 0; i < additives.size(); i++) {
      Additive additive = additives.get(i);
      removed.add(
          new StrippedModel.Removed(
              additive.operation(),
              additive.origin(),
              LogitChange.size(values.get(2 + 2 * i)),
              LogitChange.size(values.get(3 + 2 * i))));
    }
    return new StrippedModel(
        session,
        after.model(),
        removed.build(),
        atZero(session, before, data.shape()),
        LogitChange.of(values.get(0), values.get(1)));
  }

  private static FloatArray atZero(
      GraphSession session, ForwardPass pass, ImmutableIntArray shape) {
    FloatArray zeros = FloatArray.zeros(shape.toArray());
    FloatArray logits =
        session.run(Feeds.of(pass.inputs(), zeros), pass.ops().identity(pass.logits()));
    return FloatArray.of(logits.rows(0, 1).values(), logits.rowShape().toArray());
  }
}
