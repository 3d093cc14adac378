package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.xgradient.data.NearestName;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.graphdef.Cut;
import org.xgradient.graph.graphdef.Cut.Part;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.IntegerArithmetic;
import org.xgradient.graph.graphdef.OpDefs;
import org.xgradient.graph.graphdef.TensorName;
import org.xgradient.graph.savedmodel.parsing.ExampleParser;
import org.xgradient.graph.savedmodel.parsing.FeatureOrigins;

/**
 * Finds the earliest tensors from which an output can be differentiated: backwards from the output,
 * as long as operations have gradients. Where one has none (a lookup, an embedding, a bucket, a
 * cast of integers), its result is explained; what else operations need of the inputs, such as
 * masks and indices, is held fixed. Whether a text is a certain one is explained, too.
 */
final class CutFinder {

  /** What follows the name of an operation in that of another output than its first. */
  private static final Pattern OUTPUT = Pattern.compile(":\\d{1,9}$");

  private static final ImmutableSet<DataType> FLOATS =
      ImmutableSet.of(
          DataType.DT_FLOAT, DataType.DT_DOUBLE, DataType.DT_HALF, DataType.DT_BFLOAT16);

  private static final ImmutableSet<String> ASK_FOR_SHAPES =
      ImmutableSet.of("Shape", "ShapeN", "Size", "Rank", "ZerosLike", "OnesLike");

  /** Constant almost everywhere, so that their gradients say nothing. */
  private static final ImmutableSet<String> STEPS =
      ImmutableSet.of("Floor", "Ceil", "Rint", "Round", "Sign");

  private static final ImmutableSet<String> STOPS =
      ImmutableSet.of("StopGradient", "PreventGradient");

  private static final ImmutableSet<String> COMPARISONS = ImmutableSet.of("Equal", "NotEqual");

  private static final ImmutableSet<String> PASS_ON =
      ImmutableSet.of("Identity", "Reshape", "ExpandDims", "Squeeze", "EnsureShape", "Transpose");

  private final GraphDef graph;
  private final Map<String, NodeDef> nodes;
  private final ImmutableMap<String, String> inputs;
  private final TensorName output;

  /** What a user calls the output. */
  private final String called;

  private final FeatureOrigins features;

  /** The inputs on whose values an operation depends, by its name. */
  private final Map<String, ImmutableSet<String>> origins = new LinkedHashMap<>();

  /** Explained tensors, and why they are no inputs. */
  private final Map<TensorName, String> explained = new LinkedHashMap<>();

  private CutFinder(
      GraphDef graph, ImmutableMap<String, String> inputs, TensorName output, String called) {
    this.graph = graph;
    this.nodes = GraphDefs.byName(graph.getNodeList());
    this.inputs = inputs;
    this.output = output;
    this.called = called;
    this.features = new FeatureOrigins(graph, ExampleParser.of(graph));
    for (NodeDef node : GraphDefs.topologicalOrder(graph.getNodeList())) {
      origins.put(node.getName(), origins(node));
    }
  }

  /**
   * Finds the tensors.
   *
   * @param graph a graph without calls of functions
   * @param inputs the names of the inputs, by the operations that are fed
   * @param output the tensor that is explained
   * @param called what a user calls it
   * @throws SavedModelException if the output does not depend on the inputs, or nothing before it
   *     can be differentiated
   */
  static Cut find(
      GraphDef graph, ImmutableMap<String, String> inputs, TensorName output, String called) {
    CutFinder finder = new CutFinder(graph, inputs, output, called);
    finder.requireDependence();
    finder.follow();
    return finder.cut();
  }

  /**
   * {@return whether there are such tensors before an output}
   *
   * @param graph a graph without calls of functions
   * @param inputs the names of the inputs, by the operations that are fed
   * @param output the tensor that would be explained
   */
  static boolean canFind(GraphDef graph, ImmutableMap<String, String> inputs, TensorName output) {
    CutFinder finder = new CutFinder(graph, inputs, output, output.toString());
    finder.follow();
    return !finder.explained.isEmpty() && !finder.isUnexplained();
  }

