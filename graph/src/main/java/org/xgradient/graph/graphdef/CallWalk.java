package org.xgradient.graph.graphdef;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.xgradient.data.DataException;

/**
 * Looks at the operations that would run at load, in the graph and in the whole bodies of the
 * functions that these call, and runs none.
 */
final class CallWalk {

  private static final int MAX_DEPTH = 64;
  private static final int MAX_OPERATIONS = 1_000_000;

  private final Map<String, FunctionDef> functions = new HashMap<>();
  private final MetaGraphDef meta;
  private final BiConsumer<NodeDef, Frame> visitor;
  private int operations;

  private CallWalk(MetaGraphDef meta, BiConsumer<NodeDef, Frame> visitor) {
    this.meta = meta;
    this.visitor = visitor;
    meta.getGraphDef()
        .getLibrary()
        .getFunctionList()
        .forEach(function -> functions.put(function.getSignature().getName(), function));
  }

  /** A graph or the body of one call, and what was passed to it. */
  record Frame(int depth, Map<String, NodeDef> nodes, Map<String, Place> passed) {}

  /** A tensor of a frame. */
  record Place(Frame frame, TensorName tensor) {

    /** {@return the operation that gives it; nothing if there is none} */
    @Nullable NodeDef node() {
      return frame.nodes().get(tensor.operation());
    }

    /**
     * Where a tensor comes from, through arguments of calls and operations that pass it on; what a
     * call gives is not followed into its function.
     */
    Place origin() {
      Place place = this;
      Set<Place> seen = new HashSet<>();
      while (seen.size() <= MAX_DEPTH) {
        NodeDef node = place.node();
        Place before = null;
        if (node != null && node.getOp().equals(FunctionBody.PARAMETER)) {
          before = place.frame().passed().get(node.getName());
        } else if (node != null && node.getOp().equals("Identity") && node.getInputCount() > 0) {
          before = new Place(place.frame(), GraphDefs.inputs(node).get(0));
        }
        if (before == null || !seen.add(before)) {
          return place;
        }
        place = before;
      }
      return place;
    }

    /** {@return the value of a constant; empty if it is none} */
    Optional<TensorProto> constant() {
      NodeDef node = origin().node();
      return node != null && node.getOp().equals("Const")
          ? Optional.of(GraphDefs.attribute(node, "value").getTensor())
          : Optional.empty();
    }
  }

  /**
   * Looks at what some operations need, those included that they wait for.
   *
   * @param meta the SavedModel
   * @param roots the names of the operations
   * @param visitor is shown each operation and where it is
   * @throws DataException if the operations are damaged, too many, or functions call themselves
   */
  static void walk(
      MetaGraphDef meta, Collection<String> roots, BiConsumer<NodeDef, Frame> visitor) {
    new CallWalk(meta, visitor).walk(roots);
  }

  private void walk(Collection<String> roots) {
    Frame top = new Frame(0, GraphDefs.byName(meta.getGraphDef().getNodeList()), Map.of());
    Deque<String> open = new ArrayDeque<>();
    roots.forEach(root -> open.push(operation(root)));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      NodeDef node = top.nodes().get(open.pop());
      if (node != null && seen.add(node.getName())) {
        look(node, top);
        node.getInputList().forEach(input -> open.push(operation(input)));
      }
    }
  }

  private static String operation(String input) {
    return TensorName.parse(TensorName.isControl(input) ? input.substring(1) : input).operation();
  }

  private void look(NodeDef node, Frame frame) {
    operations++;
    if (operations > MAX_OPERATIONS) {
      throw new DataException(
          "loading would run more than "
              + MAX_OPERATIONS
              + " operations, those of functions counted for each call");
    }
    FunctionDef function = functions.get(FunctionInlining.callee(node));
    if (function != null) {
      call(node, function, frame);
    } else {
      visitor.accept(node, frame);
    }
  }

  private void call(NodeDef call, FunctionDef function, Frame caller) {
    if (caller.depth() >= MAX_DEPTH) {
      throw new DataException(
          "%s is a call more than %s calls deep".formatted(call.getName(), MAX_DEPTH));
    }
    List<TensorName> inputs = GraphDefs.inputs(call);
    Map<String, Place> passed = new HashMap<>();
    int parameters = Math.min(inputs.size(), function.getSignature().getInputArgCount());
    for (int i = 0; i < parameters; i++) {
      passed.put(
          function.getSignature().getInputArg(i).getName(), new Place(caller, inputs.get(i)));
    }
    FunctionBody body = FunctionBody.of(function, FunctionInlining.bindings(call), functions);
    Frame frame = new Frame(caller.depth() + 1, GraphDefs.byName(body.nodes()), passed);
    body.nodes().forEach(node -> look(node, frame));
  }
}
