package org.xgradient.graph.graphdef;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.xgradient.data.DataException;
import org.xgradient.graph.graphdef.CallWalk.Frame;
import org.xgradient.graph.graphdef.CallWalk.Place;

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

  private final Map<String, String> keys = new HashMap<>();

  private RestoredVariables() {}

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
    CallWalk.walk(meta, List.of(meta.getSaverDef().getRestoreOpName()), found::look);
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

  private void look(NodeDef node, Frame frame) {
    if (ASSIGNMENTS.contains(node.getOp())) {
      note(node, frame);
    }
  }

  private void note(NodeDef assignment, Frame frame) {
    List<TensorName> inputs = GraphDefs.inputs(assignment);
    if (inputs.size() != 2) {
      return;
    }
    NodeDef handle = new Place(frame, inputs.get(0)).origin().node();
    if (handle != null && VARIABLES.contains(handle.getOp())) {
      key(new Place(frame, inputs.get(1))).ifPresent(key -> keys.put(resource(handle), key));
    }
  }

  /** {@return the name in the checkpoint of a value that is restored as a whole} */
  static Optional<String> key(Place value) {
    Place origin = value.origin();
    NodeDef restore = origin.node();
    if (restore == null || !restore.getOp().equals("RestoreV2")) {
      return Optional.empty();
    }
    List<TensorName> restored = GraphDefs.inputs(restore);
    int place = origin.tensor().output();
    Optional<String> slice = text(origin.frame(), restored, SLICES, place);
    return slice.filter(RestoredVariables::isWhole).isPresent()
        ? text(origin.frame(), restored, NAMES, place)
        : Optional.empty();
  }

  /**
   * Whether a slice is the whole: no text, or as TensorFlow 1 writes the only part of a variable
   * that it would have split, its sizes and for each where it begins and how long it is, {@code 7 3
   * 0,7:0,3}.
   */
  private static boolean isWhole(String slice) {
    List<String> parts = Splitter.on(' ').splitToList(slice);
    List<String> sizes = parts.subList(0, parts.size() - 1);
    List<String> extents = Splitter.on(':').splitToList(parts.get(parts.size() - 1));
    return slice.isEmpty()
        || (sizes.size() == extents.size()
            && IntStream.range(0, sizes.size())
                .allMatch(
                    i -> extents.get(i).equals("-") || extents.get(i).equals("0," + sizes.get(i))));
  }

  /** One of the texts of a constant; the last one stands for all that follow. */
  private static Optional<String> text(Frame frame, List<TensorName> inputs, int input, int place) {
    Optional<TensorProto> constant =
        input < inputs.size() ? new Place(frame, inputs.get(input)).constant() : Optional.empty();
    return constant
        .map(TextConstants::of)
        .filter(texts -> !texts.isEmpty())
        .map(texts -> texts.get(Math.min(place, texts.size() - 1)).toStringUtf8());
  }
}