  /**
   * Takes tensors that the caller names.
   *
   * @param called what a user calls the output
   * @param names the names
   * @throws SavedModelException if there is no such tensor of floats, or the output does not depend
   *     on it, or it not on the inputs
   */
  static Cut at(
      GraphDef graph,
      ImmutableMap<String, String> inputs,
      TensorName output,
      String called,
      ImmutableList<String> names) {
    CutFinder finder = new CutFinder(graph, inputs, output, called);
    finder.requireDependence();
    for (String name : names) {
      finder.explained.put(finder.named(name), "you named it");
    }
    return finder.cut();
  }

  /**
   * Tensors of floats behind those that are found, each of which is all that the output needs of
   * the inputs.
   *
   * @param graph a graph without calls of functions
   * @param inputs the names of the inputs, by the operations that are fed
   * @param output the tensor that is explained
   * @return the tensors, each after those that it is computed from
   */
  static ImmutableList<TensorName> behind(
      GraphDef graph, ImmutableMap<String, String> inputs, TensorName output) {
    CutFinder finder = new CutFinder(graph, inputs, output, output.toString());
    Set<TensorName> followed = finder.follow();
    List<String> order = new ArrayList<>(finder.origins.keySet());
    return followed.stream()
        .filter(tensor -> !tensor.equals(output) && !finder.explained.containsKey(tensor))
        .filter(tensor -> !finder.origins(tensor).isEmpty())
        .filter(tensor -> finder.reached(Set.of(output), Set.of(tensor), true).isEmpty())
        .sorted(Comparator.comparingInt(tensor -> order.indexOf(tensor.operation())))
        .collect(ImmutableList.toImmutableList());
  }

  private TensorName named(String name) {
    TensorName tensor = tensor(name);
    if (tensor.equals(output)) {
      throw new SavedModelException(
          "tensor '%s' is the output itself; name one before it, of %s"
              .formatted(name, shortened(candidates())));
    }
    NodeDef node = nodes.get(tensor.operation());
    if (node == null || tensor.output() >= OpDefs.outputTypes(node).size()) {
      throw new SavedModelException(
          "the output %s needs no tensor '%s'; %sthose between are %s"
              .formatted(
                  called,
                  name,
                  NearestName.closeTo(name, candidates())
                      .map("did you mean '%s'? "::formatted)
                      .orElse(""),
                  shortened(candidates())));
    }
    if (!FLOATS.contains(type(tensor))) {
      throw new SavedModelException(
          "tensor '%s' must be of floats to be explained, found %s".formatted(name, type(tensor)));
    }
    if (origins(tensor).isEmpty()) {
      throw new SavedModelException(
          "tensor '%s' does not depend on the inputs %s".formatted(name, inputs.values()));
    }
    return tensor;
  }

  /** {@return the tensor that a user calls so, who may mean an input} */
  private TensorName tensor(String name) {
    return inputs.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .map(TensorName::of)
        .orElseGet(
            () -> OUTPUT.matcher(name).find() ? TensorName.parse(name) : TensorName.of(name));
  }

  private ImmutableList<String> candidates() {
    return nodes.values().stream()
        .filter(node -> !node.getName().equals(output.operation()))
        .filter(node -> !origins.getOrDefault(node.getName(), ImmutableSet.of()).isEmpty())
        .filter(node -> OpDefs.outputTypes(node).stream().anyMatch(FLOATS::contains))
        .map(NodeDef::getName)
        .collect(ImmutableList.toImmutableList());
  }

  private static String shortened(List<String> names) {
    int most = 12;
    return names.size() <= most
        ? names.toString()
        : "%s and %s more".formatted(names.subList(0, most), names.size() - most);
  }

  private ImmutableSet<String> origins(NodeDef node) {
    if (inputs.containsKey(node.getName())) {
      return ImmutableSet.of(inputs.get(node.getName()));
    }
    if (ASK_FOR_SHAPES.contains(node.getOp())) {
      return ImmutableSet.of();
    }
    ImmutableSet.Builder<String> all = ImmutableSet.builder();
    GraphDefs.inputs(node).forEach(input -> all.addAll(origins(input)));
    return all.build();
  }

