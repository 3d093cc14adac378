package org.xgradient.benchmarks.campaign.damage;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.SplittableRandom;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Adds to a SavedModel what does not belong to its outputs, of any operation that TensorFlow has:
 * nodes that others wait for, functions, signatures, init operations, further graphs, assets. A
 * reader that accepts the file must compute what it computed before, and run none of it.
 *
 * <p>Texts name a file in the working directory, which must not appear.
 */
final class GraphGrowth {

  /** What operations are told to write to. */
  private static final String CANARY = "canary";

  private static final ImmutableList<OpDef> OPERATIONS =
      ImmutableList.copyOf(TensorFlow.registeredOpList().getOpList());

  private static final List<String> INIT_KEYS =
      List.of("saved_model_main_op", "legacy_init_op", "saved_model_train_op", "table_initializer");

  private final SplittableRandom random;
  private int added;

  GraphGrowth(SplittableRandom random) {
    this.random = random;
  }

  byte[] grow(byte[] file) {
    try {
      SavedModel.Builder model = SavedModel.parseFrom(file).toBuilder();
      int times = 1 + random.nextInt(3);
      for (int i = 0; i < times; i++) {
        grow(model);
      }
      return model.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("a sample must be a whole SavedModel", e);
    }
  }

  private void grow(SavedModel.Builder model) {
    MetaGraphDef.Builder meta = model.getMetaGraphsBuilder(0);
    switch (random.nextInt(7)) {
      case 0 -> addNode(meta.getGraphDefBuilder());
      case 1 -> waitFor(meta.getGraphDefBuilder(), addNode(meta.getGraphDefBuilder()));
      case 2 -> addInit(meta);
      case 3 -> addCall(meta.getGraphDefBuilder());
      case 4 -> addSignature(meta);
      case 5 -> addGraph(model);
      default -> addAsset(meta);
    }
  }

  /** A node of any type, with inputs that it may not take, and with every attribute that it has. */
  private String addNode(GraphDef.Builder graph) {
    OpDef operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
    NodeDef.Builder node =
        NodeDef.newBuilder().setName("added_" + added++).setOp(operation.getName());
    for (int i = 0; i < operation.getInputArgCount(); i++) {
      node.addInput(
          operation.getInputArg(i).getType() == DataType.DT_STRING ? text(graph) : any(graph));
    }
    for (OpDef.AttrDef attribute : operation.getAttrList()) {
      node.putAttr(attribute.getName(), value(attribute));
    }
    graph.addNode(node);
    return node.getName();
  }

  private String any(GraphDef.Builder graph) {
    return graph.getNode(random.nextInt(graph.getNodeCount())).getName();
  }

  /** A constant that names the canary. */
  private String text(GraphDef.Builder graph) {
    String name = "added_" + added++;
    graph.addNode(
        NodeDef.newBuilder()
            .setName(name)
            .setOp("Const")
            .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_STRING).build())
            .putAttr(
                "value",
                AttrValue.newBuilder()
                    .setTensor(
                        TensorProto.newBuilder()
                            .setDtype(DataType.DT_STRING)
                            .setTensorShape(TensorShapeProto.getDefaultInstance())
                            .addStringVal(ByteString.copyFromUtf8(CANARY)))
                    .build()));
    return name;
  }

  private AttrValue value(OpDef.AttrDef attribute) {
    if (attribute.hasDefaultValue() && random.nextInt(4) > 0) {
      return attribute.getDefaultValue();
    }
    AttrValue.Builder value = AttrValue.newBuilder();
    return switch (attribute.getType()) {
      case "type" -> value.setType(DataType.DT_FLOAT).build();
      case "int" -> value.setI(1 + random.nextInt(3)).build();
      case "bool" -> value.setB(random.nextBoolean()).build();
      case "shape" -> value.setShape(TensorShapeProto.getDefaultInstance()).build();
      case "string" -> value.setS(ByteString.copyFromUtf8(output())).build();
      default -> attribute.getDefaultValue();
    };
  }

  /** PrintV2 takes a file as a stream of its own. */
  private String output() {
    return random.nextBoolean() ? "file://" + CANARY : CANARY;
  }

  private void waitFor(GraphDef.Builder graph, String node) {
    int at = random.nextInt(graph.getNodeCount());
    if (!graph.getNode(at).getName().equals(node)) {
      graph.getNodeBuilder(at).addInput("^" + node);
    }
  }

  private void addInit(MetaGraphDef.Builder meta) {
    String node = addNode(meta.getGraphDefBuilder());
    if (random.nextBoolean()) {
      meta.putCollectionDef(
          INIT_KEYS.get(random.nextInt(INIT_KEYS.size())),
          CollectionDef.newBuilder()
              .setNodeList(CollectionDef.NodeList.newBuilder().addValue(node))
              .build());
    } else {
      meta.putSignatureDef(
          "__saved_model_init_op",
          SignatureDef.newBuilder()
              .putOutputs(
                  "__saved_model_init_op", TensorInfo.newBuilder().setName(node + ":0").build())
              .build());
    }
  }

  /** A function whose body has any operation, and names other functions; and a call of it. */
  private void addCall(GraphDef.Builder graph) {
    String function = "function_" + added++;
    GraphDef.Builder body = GraphDef.newBuilder().addNode(graph.getNode(0));
    addNode(body);
    graph
        .getLibraryBuilder()
        .addFunction(
            FunctionDef.newBuilder()
                .setSignature(OpDef.newBuilder().setName(function))
                .addAllNodeDef(body.getNodeList())
                .putAttr(
                    "_next",
                    AttrValue.newBuilder()
                        .setFunc(NameAttrList.newBuilder().setName(function))
                        .build()));
    NodeDef.Builder call =
        NodeDef.newBuilder()
            .setName("added_" + added++)
            .setOp(random.nextBoolean() ? "StatefulPartitionedCall" : function)
            .putAttr(
                "f",
                AttrValue.newBuilder()
                    .setFunc(NameAttrList.newBuilder().setName(function))
                    .build());
    graph.addNode(call);
    if (random.nextBoolean()) {
      waitFor(graph, call.getName());
    }
  }

  private void addSignature(MetaGraphDef.Builder meta) {
    SignatureDef.Builder signature =
        meta.getSignatureDefMap().values().iterator().next().toBuilder();
    String node = addNode(meta.getGraphDefBuilder());
    signature.putOutputs("added", TensorInfo.newBuilder().setName(node + ":0").build());
    meta.putSignatureDef("added_" + added++, signature.build());
  }

  /** Another graph, with tags that are the same as a set, or others. */
  private void addGraph(SavedModel.Builder model) {
    MetaGraphDef.Builder meta = model.getMetaGraphs(0).toBuilder();
    addInit(meta);
    if (random.nextBoolean()) {
      meta.getMetaInfoDefBuilder().addTags(random.nextBoolean() ? "serve" : "train");
    }
    if (random.nextBoolean()) {
      model.addMetaGraphs(meta);
    } else {
      model.addMetaGraphs(0, meta);
    }
  }

  private void addAsset(MetaGraphDef.Builder meta) {
    String name = text(meta.getGraphDefBuilder());
    meta.addAssetFileDef(
        AssetFileDef.newBuilder()
            .setFilename(random.nextBoolean() ? "../" + CANARY : "/etc/passwd")
            .setTensorInfo(TensorInfo.newBuilder().setName(name + ":0")));
  }
}
