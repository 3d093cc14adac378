package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.xgradient.data.DataException;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Finiteness;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.graphdef.Attributes;
import org.xgradient.graph.graphdef.GraphDefModel;
import org.xgradient.graph.graphdef.GraphFunction;
import org.xgradient.graph.graphdef.TensorName;
import org.xgradient.graph.rows.RowIndependence;
import org.xgradient.graph.rows.RowIndependence.Mixed;
import org.xgradient.graph.runtime.NativeTensorFlow;
import org.xgradient.graph.savedmodel.files.ModelFiles;
import org.xgradient.graph.savedmodel.files.SavedModelFiles;

/** Makes a model from a SavedModel. */
final class SavedModelLoader {

  private static final String ROWS = "one_logit_per_row";

  private final ModelFiles files;
  private final MetaGraphDef meta;
  private final ImportPlan plan;
  private final GraphSession session;

  private SavedModelLoader(
      ModelFiles files, MetaGraphDef meta, ImportPlan plan, GraphSession session) {
    this.files = files;
    this.meta = meta;
    this.plan = plan;
    this.session = session;
  }

  static LoadedModel load(Path directory, LoadOptions options) {
    NativeTensorFlow.require();
    try {
      ModelFiles files = ModelFiles.of(directory);
      MetaGraphDef meta = SavedModelFiles.graph(files);
      ImportPlan plan = ImportPlan.of(meta, options);
      GraphSession session = GraphSession.open(options.session());
      try {
        return new SavedModelLoader(files, meta, plan, session).model();
      } catch (RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (TensorFlowException
        | IllegalArgumentException
        | IllegalStateException
        | DataException e) {
      // TensorFlow's messages go over several lines.
      String reason = String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
      throw new SavedModelException("%s can't be used: %s".formatted(directory, reason), e);
    }
  }

  private LoadedModel model() {
    Ops scope = session.ops().withSubScope("imported");
    ModelSignature signature = plan.signature();
    GraphDef resources = RefVariables.toResources(plan.graph());
    GraphDef graph = signature.outputIsVector() ? withRows(resources, plan.logits()) : resources;
    TensorName logits = signature.outputIsVector() ? TensorName.of(ROWS) : plan.logits();
    SavedVariables variables = SavedVariables.of(meta, graph);
    variables.addHandles(session);
    GraphFunction function = GraphFunction.create(scope, graph, signature.input(), logits);
    variables.restore(files, scope, session, function);
    files.checkOthers();

    ModelProbe probe = ModelProbe.of(session, function, signature);
    ImmutableList<Parameter> parameters =
        new ImportedParameters(scope, graph, signature.input().operation(), function)
            .wrap(DeclaredVariables.of(meta));
    Finiteness.checkParameters(session, parameters);
    Model model =
        new GraphDefModel(
            session.ops(),
            function,
            signature.inputShape(),
            probe.outputs(),
            probe.fixedBatch(),
            parameters);
    return new LoadedModel(session, model, notes(probe, model));
  }

  private ImmutableList<String> notes(ModelProbe probe, Model model) {
    ImmutableList.Builder<String> notes = ImmutableList.builder();
    notes.addAll(plan.notes());
    probe
        .fixedBatch()
        .ifPresent(batch -> notes.add("the model takes batches of " + batch + " only"));
    if (RowIndependence.ofImported(BoundModel.of(session, model)) instanceof Mixed) {
      notes.add(
          "the rows of a batch know each other; predict gives what the model gives, but no row"
              + " can be explained by itself");
    }
    return notes.build();
  }

  /** Makes {@code [batch]} to {@code [batch, 1]}. */
  private static GraphDef withRows(GraphDef graph, TensorName vector) {
    NodeDef axis =
        NodeDef.newBuilder()
            .setName(ROWS + "/axis")
            .setOp("Const")
            .putAttr("dtype", Attributes.of(DataType.DT_INT32))
            .putAttr("value", Attributes.scalar(1))
            .build();
    NodeDef rows =
        NodeDef.newBuilder()
            .setName(ROWS)
            .setOp("ExpandDims")
            .addInput(vector.toString())
            .addInput(axis.getName())
            .putAttr("T", Attributes.of(DataType.DT_FLOAT))
            .putAttr("Tdim", Attributes.of(DataType.DT_INT32))
            .build();
    return graph.toBuilder().addNode(axis).addNode(rows).build();
  }
}
