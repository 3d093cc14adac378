package org.xgradient.graph.savedmodel.files;

import com.google.common.collect.ImmutableSet;
import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.xgradient.data.DataException;

/**
 * Refuses a SavedModel whose operations reach outside of the process: a graph is a program, and
 * TensorFlow has operations that read and write files, call Python or end the process.
 *
 * <p>What saves a model may be in it, as exporters leave it there, but not in what is run when it
 * is loaded.
 */
final class OutsideAccess {

  private static final ImmutableSet<String> REFUSED =
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

  private static final ImmutableSet<String> SAVING =
      ImmutableSet.of("MergeV2Checkpoints", "Save", "SaveSlices", "SaveV2");

  private static final ImmutableSet<String> INITIALIZERS =
      ImmutableSet.of("saved_model_main_op", "legacy_init_op");

  private static final String INITIALIZER_SIGNATURE = "__saved_model_init_op";

  private final MetaGraphDef meta;
  private final Map<String, FunctionDef> functions = new HashMap<>();

  private OutsideAccess(MetaGraphDef meta) {
    this.meta = meta;
    meta.getGraphDef()
        .getLibrary()
        .getFunctionList()
        .forEach(function -> functions.put(function.getSignature().getName(), function));
  }

  /**
   * Checks all operations, those in functions included.
   *
   * @throws DataException if one reaches outside; the message names it
   */
  static void check(MetaGraphDef meta) {
    new OutsideAccess(meta).check();
  }

  private void check() {
    check(meta.getGraphDef().getNodeList(), REFUSED);
    functions.values().forEach(function -> check(function.getNodeDefList(), REFUSED));
    checkRunAtLoad();
  }

  private static void check(List<NodeDef> nodes, ImmutableSet<String> refused) {
    for (NodeDef node : nodes) {
      if (refused.contains(node.getOp())) {
        throw new DataException(
            "%s (%s) reaches outside of the model; export the model without it"
                .formatted(node.getName(), node.getOp()));
      }
    }
  }

  private void checkRunAtLoad() {
    Map<String, NodeDef> nodes = new HashMap<>();
    meta.getGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
    Deque<String> open = new ArrayDeque<>(runAtLoad());
    Set<String> seen = new HashSet<>();
    Set<String> called = new HashSet<>();
    while (!open.isEmpty()) {
      NodeDef node = nodes.get(operation(open.pop()));
      if (node != null && seen.add(node.getName())) {
        check(List.of(node), SAVING);
        checkCalled(node, called);
        open.addAll(node.getInputList());
      }
    }
  }

  /** What is saved may be called only by what is not run. */
  private void checkCalled(NodeDef caller, Set<String> called) {
    Deque<NodeDef> open = new ArrayDeque<>(List.of(caller));
    while (!open.isEmpty()) {
      for (String name : calls(open.pop())) {
        FunctionDef function = functions.get(name);
        if (function != null && called.add(name)) {
          check(function.getNodeDefList(), SAVING);
          open.addAll(function.getNodeDefList());
        }
      }
    }
  }

  private static Set<String> calls(NodeDef node) {
    Set<String> names = new HashSet<>(Set.of(node.getOp()));
    for (AttrValue value : node.getAttrMap().values()) {
      if (value.hasFunc()) {
        names.add(value.getFunc().getName());
      }
      value.getList().getFuncList().forEach(function -> names.add(function.getName()));
    }
    return names;
  }

  private Set<String> runAtLoad() {
    Set<String> names = new HashSet<>();
    names.add(meta.getSaverDef().getRestoreOpName());
    for (String key : INITIALIZERS) {
      CollectionDef collection =
          meta.getCollectionDefOrDefault(key, CollectionDef.getDefaultInstance());
      names.addAll(collection.getNodeList().getValueList());
      for (ByteString name : collection.getBytesList().getValueList()) {
        names.add(name.toStringUtf8());
      }
    }
    if (meta.containsSignatureDef(INITIALIZER_SIGNATURE)) {
      meta.getSignatureDefOrThrow(INITIALIZER_SIGNATURE)
          .getOutputsMap()
          .values()
          .forEach(output -> names.add(output.getName()));
    }
    return names;
  }

  /** {@code ^name} orders, and {@code name:1} is an output. */
  private static String operation(String input) {
    String name = input.startsWith("^") ? input.substring(1) : input;
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
