package org.xgradient.graph.savedmodel.files;

import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.xgradient.data.DataException;

/** Refuses constants that claim more values than a file can mean. */
final class ConstantCheck {

  /** A constant may be one value repeated, so the file's size is no bound. */
  private static final long MAX_VALUES = 1L << 28;

  private ConstantCheck() {}

  /**
   * Checks all constants, those in functions included.
   *
   * @throws DataException if one is too large, or its bytes are not those of its shape
   */
  static void check(GraphDef graph) {
    graph.getNodeList().forEach(ConstantCheck::check);
    for (FunctionDef function : graph.getLibrary().getFunctionList()) {
      function.getNodeDefList().forEach(ConstantCheck::check);
    }
  }

  private static void check(NodeDef node) {
    for (AttrValue value : node.getAttrMap().values()) {
      if (value.hasTensor()) {
        check(node, value.getTensor());
      }
    }
  }

  private static void check(NodeDef node, TensorProto tensor) {
    long values = TensorSizes.values(tensor.getTensorShape());
    int bytes = tensor.getTensorContent().size();
    long size = TensorSizes.bytes(tensor.getDtype());
    boolean stored = bytes == 0 || size < 0 || bytes == values * size;
    if (values < 0 || values > MAX_VALUES || !stored) {
      throw new DataException(
          "the graph is damaged: %s (%s) claims a constant of shape %s with %s bytes"
              .formatted(
                  node.getName(),
                  node.getOp(),
                  tensor.getTensorShape().getDimList().stream()
                      .map(TensorShapeProto.Dim::getSize)
                      .toList(),
                  bytes));
    }
  }
}
