package org.xgradient.benchmarks.campaign.compare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.network.NetworkModel;

/** A network as a SavedModel with constants for weights, such as others write. */
final class WrittenNetwork {

  private final GivenForm form;

  /** The weights by the operations that read them. */
  private final Map<String, TensorProto> weights = new HashMap<>();

  private WrittenNetwork(GivenForm form) {
    this.form = form;
  }

  /**
   * Writes a model.
   *
   * @param task has the network and its weights
   * @param form the type of its numbers
   * @param folder where it is written
   */
  static void write(DrawnTask task, GivenForm form, Path folder) throws IOException {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = NetworkModel.create(task.network(), session);
      ForwardPass pass = ForwardPass.ofInference(model);
      WrittenNetwork written = new WrittenNetwork(form);
      for (int i = 0; i < model.parameters().size(); i++) {
        Parameter parameter = model.parameters().get(i);
        written.weights.put(
            parameter.value().op().name(),
            written.constant(parameter.shape().toArray(), task.weights().get(i)));
      }
      Files.write(
          folder.resolve("saved_model.pb"),
          SavedModel.newBuilder()
              .setSavedModelSchemaVersion(1)
              .addMetaGraphs(
                  written.metaGraph(((Graph) session.ops().scope().env()).toGraphDef(), pass))
              .build()
              .toByteArray());
    }
  }

  private MetaGraphDef metaGraph(GraphDef graph, ForwardPass pass) {
    GraphDef.Builder typed = graph.toBuilder().clearNode();
    graph.getNodeList().forEach(node -> typed.addNode(typed(node)));
    return MetaGraphDef.newBuilder()
        .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
        .setGraphDef(typed)
        .putSignatureDef(
            "serving_default",
            SignatureDef.newBuilder()
                .putInputs("x", info(pass.inputs().asOutput()))
                .putOutputs("logits", info(pass.logits().asOutput()))
                .setMethodName("tensorflow/serving/predict")
                .build())
        .build();
  }

  private TensorInfo info(Output<?> tensor) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : tensor.shape().asArray()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return TensorInfo.newBuilder()
        .setName(tensor.op().name() + ":" + tensor.index())
        .setDtype(form.type())
        .setTensorShape(shape)
        .build();
  }

  private NodeDef typed(NodeDef node) {
    TensorProto values = weights.get(node.getName());
    if (values != null) {
      return NodeDef.newBuilder()
          .setName(node.getName())
          .setOp("Const")
          .putAttr("dtype", AttrValue.newBuilder().setType(form.type()).build())
          .putAttr("value", AttrValue.newBuilder().setTensor(values).build())
          .build();
    }
    NodeDef.Builder typed = node.toBuilder();
    node.getAttrMap().forEach((name, value) -> typed.putAttr(name, typed(value)));
    return typed.build();
  }

  private AttrValue typed(AttrValue value) {
    return switch (value.getValueCase()) {
      case TYPE -> value.toBuilder().setType(typed(value.getType())).build();
      case TENSOR -> value.toBuilder().setTensor(typed(value.getTensor())).build();
      case LIST -> {
        AttrValue.ListValue.Builder list = value.getList().toBuilder().clearType();
        value.getList().getTypeList().forEach(type -> list.addType(typed(type)));
        yield value.toBuilder().setList(list).build();
      }
      default -> value;
    };
  }

  private DataType typed(DataType type) {
    return type == DataType.DT_FLOAT ? form.type() : type;
  }

  private TensorProto typed(TensorProto tensor) {
    if (tensor.getDtype() != DataType.DT_FLOAT) {
      return tensor;
    }
    TensorProto.Builder typed =
        TensorProto.newBuilder().setDtype(form.type()).setTensorShape(tensor.getTensorShape());
    tensor.getFloatValList().forEach(value -> form.add(typed, value));
    ByteBuffer content =
        tensor.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.nativeOrder());
    while (content.hasRemaining()) {
      form.add(typed, content.getFloat());
    }
    return typed.build();
  }

  private TensorProto constant(int[] shape, double[] values) {
    TensorShapeProto.Builder sizes = TensorShapeProto.newBuilder();
    for (int size : shape) {
      sizes.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    TensorProto.Builder constant =
        TensorProto.newBuilder().setDtype(form.type()).setTensorShape(sizes);
    for (double value : values) {
      form.add(constant, (float) value);
    }
    return constant.build();
  }
}
