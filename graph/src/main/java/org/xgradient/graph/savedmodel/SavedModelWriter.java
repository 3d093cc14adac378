package org.xgradient.graph.savedmodel;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.xgradient.data.AtomicFiles;
import org.xgradient.data.ChecksumManifest;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.StableNames;
import org.xgradient.graph.graphdef.TensorName;
import org.xgradient.graph.savedmodel.files.SavedModelFiles;
import org.xgradient.graph.savedmodel.variables.RefVariables;
import org.xgradient.graph.savedmodel.variables.TableFillers;
import org.xgradient.graph.savedmodel.variables.VariableFiles;

/**
 * Writes a SavedModel: the part of a graph that signatures need, and the values of its variables.
 */
final class SavedModelWriter {

  private final GraphSession session;
  private final ImmutableList<SignatureSpec> signatures;

  SavedModelWriter(GraphSession session, ImmutableList<SignatureSpec> signatures) {
    this.session = session;
    this.signatures = signatures;
    checkArgument(!signatures.isEmpty(), "there must be a signature to export");
    Set<String> keys = new HashSet<>();
    for (SignatureSpec signature : signatures) {
      checkArgument(keys.add(signature.key()), "two signatures have the key '%s'", signature.key());
      checkArgument(
          !signature.outputs().isEmpty(), "signature '%s' has no output", signature.key());
    }
  }

  void write(Path directory) throws IOException {
    GraphDef whole = ((Graph) session.ops().scope().env()).toGraphDef();
    signatures.forEach(signature -> checkFed(signature, whole));
    ImmutableList<TensorName> fillers = TableFillers.of(whole, GraphDefs.prune(whole, needed()));
    GraphDef pruned =
        withoutUnusedLibrary(
            GraphDefs.prune(
                whole,
                ImmutableSet.<TensorName>builder().addAll(needed()).addAll(fillers).build()));
    try (Graph exported = new Graph()) {
      exported.importGraphDef(pruned);
      ImmutableList<String> variables = variables(pruned);
      MetaGraphDef.Builder meta = MetaGraphDef.newBuilder();
      meta.getMetaInfoDefBuilder().addTags("serve").setTensorflowVersion(TensorFlow.version());
      if (!variables.isEmpty()) {
        meta.setSaverDef(VariableFiles.addSaver(exported, variables));
      }
      meta.setGraphDef(exported.toGraphDef());
      signatures.forEach(signature -> meta.putSignatureDef(signature.key(), toProto(signature)));
      TableFillers.addTo(meta, fillers);
      SavedModel model =
          SavedModel.newBuilder()
              .setSavedModelSchemaVersion(1)
              .addMetaGraphs(StableNames.in(meta.build()))
              .build();
      AtomicFiles.writeDirectory(
          directory, SavedModelFiles.GRAPH_FILE, beside -> write(model, variables, beside));
    }
  }

  private void write(SavedModel model, List<String> variables, Path directory) throws IOException {
    try (OutputStream out = Files.newOutputStream(directory.resolve(SavedModelFiles.GRAPH_FILE))) {
      CodedOutputStream coded = CodedOutputStream.newInstance(out);
      // Maps in a fixed order: the same model gives the same bytes.
      coded.useDeterministicSerialization();
      model.writeTo(coded);
      coded.flush();
    }
    if (!variables.isEmpty()) {
      Path prefix = directory.resolve(SavedModelFiles.VARIABLES);
      Files.createDirectory(directory.resolve(SavedModelFiles.VARIABLES).getParent());
      try {
        VariableFiles.save(session, variables, prefix);
      } catch (TensorFlowException e) {
        throw new IllegalStateException("the variables can't be saved: " + e.getMessage(), e);
      }
    }
    ChecksumManifest.write(directory);
  }

  private ImmutableSet<TensorName> needed() {
    ImmutableSet.Builder<TensorName> needed = ImmutableSet.builder();
    for (SignatureSpec signature : signatures) {
      signature.inputs().values().forEach(input -> needed.add(name(input)));
      signature.outputs().values().forEach(output -> needed.add(name(output)));
    }
    return needed.build();
  }

  /** Every placeholder that an output needs must be an input of the signature. */
  private static void checkFed(SignatureSpec signature, GraphDef whole) {
    Set<String> fed = new HashSet<>();
    signature.inputs().values().forEach(input -> fed.add(name(input).operation()));
    List<TensorName> outputs =
        signature.outputs().values().stream().map(SavedModelWriter::name).toList();
    for (NodeDef node : GraphDefs.prune(whole, outputs).getNodeList()) {
      checkArgument(
          !node.getOp().equals("Placeholder") || fed.contains(node.getName()),
          "the outputs of signature '%s' depend on the placeholder '%s', which must be an input",
          signature.key(),
          node.getName());
    }
  }

  private static ImmutableList<String> variables(GraphDef graph) {
    Set<String> variables = new LinkedHashSet<>();
    for (NodeDef node : graph.getNodeList()) {
      checkArgument(
          !RefVariables.isRefVariable(node),
          "%s (%s) is a variable of a kind that is out of use; load its model with SavedModels",
          node.getName(),
          node.getOp());
      if (node.getOp().equals("VarHandleOp")) {
        variables.add(node.getName());
      }
    }
    return ImmutableList.copyOf(variables);
  }

  private static GraphDef withoutUnusedLibrary(GraphDef graph) {
    boolean calls =
        graph.getNodeList().stream()
            .flatMap(node -> node.getAttrMap().values().stream())
            .anyMatch(value -> value.hasFunc() || value.getList().getFuncCount() > 0);
    return calls ? graph : graph.toBuilder().clearLibrary().build();
  }

  private static TensorName name(Operand<?> operand) {
    return new TensorName(operand.asOutput().op().name(), operand.asOutput().index());
  }

  private static SignatureDef toProto(SignatureSpec signature) {
    SignatureDef.Builder proto =
        SignatureDef.newBuilder().setMethodName("tensorflow/serving/predict");
    signature.inputs().forEach((name, input) -> proto.putInputs(name, toProto(input)));
    signature.outputs().forEach((name, output) -> proto.putOutputs(name, toProto(output)));
    return proto.build();
  }

  private static TensorInfo toProto(Operand<?> operand) {
    var output = operand.asOutput();
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    Shape known = output.shape();
    if (known.isUnknown()) {
      shape.setUnknownRank(true);
    } else {
      for (long size : known.asArray()) {
        shape.addDimBuilder().setSize(size);
      }
    }
    return TensorInfo.newBuilder()
        .setName(output.op().name() + ":" + output.index())
        .setDtype(output.dataType())
        .setTensorShape(shape)
        .build();
  }
}
