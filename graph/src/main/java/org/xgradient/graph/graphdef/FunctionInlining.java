package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.xgradient.data.DataException;

/**
 * Puts the bodies of functions in the place of their calls. TensorFlow can't differentiate a call
 * of a function that takes a variable, nor any call twice.
 */
public final class FunctionInlining {

  private static final ImmutableSet<String> CALLS =
      ImmutableSet.of("PartitionedCall", "StatefulPartitionedCall");

  /** Functions that call functions can grow without bound, in a damaged or malicious file. */
  private static final int MAX_DEPTH = 64;

  private static final ImmutableSet<String> LOOPS = ImmutableSet.of("While", "StatelessWhile");

  /** Of a loop that is unrolled. */
  private static final int MAX_STEPS = 2_000;

  private static final int MAX_OPERATIONS = 200_000;

  /** Of all operations together. */
  private static final int MAX_INPUTS = 4_000_000;

  /** Of the bodies of functions, counted for each call; however little of it a call needs. */
  private static final int MAX_READ = 2_000_000;

  private final Map<String, FunctionDef> functions = new HashMap<>();
  private final FreshNames names;
  private final GraphDef.Builder flat = GraphDef.newBuilder();
  private final Consumer<NodeDef> check;
  private final Map<String, NodeDef> emitted = new HashMap<>();
  private final LoopIntegers integers = new LoopIntegers(emitted);
  private final TensorLists lists = new TensorLists(this::emitOwn, integers::of, integers::refusal);
  private int operations;
  private long edges;
  private long read;

  private FunctionInlining(GraphDef graph, Consumer<NodeDef> check) {
    this.check = check;
    flat.setVersions(graph.getVersions());
    for (FunctionDef function : graph.getLibrary().getFunctionList()) {
      functions.put(function.getSignature().getName(), function);
    }
    this.names = new FreshNames(graph.getNodeList());
  }

  /**
   * Inlines every call that tensors need, down to the last.
   *
   * @param graph the graph and its library of functions
   * @param outputs the tensors
   * @param check what each operation must pass before it is taken
   * @return a graph without calls, pruned to what the tensors need
   * @throws UnknownLengthException if how often a loop runs is not fixed by the shapes of the
   *     inputs
   * @throws DataException if the graph is damaged, or functions call themselves
   */
  public static Inlined inline(GraphDef graph, List<TensorName> outputs, Consumer<NodeDef> check) {
    FunctionInlining inlining = new FunctionInlining(graph, check);
    Frame top = new Frame(0);
    List<NodeDef> nodes = graph.getNodeList().stream().map(GraphDefs::dataOnly).toList();
    List<TensorName> resolved = inlining.addAll(nodes, outputs, top);
    GraphDef pruned = GraphDefs.prune(inlining.flat.build(), resolved);
    return new Inlined(pruned, ImmutableList.copyOf(resolved));
  }

  /**
   * A graph without calls.
   *
   * @param graph the graph; operations outside functions have kept their names
   * @param outputs where the tensors asked for are in it
   */
  public record Inlined(GraphDef graph, ImmutableList<TensorName> outputs) {}

  private ImmutableList<TensorName> addAll(
      List<NodeDef> nodes, List<TensorName> outputs, Frame frame) {
    List<String> needed = outputs.stream().map(TensorName::operation).toList();
    for (NodeDef node : GraphDefs.topologicalOrder(nodes, needed)) {
      if (!node.getOp().equals(FunctionBody.PARAMETER)) {
        add(node, frame);
      }
    }
    return outputs.stream().map(frame::resolve).collect(ImmutableList.toImmutableList());
  }

  /** However small the file is, what becomes of it must not fill the memory. */
  private void count(NodeDef node) {
    operations++;
    edges += node.getInputCount();
    if (operations > MAX_OPERATIONS) {
      throw new DataException(
          "the graph has more than " + MAX_OPERATIONS + " operations with its functions inlined");
    }
    if (edges > MAX_INPUTS) {
      throw new DataException(
          "the operations of the graph have more than "
              + MAX_INPUTS
              + " inputs with its functions inlined");
    }
  }

  private void add(NodeDef node, Frame frame) {
    count(node);
    ImmutableList<TensorName> inputs =
        GraphDefs.inputs(node).stream()
            .map(frame::resolve)
            .collect(ImmutableList.toImmutableList());
    frame.define(node, outputs(node, inputs, frame));
  }

  private ImmutableList<TensorName> outputs(
      NodeDef node, ImmutableList<TensorName> inputs, Frame frame) {
    if (LOOPS.contains(node.getOp())) {
      return unrolled(node, inputs, frame);
    }
    if (node.getOp().startsWith("TensorList")) {
      return ImmutableList.of(lists.resolve(node, inputs));
    }
    // A list of a loop is no tensor of the flat graph, and only handed on.
    if (node.getOp().equals("Identity") && inputs.stream().anyMatch(lists::contains)) {
      return inputs;
    }
    FunctionDef function = function(node);
    return function == null ? emit(node, inputs, frame) : call(node, function, inputs, frame);
  }

