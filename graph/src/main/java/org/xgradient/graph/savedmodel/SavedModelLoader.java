package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.xgradient.data.DataException;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Finiteness;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.ModelInput;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.ParsedFeature;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.graphdef.Cut;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.GraphFunction;
import org.xgradient.graph.graphdef.TensorName;
import org.xgradient.graph.rows.RowIndependence;
import org.xgradient.graph.rows.RowIndependence.Mixed;
import org.xgradient.graph.rows.RowIndependence.NotFollowed;
import org.xgradient.graph.runtime.NativeTensorFlow;
import org.xgradient.graph.savedmodel.files.ModelFiles;
import org.xgradient.graph.savedmodel.files.ModelFormats;
import org.xgradient.graph.savedmodel.files.SavedModelFiles;
import org.xgradient.graph.savedmodel.parsing.BlankExamples;
import org.xgradient.graph.savedmodel.parsing.ExampleParser;
import org.xgradient.graph.savedmodel.variables.DeclaredVariables;
import org.xgradient.graph.savedmodel.variables.ImportedParameters;
import org.xgradient.graph.savedmodel.variables.LookupTables;
import org.xgradient.graph.savedmodel.variables.RefVariables;
import org.xgradient.graph.savedmodel.variables.SavedVariables;
import org.xgradient.graph.walk.Maxima;

/** Makes a model from a SavedModel. */
final class SavedModelLoader {

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

  /** What is known of the model before all is. */
  private record Imported(GraphSession session, Model model, boolean hasFixedInputs)
      implements BoundModel {}

