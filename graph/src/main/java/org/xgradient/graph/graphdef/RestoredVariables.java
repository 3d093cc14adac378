package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.xgradient.data.DataException;

/**
 * Finds under which names a SavedModel keeps its variables in its checkpoint, by reading the
 * operations that would restore them, and running none.
 */
public final class RestoredVariables {

  private static final ImmutableSet<String> ASSIGNMENTS =
      ImmutableSet.of("AssignVariableOp", "Assign");

  private static final ImmutableSet<String> VARIABLES =
      ImmutableSet.of("VarHandleOp", "VariableV2", "Variable");

  private static final int NAMES = 1;
  private static final int SLICES = 2;

  private static final int MAX_DEPTH = 64;
  private static final int MAX_OPERATIONS = 1_000_000;

  private final Map<String, FunctionDef> functions = new HashMap<>();
  private final Map<String, String> keys = new HashMap<>();
  private int operations;

  private RestoredVariables() {}

  /** A graph or the body of one call, and what was passed to it. */
  private record Frame(int depth, Map<String, NodeDef> nodes, Map<String, Place> passed) {}

  /** A tensor of a frame. */
  private record Place(Frame frame, TensorName tensor) {}

  /**
   * Finds the names.
   *
   * @param meta the SavedModel
   * @return the names in the checkpoint, by what {@link #resource} says of a variable; without
   *     those that are restored in slices or in another way
   * @throws DataException if the operations are damaged, or functions call themselves
   */
  public static ImmutableMap<String, String> of(MetaGraphDef meta) {
    RestoredVariables found = new RestoredVariables();
    meta.getGraphDef()
        .getLibrary()
        .getFunctionList()
        .forEach(function -> found.functions.put(function.getSignature().getName(), function));
    found.walk(meta);
    return ImmutableMap.copyOf(found.keys);
  }

  /** {@return the name under which TensorFlow keeps a variable, by which two handles can be one} */
  public static String resource(NodeDef variable) {
    String shared =
        variable.containsAttr("shared_name")
            ? variable.getAttrOrThrow("shared_name").getS().toStringUtf8()
            : "";
    return shared.isEmpty() ? variable.getName() : shared;
  }

  private void walk(MetaGraphDef meta) {
    Frame top = new Frame(0, GraphDefs.byName(meta.getGraphDef().getNodeList()), Map.of());
    Deque<String> open = new ArrayDeque<>();
    open.push(operation(meta.getSaverDef().getRestoreOpName()));
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
          "restoring the variables takes more than " + MAX_OPERATIONS + " operations");
    }
    FunctionDef function = functions.get(FunctionInlining.callee(node));
    if (ASSIGNMENTS.contains(node.getOp())) {
      note(node, frame);
    } else if (function != null) {
      call(node, function, frame);
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

  private void note(NodeDef assignment, Frame frame) {
    List<TensorName> inputs = GraphDefs.inputs(assignment);
    if (inputs.size() != 2) {
      return;
    }
    Place variable = origin(new Place(frame, inputs.get(0)));
    Place value = origin(new Place(frame, inputs.get(1)));
    NodeDef handle = node(variable);
    NodeDef restore = node(value);
    if (handle == null || !VARIABLES.contains(handle.getOp()) || restore == null) {
      return;
    }
    if (restore.getOp().equals("RestoreV2")) {
      List<TensorName> restored = GraphDefs.inputs(restore);
      int place = value.tensor().output();
      Optional<String> name = text(value.frame(), restored, NAMES, place);
      Optional<String> slice = text(value.frame(), restored, SLICES, place);
      if (name.isPresent() && slice.filter(String::isEmpty).isPresent()) {
        keys.put(resource(handle), name.get());
      }
    }
  }

  /** Where a tensor comes from, through what passes it on. */
  private Place origin(Place start) {
    Place place = start;
    Set<Place> seen = new HashSet<>();
    while (seen.size() <= MAX_DEPTH) {
      NodeDef node = node(place);
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

  private static @Nullable NodeDef node(Place place) {
    return place.frame().nodes().get(place.tensor().operation());
  }

  /** One of the texts of a constant; the last one stands for all that follow. */
  private Optional<String> text(Frame frame, List<TensorName> inputs, int input, int place) {
    NodeDef constant =
        input < inputs.size() ? node(origin(new Place(frame, inputs.get(input)))) : null;
    if (constant == null || !constant.getOp().equals("Const")) {
      return Optional.empty();
    }
    TensorProto texts = GraphDefs.attribute(constant, "value").getTensor();
    int last = texts.getStringValCount() - 1;
    return last < 0
        ? Optional.empty()
        : Optional.of(texts.getStringVal(Math.min(place, last)).toStringUtf8());
  }
}
