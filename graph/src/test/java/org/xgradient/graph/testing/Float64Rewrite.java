package org.xgradient.graph.testing;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/** Turns the float32 operations of a graph into the same operations in float64. */
final class Float64Rewrite {

  private Float64Rewrite() {}

  /** {@return the graph with every type and every constant of float32 in float64 instead} */
  static GraphDef of(GraphDef graph) {
    GraphDef.Builder rewritten = graph.toBuilder().clearNode();
    for (NodeDef node : graph.getNodeList()) {
      NodeDef.Builder builder = node.toBuilder();
      node.getAttrMap().forEach((name, value) -> builder.putAttr(name, of(value)));
      rewritten.addNode(builder);
    }
    return rewritten.build();
  }

  private static AttrValue of(AttrValue value) {
    return switch (value.getValueCase()) {
      case TYPE -> value.toBuilder().setType(of(value.getType())).build();
      case TENSOR -> value.toBuilder().setTensor(of(value.getTensor())).build();
      case LIST -> {
        AttrValue.ListValue.Builder list = value.getList().toBuilder().clearType();
        value.getList().getTypeList().forEach(type -> list.addType(of(type)));
        yield value.toBuilder().setList(list).build();
      }
      default -> value;
    };
  }

  private static DataType of(DataType type) {
    return type == DataType.DT_FLOAT ? DataType.DT_DOUBLE : type;
  }

  private static TensorProto of(TensorProto tensor) {
    if (tensor.getDtype() != DataType.DT_FLOAT) {
      return tensor;
    }
    TensorProto.Builder rewritten =
        tensor.toBuilder().setDtype(DataType.DT_DOUBLE).clearFloatVal().clearTensorContent();
    tensor.getFloatValList().forEach(rewritten::addDoubleVal);
    ByteBuffer floats =
        tensor.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.nativeOrder());
    ByteBuffer doubles = ByteBuffer.allocate(2 * floats.remaining()).order(ByteOrder.nativeOrder());
    while (floats.hasRemaining()) {
      doubles.putDouble(floats.getFloat());
    }
    return rewritten.setTensorContent(ByteString.copyFrom(doubles.flip())).build();
  }
}