  /**
   * A loop that runs as often as the shapes of the inputs say is so many bodies, one behind
   * another.
   */
  private ImmutableList<TensorName> unrolled(
      NodeDef loop, ImmutableList<TensorName> inputs, Frame frame) {
    FunctionDef condition = named(loop, "cond");
    FunctionDef body = named(loop, "body");
    ImmutableList<TensorName> state = inputs;
    for (int step = 0; step <= MAX_STEPS; step++) {
      Map<String, AttrValue> ofCondition = attributes(loop, "cond");
      List<TensorName> goesOn = apply(loop, condition, ofCondition, state, frame);
      OptionalLong value = goesOn.size() == 1 ? integers.of(goesOn.get(0)) : OptionalLong.empty();
      if (value.isEmpty()) {
        throw new UnknownLengthException(
            loop,
            "how often this loop runs is not fixed by the shapes of the inputs, and nothing can be"
                + " differentiated through a loop",
            integers.refusal());
      }
      if (value.getAsLong() == 0) {
        return state;
      }
      state = apply(loop, body, attributes(loop, "body"), state, frame);
    }
    throw new DataException(
        "%s (%s) stands in the way: the loop runs more than %s times, too often to be written out; give a shorter length (--input-shape), or export the model without it"
            .formatted(loop.getName(), loop.getOp(), MAX_STEPS));
  }

  private FunctionDef named(NodeDef loop, String attribute) {
    String name = GraphDefs.attribute(loop, attribute).getFunc().getName();
    FunctionDef function = functions.get(name);
    if (function == null) {
      throw new DataException(
          "the graph is damaged: %s calls '%s', which is not in its library"
              .formatted(loop.getName(), name));
    }
    return function;
  }

  private static Map<String, AttrValue> attributes(NodeDef loop, String attribute) {
    return GraphDefs.attribute(loop, attribute).getFunc().getAttrMap();
  }

  /** {@return the name of the function that an operation calls, or its type if it calls none} */
  public static String callee(NodeDef node) {
    return CALLS.contains(node.getOp())
        ? GraphDefs.attribute(node, "f").getFunc().getName()
        : node.getOp();
  }

  private @Nullable FunctionDef function(NodeDef node) {
    String name = callee(node);
    FunctionDef function = functions.get(name);
    if (function == null && CALLS.contains(node.getOp())) {
      throw new DataException(
          "the graph is damaged: %s calls '%s', which is not in its library"
              .formatted(node.getName(), name));
    }
    return function;
  }

  /** Adds the operation itself, under a name of its own. */
  private ImmutableList<TensorName> emit(
      NodeDef node, ImmutableList<TensorName> inputs, Frame frame) {
    check.accept(node);
    String name = frame.depth == 0 ? node.getName() : names.take(node.getName());
    NodeDef.Builder copy = node.toBuilder().setName(name).clearInput();
    inputs.forEach(input -> copy.addInput(input.toString()));
    flat.addNode(copy);
    emitted.put(name, copy.build());
    int outputs = OpDefs.outputs(node).stream().mapToInt(OpDefs.Argument::size).sum();
    return IntStream.range(0, outputs)
        .mapToObj(output -> new TensorName(name, output))
        .collect(ImmutableList.toImmutableList());
  }

  /** Adds an operation of ours, with inputs of the flat graph. */
  private TensorName emitOwn(NodeDef node) {
    count(node);
    NodeDef copy = node.toBuilder().setName(names.take(node.getName())).build();
    flat.addNode(copy);
    emitted.put(copy.getName(), copy);
    return TensorName.of(copy.getName());
  }

  private ImmutableList<TensorName> call(
      NodeDef node, FunctionDef function, ImmutableList<TensorName> arguments, Frame caller) {
    return apply(node, function, bindings(node), arguments, caller);
  }

  private ImmutableList<TensorName> apply(
      NodeDef node,
      FunctionDef function,
      Map<String, AttrValue> bindings,
      ImmutableList<TensorName> arguments,
      Frame caller) {
    if (caller.depth >= MAX_DEPTH) {
      throw new DataException(
          "%s is a call more than %s calls deep".formatted(node.getName(), MAX_DEPTH));
    }
    int parameters = function.getSignature().getInputArgCount();
    if (parameters != arguments.size()) {
      throw new DataException(
          "the graph is damaged: %s must pass %s inputs, found %s"
              .formatted(node.getName(), parameters, arguments.size()));
    }
    Frame frame = new Frame(caller.depth + 1);
    for (int i = 0; i < parameters; i++) {
      String parameter = function.getSignature().getInputArg(i).getName();
      frame.tensors.put(TensorName.of(parameter), arguments.get(i));
    }
    read += function.getNodeDefCount();
    if (read > MAX_READ) {
      throw new DataException(
          "the functions of the graph have more than " + MAX_READ + " operations, call by call");
    }
    FunctionBody body = FunctionBody.of(function, bindings, functions);
    return addAll(body.nodes(), body.results(), frame);
  }

  /** {@return what a call gives for attributes that the function leaves open} */
  static Map<String, AttrValue> bindings(NodeDef call) {
    return CALLS.contains(call.getOp())
        ? GraphDefs.attribute(call, "f").getFunc().getAttrMap()
        : call.getAttrMap();
  }

  /** One graph or one call: its tensors, and where they are in the flat graph. */
  private static final class Frame {
    private final int depth;
    private final Map<TensorName, TensorName> tensors = new HashMap<>();

    Frame(int depth) {
      this.depth = depth;
    }

    void define(NodeDef node, List<TensorName> outputs) {
      for (int i = 0; i < outputs.size(); i++) {
        tensors.put(new TensorName(node.getName(), i), outputs.get(i));
      }
    }

    TensorName resolve(TensorName name) {
      TensorName tensor = tensors.get(name);
      if (tensor == null) {
        throw new DataException("the graph is damaged: it has no tensor '" + name + "'");
      }
      return tensor;
    }
  }
}
