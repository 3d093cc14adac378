package org.xgradient.graph.graphdef;

import com.google.common.collect.TreeMultimap;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * Names of operations that do not tell what else was in the graph: the number behind a scope counts
 * how often there was one of that name before. A training that was interrupted has another count,
 * and must end with the same bytes.
 */
public final class StableNames {

  private static final Pattern COUNTED = Pattern.compile("(.+)_([0-9]{1,9})");
  private static final String PLACE = "loc:@";

  private final Map<String, String> scopes = new HashMap<>();

  private StableNames(GraphDef graph, SaverDef saver) {
    Set<String> kept =
        new HashSet<>(
            List.of(
                scope(saver.getFilenameTensorName()),
                scope(saver.getSaveTensorName()),
                scope(saver.getRestoreOpName())));
    Set<String> all = new HashSet<>();
    for (NodeDef node : graph.getNodeList()) {
      all.add(scope(node.getName()));
      if (node.getOp().equals("VarHandleOp")) {
        // What the files of the values call it.
        kept.add(scope(node.getName()));
      }
    }
    TreeMultimap<String, Integer> counts = TreeMultimap.create();
    for (String scope : all) {
      Matcher counted = COUNTED.matcher(scope);
      if (!kept.contains(scope) && counted.matches()) {
        counts.put(counted.group(1), Integer.valueOf(counted.group(2)));
      } else {
        kept.add(scope);
      }
    }
    Set<String> taken = new HashSet<>(kept);
    for (String base : counts.keySet()) {
      int next = 0;
      for (int count : counts.get(base)) {
        String name = next == 0 ? base : base + "_" + next;
        while (!taken.add(name)) {
          next++;
          name = base + "_" + next;
        }
        next++;
        scopes.put(base + "_" + count, name);
      }
    }
  }

  /**
   * Gives the operations of a graph, and what its signatures name, such names.
   *
   * @param meta the graph
   * @return the same with other names
   */
  public static MetaGraphDef in(MetaGraphDef meta) {
    StableNames names = new StableNames(meta.getGraphDef(), meta.getSaverDef());
    MetaGraphDef.Builder stable = meta.toBuilder();
    GraphDef.Builder graph = stable.getGraphDefBuilder();
    for (int i = 0; i < graph.getNodeCount(); i++) {
      names.rename(graph.getNodeBuilder(i));
    }
    meta.getSignatureDefMap()
        .forEach((key, signature) -> stable.putSignatureDef(key, names.renamed(signature)));
    return stable.build();
  }

  private void rename(NodeDef.Builder node) {
    node.setName(renamed(node.getName()));
    for (int i = 0; i < node.getInputCount(); i++) {
      String input = node.getInput(i);
      boolean control = input.startsWith("^");
      node.setInput(i, control ? "^" + renamed(input.substring(1)) : renamed(input));
    }
    AttrValue places = node.getAttrMap().get("_class");
    if (places != null) {
      node.putAttr("_class", renamed(places));
    }
  }

  private AttrValue renamed(AttrValue places) {
    List<ByteString> renamed = new ArrayList<>();
    for (ByteString place : places.getList().getSList()) {
      String text = place.toStringUtf8();
      renamed.add(
          text.startsWith(PLACE)
              ? ByteString.copyFromUtf8(PLACE + renamed(text.substring(PLACE.length())))
              : place);
    }
    AttrValue.Builder changed = places.toBuilder();
    changed.getListBuilder().clearS().addAllS(renamed);
    return changed.build();
  }

  private SignatureDef renamed(SignatureDef signature) {
    SignatureDef.Builder changed = signature.toBuilder();
    signature.getInputsMap().forEach((key, input) -> changed.putInputs(key, renamed(input)));
    signature.getOutputsMap().forEach((key, output) -> changed.putOutputs(key, renamed(output)));
    return changed.build();
  }

  private TensorInfo renamed(TensorInfo tensor) {
    return tensor.toBuilder().setName(renamed(tensor.getName())).build();
  }

  /** Of an operation, or of one of its outputs. */
  private String renamed(String name) {
    String scope = scope(name);
    return scopes.getOrDefault(scope, scope) + name.substring(scope.length());
  }

  private static String scope(String name) {
    int end = 0;
    while (end < name.length() && name.charAt(end) != '/' && name.charAt(end) != ':') {
      end++;
    }
    return name.substring(0, end);
  }
}