  static LoadedModel load(Path directory, LoadOptions options) {
    NativeTensorFlow.require();
    try {
      ModelFormats.refusal(directory)
          .ifPresent(
              reason -> {
                throw new SavedModelException(reason);
              });
      ModelFiles files = ModelFiles.of(directory);
      MetaGraphDef meta = SavedModelFiles.graph(files, options.tags());
      ImportPlan plan = ImportPlan.of(meta, options);
      // Operations are added for each use of the model, many after the first run.
      boolean fusing = options.session().fusing() && !hasMaxima(plan.graph());
      GraphSession session = GraphSession.open(options.session().withFusing(fusing));
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

  private static boolean hasMaxima(GraphDef graph) {
    Map<String, NodeDef> nodes = GraphDefs.byName(graph.getNodeList());
    return nodes.values().stream()
        .filter(node -> Maxima.mayBeOne(node.getOp()))
        .anyMatch(
            node ->
                Maxima.isOne(
                    GraphDefs.attribute(node, "T").getType(),
                    GraphDefs.inputs(node).stream()
                        .map(input -> nodes.get(input.operation()))
                        .flatMap(Stream::ofNullable)
                        .map(NodeDef::getOp)));
  }

  private LoadedModel model() {
    Ops scope = session.ops().withSubScope("imported");
    GraphDef graph = RefVariables.toResources(plan.graph());
    ImmutableSet<String> inGraph = operations(graph);
    SavedVariables variables = SavedVariables.of(meta, graph);
    variables.addHandles(session);
    List<TensorName> fed =
        plan.inputs().keySet().stream().filter(inGraph::contains).map(TensorName::of).toList();
    GraphFunction function = GraphFunction.create(scope, graph, fed, outputs());
    variables.restore(files, scope, session, function);
    ImmutableMap<String, TensorProto> keys =
        LookupTables.fill(files, scope, session, graph, function, plan.tables());
    files.checkOthers();

    Cut cut = plan.cut();
    ImmutableList<ExampleParser> parsers = ExampleParser.of(graph);
    GivenInputs given =
        GivenInputs.create(
            scope.withSubScope("given"),
            plan.inputs(),
            Sets.union(cut.fixed(), cut.sources()),
            BlankExamples.of(parsers));
    ImmutableMap<String, InputValues> known = KnownKeys.of(graph, plan.inputs().keySet(), keys);
    ModelProbe probe = ModelProbe.of(session, function, plan, given, known);
    ImmutableMap<String, Parameter> variablesOfFloats =
        new ImportedParameters(scope, graph, ImmutableSet.copyOf(plan.inputs().keySet()), function)
            .wrap(DeclaredVariables.of(meta));
    Finiteness.checkParameters(session, variablesOfFloats.values().asList());
    ImmutableSet<String> behind = behind(graph);
    ImmutableList<Parameter> parameters =
        variablesOfFloats.entrySet().stream()
            .filter(variable -> behind.contains(variable.getKey()))
            .map(Map.Entry::getValue)
            .collect(ImmutableList.toImmutableList());
    Model model =
        new CutModel(
            session.ops(),
            function,
            cut,
            given,
            probe.shapes(),
            plan.logits(),
            probe.outputShape(),
            probe.fixedBatch(),
            parameters);
    ImmutableList<ExplainedPart> parts = parts(probe);
    ExplainedSource source =
        new ExplainedSource(
            session,
            scope.withSubScope("explained"),
            given,
            cut,
            probe.tensors(),
            parts,
            new TensorsOfOneSize(session, function, given, plan::behind, known));
    return new LoadedModel(
        session,
        model,
        inputs(),
        features(parsers),
        source,
        new WholeModel(session, given, probe.logits(), model.outputs(), probe.fixedBatch(), known),
        new ModelOutput(
            plan.signature().output(),
            probe.outputShape(),
            ModelOutput.Activation.of(plan.activation())),
        notes(probe, model, source.explained()));
  }

  /** What the logits need if the explained tensors are given. */
  private ImmutableSet<String> behind(GraphDef graph) {
    ImmutableSet<String> explained =
        plan.cut().parts().stream()
            .map(part -> part.tensor().toString())
            .collect(ImmutableSet.toImmutableSet());
    GraphDef.Builder cut = graph.toBuilder().clearNode();
    for (NodeDef node : graph.getNodeList()) {
      NodeDef.Builder copy = node.toBuilder().clearInput();
      GraphDefs.inputs(node).stream()
          .map(TensorName::toString)
          .filter(input -> !explained.contains(input))
          .forEach(copy::addInput);
      cut.addNode(copy);
    }
    return operations(GraphDefs.prune(cut.build(), List.of(plan.logits())));
  }

  /** Whatever may be asked for: the logits, and what is explained. */
  private ImmutableList<TensorName> outputs() {
    return ImmutableList.<TensorName>builder()
        .add(plan.logits())
        .addAll(plan.cut().parts().stream().map(Cut.Part::tensor).toList())
        .build();
  }

  private static ImmutableSet<String> operations(GraphDef graph) {
    return graph.getNodeList().stream()
        .map(NodeDef::getName)
        .collect(ImmutableSet.toImmutableSet());
  }

  private ImmutableListMultimap<String, ParsedFeature> features(List<ExampleParser> parsers) {
    ImmutableListMultimap.Builder<String, ParsedFeature> features = ImmutableListMultimap.builder();
    ExampleParser.features(parsers)
        .asMap()
        .forEach(
            (operation, of) -> {
              SignatureInput input = plan.inputs().get(operation);
              if (input != null) {
                features.putAll(input.name(), of);
              }
            });
    return features.build();
  }

  private ImmutableList<ExplainedPart> parts(ModelProbe probe) {
    ImmutableList.Builder<ExplainedPart> parts = ImmutableList.builder();
    int from = 0;
    for (int i = 0; i < probe.shapes().size(); i++) {
      Cut.Part part = plan.cut().parts().get(i);
      ImmutableIntArray shape = probe.shapes().get(i);
      parts.add(
          new ExplainedPart(
              part.tensor().toString(), part.inputs(), shape, from, part.why(), part.features()));
      from += Shapes.size(shape);
    }
    return parts.build();
  }

  private ImmutableList<ModelInput> inputs() {
    ImmutableList.Builder<ModelInput> inputs = ImmutableList.builder();
    for (SignatureInput input : plan.signature().inputs()) {
      ModelInput.Role role = role(input.name());
      inputs.add(
          new ModelInput(
              input.name(), input.kind(), input.shape().orElseGet(ImmutableIntArray::of), role));
    }
    return inputs.build();
  }

  private ModelInput.Role role(String name) {
    Cut cut = plan.cut();
    if (cut.parts().stream().anyMatch(p -> p.isInput() && p.inputs().contains(name))) {
      return ModelInput.Role.EXPLAINED;
    }
    if (cut.sources().contains(name)) {
      return ModelInput.Role.SOURCE;
    }
    return cut.fixed().contains(name) ? ModelInput.Role.FIXED : ModelInput.Role.UNUSED;
  }

  private ImmutableList<String> notes(ModelProbe probe, Model model, Operand<?> explained) {
    List<String> notes = new ArrayList<>(plan.notes());
    probe
        .fixedBatch()
        .ifPresent(
            batch ->
                notes.add(
                    "the model takes %s only"
                        .formatted(batch == 1 ? "one example at a time" : "batches of " + batch)));
    probe.failure().ifPresent(notes::add);
    BoundModel bound = new Imported(session, model, !plan.cut().fixed().isEmpty());
    RowIndependence rows = RowIndependence.ofImported(bound, explained);
    if (rows instanceof Mixed) {
      notes.add(
          "the rows of a batch know each other: what a row gives depends on those beside it, and no"
              + " row can be explained by itself"
              + plan.inputs().values().stream()
                  .flatMap(input -> input.wholeShape().stream())
                  .collect(Collectors.joining(" --input-shape "))
                  .transform(
                      whole ->
                          whole.isEmpty()
                              ? ""
                              : "; if the first axis of the signature counts no rows, but the"
                                  + " numbers of one example, give it: --input-shape "
                                  + whole));
    }
    if (rows instanceof NotFollowed unknown) {
      notes.add(
          "the rows of a batch may know each other: %s %s"
              .formatted(
                  unknown.findings().get(0).operation(), unknown.findings().get(0).reason()));
    }
    return ImmutableList.copyOf(notes);
  }
}
