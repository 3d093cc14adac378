package org.xgradient.graph;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.xgradient.graph.FunctionInlining.Inlined;

/** Makes a model from a SavedModel. */
final class SavedModelLoader {

  private final MetaGraphDef meta;
  private final GraphSession session;
  private final LoadOptions options;
  private final ImmutableList.Builder<String> notes = ImmutableList.builder();

  private SavedModelLoader(MetaGraphDef meta, GraphSession session, LoadOptions options) {
    this.meta = meta;
    this.session = session;
    this.options = options;
  }

  static LoadedModel load(Path directory, LoadOptions options) {
    SavedModelFiles.check(directory);
    SavedModelBundle bundle = open(directory, options);
    GraphSession session = GraphSession.owning(bundle);
    try {
      return new SavedModelLoader(bundle.metaGraphDef(), session, options).model();
    } catch (SavedModelException e) {
      session.close();
      throw e;
    } catch (RuntimeException e) {
      session.close();
      throw new SavedModelException("%s can't be used: %s".formatted(directory, e.getMessage()), e);
    }
  }

  private static SavedModelBundle open(Path directory, LoadOptions options) {
    try {
      return SavedModelBundle.loader(directory.toString())
          .withTags(SavedModelBundle.DEFAULT_TAG)
          .withConfigProto(options.session().toProto())
          .load();
    } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
      throw new SavedModelException(
          "TensorFlow can't load %s: %s".formatted(directory, e.getMessage()), e);
    }
  }

  private LoadedModel model() {
    ModelSignature signature = ModelSignature.choose(meta, options);
    Inlined inlined = FunctionInlining.inline(meta.getGraphDef(), List.of(signature.output()));
    FinalActivation end = FinalActivation.strip(inlined.graph(), inlined.outputs().get(0));
    if (!end.note().isEmpty()) {
      notes.add(end.note());
    }
    String input = signature.input().operation();
    GraphDef flat = GraphDefs.prune(inlined.graph(), List.of(end.logits()));
    ImportGuard.check(flat, input);
    if (flat.getNodeList().stream().noneMatch(node -> node.getName().equals(input))) {
      throw new SavedModelException(
          "the output %s does not depend on the input %s"
              .formatted(signature.output(), signature.input()));
    }
    return model(signature, flat, end.logits());
  }

  private LoadedModel model(ModelSignature signature, GraphDef flat, TensorName logits) {
    Ops scope = session.ops().withSubScope("imported");
    GraphDef resources = RefVariables.toResources(flat);
    TensorName rows = signature.outputIsVector() ? TensorName.of(ROWS) : logits;
    GraphDef complete = signature.outputIsVector() ? withRows(resources, logits) : resources;
    GraphFunction function = GraphFunction.create(scope, complete, signature.input(), rows);
    RefVariables.copyValues(flat, function, session);

    ModelProbe probe = ModelProbe.of(session, function, signature);
    if (probe.fixedBatch().isPresent()) {
      notes.add("the model takes batches of " + probe.fixedBatch().getAsInt() + " only");
    }
    String input = signature.input().operation();
    ImmutableList<Parameter> parameters =
        new ImportedParameters(scope, complete, input, function).wrap(TrainableVariables.of(meta));
    Model model =
        new GraphDefModel(
            session.ops(), function, signature.inputShape(), probe.outputs(), parameters);
    return new LoadedModel(session, model, probe.fixedBatch(), notes.build());
  }

  private static final String ROWS = "one_logit_per_row";

  /** Makes {@code [batch]} to {@code [batch, 1]}. */
  private static GraphDef withRows(GraphDef graph, TensorName vector) {
    GraphDef.Builder rows = graph.toBuilder();
    NodeDef.Builder axis = rows.addNodeBuilder().setName(ROWS + "/axis").setOp("Const");
    axis.putAttr("dtype", Attributes.of(DataType.DT_INT32)).putAttr("value", Attributes.scalar(1));
    rows.addNodeBuilder()
        .setName(ROWS)
        .setOp("ExpandDims")
        .addInput(vector.toString())
        .addInput(ROWS + "/axis")
        .putAttr("T", Attributes.of(DataType.DT_FLOAT))
        .putAttr("Tdim", Attributes.of(DataType.DT_INT32));
    return rows.build();
  }
}