  private ImmutableSet<String> origins(TensorName tensor) {
    return origins.getOrDefault(tensor.operation(), ImmutableSet.of());
  }

  private void requireDependence() {
    if (origins(output).isEmpty()) {
      throw new SavedModelException(
          "the output %s does not depend on the %s %s; choose another (--output, --signature)"
              .formatted(
                  called,
                  inputs.size() == 1 ? "input" : "inputs",
                  String.join(", ", inputs.values())));
    }
  }

  /** {@return every tensor that was looked at on the way to those that are explained} */
  private Set<TensorName> follow() {
    Set<TensorName> seen = new HashSet<>();
    Deque<TensorName> open = new ArrayDeque<>(List.of(output));
    Set<TensorName> signs = new LinkedHashSet<>();
    Set<TensorName> flags = new LinkedHashSet<>();
    Set<TensorName> stopped = new LinkedHashSet<>();
    while (!open.isEmpty()) {
      TensorName tensor = open.pop();
      if (!seen.add(tensor) || origins(tensor).isEmpty()) {
        continue;
      }
      NodeDef node = node(tensor);
      if (inputs.containsKey(node.getName())) {
        explained.put(tensor, "");
        continue;
      }
      List<TensorName> differentiable = differentiable(node);
      if (!differentiable.isEmpty()) {
        differentiable.forEach(open::push);
      } else if (node.getOp().equals("Sign")) {
        signs.add(tensor);
      } else if (isFlag(node)) {
        flags.add(tensor);
      } else if (STOPS.contains(node.getOp())) {
        stopped.add(tensor);
      } else {
        explained.put(tensor, why(node));
      }
    }
    explainUncovered(signs);
    explainCategories(flags);
    // Masks are held fixed, unless there is nothing else.
    for (Set<TensorName> last : List.of(flags, stopped)) {
      if (explained.isEmpty()) {
        last.forEach(tensor -> explained.put(tensor, why(node(tensor))));
      }
    }
    return seen;
  }

  /** A sign beside its number, as in x sign(x), needs no explanation of its own. */
  private void explainUncovered(Set<TensorName> signs) {
    for (TensorName sign : signs) {
      if (!reached(Set.of(sign), explained.keySet(), false).isEmpty()) {
        explained.put(sign, why(node(sign)));
      }
    }
  }

  /**
   * Whether a text is a certain one is a category, as is told apart from masks: what those are made
   * of is explained besides.
   */
  private void explainCategories(Set<TensorName> flags) {
    Set<String> covered = new HashSet<>();
    explained.keySet().forEach(tensor -> covered.addAll(sources(tensor)));
    for (TensorName flag : flags) {
      if (comparesTexts(flag) && Collections.disjoint(sources(flag), covered)) {
        explained.put(flag, "it says whether a text is a certain one");
      }
    }
  }

  /** The features of parsed examples, or the inputs, that a tensor is computed from. */
  private Collection<String> sources(TensorName tensor) {
    ImmutableList<String> parsed = features.of(tensor);
    return parsed.isEmpty() ? origins(tensor) : parsed;
  }

  private boolean comparesTexts(TensorName flag) {
    NodeDef node = node(GraphDefs.inputs(node(flag)).get(0));
    return COMPARISONS.contains(node.getOp())
        && OpDefs.inputTypes(node).get(0) == DataType.DT_STRING;
  }

  private List<TensorName> differentiable(NodeDef node) {
    if (STEPS.contains(node.getOp())
        || STOPS.contains(node.getOp())
        || !OpDefs.outputTypes(node).stream().anyMatch(FLOATS::contains)
        || !Gradients.exist(node.getOp())) {
      return List.of();
    }
    List<TensorName> found = new ArrayList<>();
    List<TensorName> of = GraphDefs.inputs(node);
    List<DataType> types = OpDefs.inputTypes(node);
    for (int i = 0; i < of.size(); i++) {
      if (FLOATS.contains(types.get(i)) && !origins(of.get(i)).isEmpty()) {
        found.add(of.get(i));
      }
    }
    return found;
  }

