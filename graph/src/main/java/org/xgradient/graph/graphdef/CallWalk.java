package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableList;
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
  private final Map<Call, ImmutableList<Place>> results = new HashMap<>();
  private int operations;
  private int read;

  private CallWalk(MetaGraphDef meta, BiConsumer<NodeDef, Frame> visitor) {
    this.meta = meta;
    this.visitor = visitor;
    meta.getGraphDef()
        .getLibrary()
        .getFunctionList()
        .forEach(function -> functions.put(function.getSignature().getName(), function));
  }

  /** A graph or the body of one call, and what was passed to it; equal only to itself. */
  static final class Frame {
    private final CallWalk walk;
    private final int depth;
    private final Map<String, NodeDef> nodes;
    private final Map<String, Place> passed;

    private Frame(CallWalk walk, int depth, Map<String, NodeDef> nodes, Map<String, Place> passed) {
      this.walk = walk;
      this.depth = depth;
      this.nodes = nodes;
      this.passed = passed;
    }

    /** {@return how many calls deep it is; 0 for the graph} */
    int depth() {
      return depth;
    }
  }

  /** What a call of a frame gives. */
  private record Call(Frame caller, String name) {}

  /** A tensor of a frame. */
  record Place(Frame frame, TensorName tensor) {

    /** {@return the operation that gives it; nothing if there is none} */
    @Nullable NodeDef node() {
      return frame.nodes.get(tensor.operation());
    }

    /** {@return an input of the operation that gives it; empty if there is none} */
    Optional<Place> input(int input) {
      NodeDef node = node();
      List<TensorName> inputs = node == null ? List.of() : GraphDefs.inputs(node);
      return input < inputs.size()
          ? Optional.of(new Place(frame, inputs.get(input)))
          : Optional.empty();
    }

    /**
     * Where a tensor comes from, through arguments and results of calls and operations that pass it
     * on.
     */
    Place origin() {
      Place place = this;
      for (int steps = 0; steps < MAX_DEPTH; steps++) {
        Optional<Place> before = place.before();
        if (before.isEmpty()) {
          break;
        }
        place = before.get();
      }
      return place;
    }

    private Optional<Place> before() {
      NodeDef node = node();
      if (node == null) {
        return Optional.empty();
      }
      return switch (node.getOp()) {
        case FunctionBody.PARAMETER -> Optional.ofNullable(frame.passed.get(node.getName()));
        case "Identity" -> input(0);
        default -> frame.walk.result(this, node);
      };
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
    Frame top = new Frame(this, 0, GraphDefs.byName(meta.getGraphDef().getNodeList()), Map.of());
    Deque<String> open = new ArrayDeque<>();
    roots.forEach(root -> open.push(operation(root)));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      NodeDef node = top.nodes.get(open.pop());
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
    checkSize(operations);
    FunctionDef function = functions.get(FunctionInlining.callee(node));
    if (function != null) {
      call(node, function, frame);
    } else {
      visitor.accept(node, frame);
    }
  }

  private static void checkSize(int operations) {
    if (operations > MAX_OPERATIONS) {
      throw new DataException(
          "loading would run more than "
              + MAX_OPERATIONS
              + " operations, those of functions counted for each call");
    }
  }

  private void call(NodeDef call, FunctionDef function, Frame caller) {
    FunctionBody body = body(call, function, caller);
    Frame frame = frame(call, function, body, caller);
    body.nodes().forEach(node -> look(node, frame));
  }

  private FunctionBody body(NodeDef call, FunctionDef function, Frame caller) {
    if (caller.depth() >= MAX_DEPTH) {
      throw new DataException(
          "%s is a call more than %s calls deep".formatted(call.getName(), MAX_DEPTH));
    }
    return FunctionBody.of(function, FunctionInlining.bindings(call), functions);
  }

  private Frame frame(NodeDef call, FunctionDef function, FunctionBody body, Frame caller) {
    List<TensorName> inputs = GraphDefs.inputs(call);
    Map<String, Place> passed = new HashMap<>();
    int parameters = Math.min(inputs.size(), function.getSignature().getInputArgCount());
    for (int i = 0; i < parameters; i++) {
      passed.put(
          function.getSignature().getInputArg(i).getName(), new Place(caller, inputs.get(i)));
    }
    return new Frame(this, caller.depth() + 1, GraphDefs.byName(body.nodes()), passed);
  }

  /** {@return where a tensor that a call gives is in its function; empty if it is of no call} */
  private Optional<Place> result(Place given, NodeDef node) {
    FunctionDef function = functions.get(FunctionInlining.callee(node));
    if (function == null) {
      return Optional.empty();
    }
    Call call = new Call(given.frame(), node.getName());
    ImmutableList<Place> of = results.get(call);
    if (of == null) {
      read += function.getNodeDefCount();
      checkSize(read);
      FunctionBody body = body(node, function, given.frame());
      Frame frame = frame(node, function, body, given.frame());
      of =
          body.results().stream()
              .map(result -> new Place(frame, result))
              .collect(ImmutableList.toImmutableList());
      results.put(call, of);
    }
    int output = given.tensor().output();
    return output < of.size() ? Optional.of(of.get(output)) : Optional.empty();
  }
}
