package org.xgradient.graph.savedmodel.files;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.xgradient.data.DataException;

/**
 * Refuses a SavedModel with operations that nobody puts into a model and that reach outside of the
 * process: they are signs that the file was tampered with, or is no model.
 *
 * <p>Safety does not rest on this list, which can't be complete: TensorFlow is given only the
 * operations that the logits need, and those must be known to be harmless.
 */
final class OutsideAccess {

  private static final ImmutableSet<String> SIGNS =
      ImmutableSet.of(
          "Abort",
          "CreateSummaryDbWriter",
          "CreateSummaryFileWriter",
          "DebugIdentity",
          "DebugIdentityV2",
          "DebugIdentityV3",
          "DebugNanCount",
          "DebugNumericSummary",
          "EagerPyFunc",
          "FixedLengthRecordReader",
          "FixedLengthRecordReaderV2",
          "ImmutableConst",
          "LoadAndRemapMatrix",
          "MatchingFiles",
          "PyFunc",
          "PyFuncStateless",
          "ReadFile",
          "RpcCall",
          "RpcClient",
          "TFRecordReader",
          "TFRecordReaderV2",
          "TextLineReader",
          "TextLineReaderV2",
          "WholeFileReader",
          "WholeFileReaderV2",
          "WriteFile");

  private OutsideAccess() {}

  /**
   * Looks at all operations, those in functions included.
   *
   * @throws DataException if one reaches outside; the message names it
   */
  static void check(GraphDef graph) {
    check(graph.getNodeList());
    graph.getLibrary().getFunctionList().forEach(function -> check(function.getNodeDefList()));
  }

  private static void check(List<NodeDef> nodes) {
    for (NodeDef node : nodes) {
      if (SIGNS.contains(node.getOp())) {
        throw new DataException(
            "%s (%s) reaches outside of the model; export the model without it"
                .formatted(node.getName(), node.getOp()));
      }
    }
  }
}
