package org.xgradient.graph.graphdef;

import com.google.protobuf.ByteString;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Attributes of operations in serialized graphs. */
public final class Attributes {

  private Attributes() {}

  public static AttrValue of(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  public static AttrValue of(String text) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(text)).build();
  }

  /** {@return the value of a constant that is one integer} */
  public static AttrValue scalar(int value) {
    return AttrValue.newBuilder()
        .setTensor(
            TensorProto.newBuilder()
                .setDtype(DataType.DT_INT32)
                .setTensorShape(TensorShapeProto.getDefaultInstance())
                .addIntVal(value))
        .build();
  }
}
