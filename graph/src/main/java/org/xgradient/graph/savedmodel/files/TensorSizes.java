package org.xgradient.graph.savedmodel.files;

import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;

/** How much room tensors take. */
final class TensorSizes {

  private TensorSizes() {}

  /** {@return the number of values, or -1 if the shape is not one, or of more than a long says} */
  static long values(TensorShapeProto shape) {
    long values = 1;
    boolean overflow = shape.getUnknownRank();
    for (TensorShapeProto.Dim dimension : shape.getDimList()) {
      long size = dimension.getSize();
      overflow |= size < 0 || Math.multiplyHigh(values, size) != 0;
      values *= size;
      overflow |= values < 0;
    }
    return overflow ? -1 : values;
  }

  /** {@return the bytes of one value, or -1 if values differ in size} */
  static long bytes(DataType type) {
    return switch (type) {
      case DT_BOOL, DT_INT8, DT_UINT8, DT_QINT8, DT_QUINT8 -> 1;
      case DT_HALF, DT_BFLOAT16, DT_INT16, DT_UINT16, DT_QINT16, DT_QUINT16 -> 2;
      case DT_FLOAT, DT_INT32, DT_UINT32, DT_QINT32 -> 4;
      case DT_DOUBLE, DT_INT64, DT_UINT64, DT_COMPLEX64 -> 8;
      case DT_COMPLEX128 -> 16;
      default -> -1;
    };
  }
}
