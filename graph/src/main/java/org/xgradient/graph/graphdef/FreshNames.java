package org.xgradient.graph.graphdef;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.NodeDef;

/** Names for operations that are added to a serialized graph. */
public final class FreshNames {

  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> copies = new HashMap<>();

  /**
   * Begins with the names that are taken.
   *
   * @param nodes the operations of the graph
   */
  public FreshNames(List<NodeDef> nodes) {
    nodes.forEach(node -> taken.add(node.getName()));
  }

  /**
   * Takes a name.
   *
   * @param wanted the name that is wanted
   * @return that name, with a number behind it if it is taken
   */
  public String take(String wanted) {
    String name = wanted;
    while (!taken.add(name)) {
      // Counted on for each name: a function may be called very often.
      name = wanted + "_" + copies.merge(wanted, 1, Integer::sum);
    }
    return name;
  }
}
