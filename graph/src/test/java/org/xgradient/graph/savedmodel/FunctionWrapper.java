package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.xgradient.data.ChecksumManifest;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.OpDefs;
import org.xgradient.graph.graphdef.OpDefs.Argument;
import org.xgradient.graph.graphdef.TensorName;

/**
 * Rewrites an exported SavedModel into what Python's exporters write: the signature calls a
 * function, which takes the variables and calls another function that computes.
 */
final class FunctionWrapper {

  private final MetaGraphDef.Builder meta;
  private final List<TensorName> arguments = new ArrayList<>();
  private final List<DataType> types = new ArrayList<>();

  private FunctionWrapper(MetaGraphDef.Builder meta) {
    this.meta = meta;
  }

  /** Moves the model behind two calls. */
  static void wrap(Path directory) throws IOException {
    edit(
        directory,
        meta -> {
          new FunctionWrapper(meta).wrap();
          return meta;
        });
  }

  /** Changes a SavedModel, and forgets its checksums, as another exporter would. */
  static void edit(Path directory, UnaryOperator<MetaGraphDef.Builder> edit) throws IOException {
    Path file = directory.resolve("saved_model.pb");
    SavedModel.Builder model;
    try (InputStream in = Files.newInputStream(file)) {
      model = SavedModel.parseFrom(in).toBuilder();
    }
    model.setMetaGraphs(0, edit.apply(model.getMetaGraphs(0).toBuilder()));
    Files.write(file, model.build().toByteArray());
    Files.deleteIfExists(directory.resolve(ChecksumManifest.FILE));
  }

  private void wrap() {
    SignatureDef signature = meta.getSignatureDefOrThrow(SignatureSpec.SERVING);
    TensorInfo input = signature.getInputsMap().values().iterator().next();
    Map.Entry<String, TensorInfo> output = signature.getOutputsMap().entrySet().iterator().next();
    TensorName result = TensorName.parse(output.getValue().getName());
    GraphDef needed = GraphDefs.prune(meta.getGraphDef(), List.of(result));
    arguments.add(TensorName.parse(input.getName()));
    types.add(DataType.DT_FLOAT);
    List<NodeDef> body = new ArrayList<>();
    for (NodeDef node : needed.getNodeList()) {
      if (node.getOp().equals("VarHandleOp")) {
        arguments.add(TensorName.of(node.getName()));
        types.add(DataType.DT_RESOURCE);
      } else if (!node.getName().equals(arguments.get(0).operation())) {
        body.add(node);
      }
    }
    GraphDef.Builder graph = meta.getGraphDefBuilder();
    graph.getLibraryBuilder().addFunction(computing(body, result)).addFunction(calling());
    graph.addNode(
        call("serving_call", "outer", arguments.stream().map(TensorName::toString).toList()));
    TensorInfo called = output.getValue().toBuilder().setName("serving_call:0").build();
    meta.putSignatureDef(
        SignatureSpec.SERVING, signature.toBuilder().putOutputs(output.getKey(), called).build());
  }

  private FunctionDef computing(List<NodeDef> body, TensorName result) {
    Map<TensorName, String> references = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      references.put(arguments.get(i), "arg_" + i);
    }
    for (NodeDef node : body) {
      int output = 0;
      for (Argument argument : OpDefs.outputs(node)) {
        for (int i = 0; i < argument.size(); i++) {
          references.put(
              new TensorName(node.getName(), output++),
              node.getName() + ":" + argument.name() + ":" + i);
        }
      }
    }
    FunctionDef.Builder function = function("inner");
    for (NodeDef node : body) {
      NodeDef.Builder inner = node.toBuilder().clearInput();
      GraphDefs.inputs(node).forEach(input -> inner.addInput(references.get(input)));
      function.addNodeDef(inner);
    }
    return function.putRet("result", references.get(result)).build();
  }

  private FunctionDef calling() {
    List<String> passed = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      passed.add("arg_" + i);
    }
    return function("outer")
        .addNodeDef(call("call", "inner", passed))
        .putRet("result", "call:output:0")
        .build();
  }

  private FunctionDef.Builder function(String name) {
    FunctionDef.Builder function = FunctionDef.newBuilder();
    function.getSignatureBuilder().setName(name).setIsStateful(true);
    for (int i = 0; i < types.size(); i++) {
      function.getSignatureBuilder().addInputArgBuilder().setName("arg_" + i).setType(types.get(i));
    }
    function
        .getSignatureBuilder()
        .addOutputArgBuilder()
        .setName("result")
        .setType(DataType.DT_FLOAT);
    return function;
  }

  private NodeDef call(String name, String function, List<String> inputs) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("StatefulPartitionedCall")
        .addAllInput(inputs)
        .putAttr("Tin", types(types))
        .putAttr("Tout", types(ImmutableList.of(DataType.DT_FLOAT)))
        .putAttr(
            "f",
            AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(function)).build())
        .build();
  }

  private static AttrValue types(List<DataType> types) {
    return AttrValue.newBuilder()
        .setList(AttrValue.ListValue.newBuilder().addAllType(types))
        .build();
  }
}
