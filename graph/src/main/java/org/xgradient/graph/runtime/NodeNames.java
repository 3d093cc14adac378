package org.xgradient.graph.runtime;

import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.op.Scope;

/**
 * Names of operations under a prefix, each given once: {@code x}, {@code x_1}, {@code x_2}. The
 * digits are those that TensorFlow allows in names, whatever the default locale is.
 */
final class NodeNames {

  private final Graph graph;
  private final String prefix;
  private final Map<String, Integer> next = new HashMap<>();

  /**
   * Names in a graph.
   *
   * @param graph the graph, borrowed; what it has is not given again
   * @param prefix what they begin with, empty or with a slash at its end
   */
  NodeNames(Graph graph, String prefix) {
    this.graph = graph;
    this.prefix = prefix;
  }

  /**
   * A name that no operation has.
   *
   * @param wanted the name, without the prefix
   * @return the prefix and the name, with a number behind it if it is given already
   * @throws IllegalArgumentException if no operation can be named so
   */
  String unique(String wanted) {
    String name = prefix + checked(wanted);
    int number = next.getOrDefault(name, 0);
    String found = numbered(name, number);
    while (graph.operation(found) != null) {
      found = numbered(name, ++number);
    }
    next.put(name, number + 1);
    return found;
  }

  /** {@return the names under a name of their own} */
  NodeNames within(String name) {
    return new NodeNames(graph, unique(name) + "/");
  }

  /** {@return a name that can be one of an operation} */
  static String checked(String name) {
    if (!Scope.isValidOpName(name)) {
      throw new IllegalArgumentException(
          "a name of an operation must have letters a to z, digits 0 to 9 and . _ - and begin with"
              + " none of the last two, found '%s'; rename it".formatted(name));
    }
    return name;
  }

  private static String numbered(String name, int number) {
    return number == 0 ? name : name + "_" + number;
  }
}
