package org.xgradient.benchmarks.campaign.damage;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Damages the graph of a SavedModel, so that the file itself stays sound. */
final class GraphDamage {

  private static final List<String> TYPES =
      List.of(
          "Relu",
          "MatMul",
          "Reshape",
          "Const",
          "Identity",
          "Conv2D",
          "ReadFile",
          "WriteFile",
          "PyFunc",
          "Abort",
          "NoOp",
          "Concat",
          "Placeholder",
          "VarHandleOp",
          "ReadVariableOp",
          "Switch",
          "While",
          "ImmutableConst",
          "BiasAdd",
          "Transpose",
          "Sum",
          "NoSuchOperation");

  private static final long[] SIZES = {-7, -1, 0, 3, 1 << 20, 1L << 31, 1L << 40, Long.MAX_VALUE};

  private final SplittableRandom random;

  GraphDamage(SplittableRandom random) {
    this.random = random;
  }

  byte[] damage(byte[] file) {
    try {
      SavedModel.Builder model = SavedModel.parseFrom(file).toBuilder();
      GraphDef.Builder graph = model.getMetaGraphsBuilder(0).getGraphDefBuilder();
      int times = 1 + random.nextInt(2);
      for (int i = 0; i < times; i++) {
        int at = random.nextInt(graph.getNodeCount());
        graph.setNode(at, damaged(graph.getNode(at), graph));
      }
      return model.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("a sample must be a whole SavedModel", e);
    }
  }

  private NodeDef damaged(NodeDef node, GraphDef.Builder graph) {
    NodeDef.Builder damaged = node.toBuilder();
    String other = graph.getNode(random.nextInt(graph.getNodeCount())).getName();
    switch (random.nextInt(8)) {
      case 0 -> damaged.setOp(TYPES.get(random.nextInt(TYPES.size())));
      case 1 -> damaged.addInput(other);
      case 2 -> removeInput(damaged);
      case 3 -> replaceInput(damaged, other);
      case 4 -> damaged.setName(other);
      default -> damageAttribute(damaged);
    }
    return damaged.build();
  }

  private void removeInput(NodeDef.Builder node) {
    List<String> inputs = new ArrayList<>(node.getInputList());
    if (!inputs.isEmpty()) {
      inputs.remove(random.nextInt(inputs.size()));
      node.clearInput().addAllInput(inputs);
    }
  }

  private void replaceInput(NodeDef.Builder node, String other) {
    if (node.getInputCount() > 0) {
      node.setInput(random.nextInt(node.getInputCount()), other + ":" + random.nextInt(3));
    }
  }

  private void damageAttribute(NodeDef.Builder node) {
    List<String> names = new ArrayList<>(node.getAttrMap().keySet());
    if (names.isEmpty()) {
      return;
    }
    names.sort(String::compareTo);
    String name = names.get(random.nextInt(names.size()));
    if (random.nextInt(8) == 0) {
      node.removeAttr(name);
    } else {
      node.putAttr(name, damaged(node.getAttrOrThrow(name)));
    }
  }

  private AttrValue damaged(AttrValue value) {
    AttrValue.Builder damaged = value.toBuilder();
    switch (value.getValueCase()) {
      case TENSOR -> damaged.setTensor(damaged(value.getTensor()));
      case SHAPE -> damaged.setShape(damaged(value.getShape()));
      case TYPE -> damaged.setTypeValue(random.nextInt(30));
      case I -> damaged.setI(SIZES[random.nextInt(SIZES.length)]);
      case B -> damaged.setB(!value.getB());
      case S -> damaged.setS(ByteString.copyFromUtf8("VALID?"));
      case LIST ->
          damaged.setList(value.getList().toBuilder().addI(SIZES[random.nextInt(SIZES.length)]));
      default -> damaged.setType(DataType.DT_STRING);
    }
    return damaged.build();
  }

  private TensorProto damaged(TensorProto tensor) {
    TensorProto.Builder damaged = tensor.toBuilder();
    switch (random.nextInt(4)) {
      case 0 -> damaged.setTensorShape(damaged(tensor.getTensorShape()));
      case 1 -> damaged.setDtypeValue(random.nextInt(30));
      case 2 ->
          damaged.setTensorContent(
              tensor.getTensorContent().substring(tensor.getTensorContent().size() / 2));
      default ->
          damaged.setTensorContent(
              ByteString.copyFrom(
                  new ByteDamage(random).damage(tensor.getTensorContent().toByteArray())));
    }
    return damaged.build();
  }

  private TensorShapeProto damaged(TensorShapeProto shape) {
    TensorShapeProto.Builder damaged = shape.toBuilder();
    long size = SIZES[random.nextInt(SIZES.length)];
    if (shape.getDimCount() == 0 || random.nextInt(4) == 0) {
      damaged.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    } else {
      damaged.getDimBuilder(random.nextInt(shape.getDimCount())).setSize(size);
    }
    return damaged.build();
  }
}