  private boolean isFlag(NodeDef node) {
    return node.getOp().equals("Cast") && OpDefs.inputTypes(node).get(0) == DataType.DT_BOOL;
  }

  private String why(NodeDef node) {
    if (node.getOp().equals("Cast")
        && IntegerArithmetic.isInteger(OpDefs.inputTypes(node).get(0))) {
      return isGiven(GraphDefs.inputs(node).get(0))
          ? "its integers are taken as numbers"
          : "it is made of integers";
    }
    if (STEPS.contains(node.getOp()) || STOPS.contains(node.getOp())) {
      return "%s has no slope".formatted(node.getOp());
    }
    return "there is no gradient through %s".formatted(node.getOp());
  }

  /** Whether a tensor is an input, whatever shape it was given. */
  private boolean isGiven(TensorName tensor) {
    TensorName given = tensor;
    while (PASS_ON.contains(node(given).getOp())) {
      given = GraphDefs.inputs(node(given)).get(0);
    }
    return inputs.containsKey(given.operation());
  }

  private boolean isUnexplained() {
    return !explained.getOrDefault(output, "").isEmpty();
  }

  private Cut cut() {
    if (isUnexplained()) {
      NodeDef node = node(output);
      throw new SavedModelException(
          "the output %s (%s) can't be differentiated: %s; %s"
              .formatted(
                  called,
                  node.getOp(),
                  explained.get(output),
                  DecidingNumbers.of(graph, inputs, output)
                      .map("explain the numbers that it is decided by: --output %s"::formatted)
                      .orElse("choose another output (--output)")));
    }
    List<String> order = inputs.values().asList();
    ImmutableList<Part> parts =
        explained.entrySet().stream()
            .map(
                entry ->
                    new Part(
                        entry.getKey(),
                        type(entry.getKey()),
                        origins(entry.getKey()).asList(),
                        features.of(entry.getKey()),
                        inputs.containsKey(entry.getKey().operation()) ? "" : entry.getValue()))
            .sorted(
                Comparator.comparingInt((Part part) -> order.indexOf(part.inputs().get(0)))
                    .thenComparingInt(part -> features.place(part.features())))
            .collect(ImmutableList.toImmutableList());
    return new Cut(parts, fixed(), reached(explained.keySet(), Set.of(), true));
  }

  /** The inputs that are needed though the explained tensors are given. */
  private ImmutableSet<String> fixed() {
    return reached(Set.of(output), explained.keySet(), true);
  }

  /**
   * The inputs that tensors are computed from, though others are given.
   *
   * @param shapes whether to count those of which only the shape is needed
   */
  private ImmutableSet<String> reached(
      Set<TensorName> from, Set<TensorName> butFor, boolean shapes) {
    Set<String> reached = new HashSet<>();
    Set<String> seen = new HashSet<>();
    Deque<TensorName> open = new ArrayDeque<>(from);
    while (!open.isEmpty()) {
      TensorName tensor = open.pop();
      if (!butFor.contains(tensor) && seen.add(tensor.operation())) {
        String input = inputs.get(tensor.operation());
        if (input != null) {
          reached.add(input);
        }
        NodeDef node = node(tensor);
        if (shapes || !ASK_FOR_SHAPES.contains(node.getOp())) {
          GraphDefs.inputs(node).forEach(open::push);
        }
      }
    }
    return inputs.values().stream()
        .filter(reached::contains)
        .collect(ImmutableSet.toImmutableSet());
  }

  private NodeDef node(TensorName tensor) {
    NodeDef node = nodes.get(tensor.operation());
    if (node == null) {
      throw new SavedModelException("the graph is damaged: it has no tensor '" + tensor + "'");
    }
    return node;
  }

  private DataType type(TensorName tensor) {
    return OpDefs.outputTypes(node(tensor)).get(tensor.output());
  }
}
