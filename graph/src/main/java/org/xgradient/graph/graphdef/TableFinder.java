package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableMap;
import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.xgradient.graph.graphdef.CallWalk.Frame;
import org.xgradient.graph.graphdef.CallWalk.Place;
import org.xgradient.graph.graphdef.TableContents.Part;

/** Finds what operations that would run at load would write into lookup tables. */
final class TableFinder {

  private final ImmutableMap<String, String> assets;
  private final ConstantIntegers integers = new ConstantIntegers();
  private final Map<String, Place> variables = new HashMap<>();
  private final Set<String> ambiguous = new HashSet<>();
  private final Map<String, TableContents> found = new HashMap<>();

  /**
   * Prepares for a SavedModel.
   *
   * @param assets its files, by the names of the operations that give their names
   */
  TableFinder(ImmutableMap<String, String> assets) {
    this.assets = assets;
  }

  /** {@return the contents, by what {@link RestoredVariables#resource} says of a table} */
  ImmutableMap<String, TableContents> found() {
    return ImmutableMap.copyOf(found);
  }

  /**
   * Looks at an operation for what a variable is set to; TensorFlow 2.5 keeps names of files so.
   */
  void noteVariable(NodeDef node, Frame frame) {
    List<TensorName> inputs = GraphDefs.inputs(node);
    if (node.getOp().equals("AssignVariableOp") && inputs.size() == 2) {
      resource(new Place(frame, inputs.get(0)), Set.of("VarHandleOp"))
          .ifPresent(
              name -> {
                if (variables.put(name, new Place(frame, inputs.get(1))) != null) {
                  ambiguous.add(name);
                }
              });
    }
  }

  /** Looks at an operation for what a table is filled with. */
  void noteTable(NodeDef node, Frame frame) {
    List<TensorName> inputs = GraphDefs.inputs(node);
    boolean given = node.getOp().equals("LookupTableImportV2") && inputs.size() == 3;
    boolean inFile = node.getOp().equals("InitializeTableFromTextFileV2") && inputs.size() == 2;
    if (!given && !inFile) {
      return;
    }
    Place handle = new Place(frame, inputs.get(0)).origin();
    Optional<String> name = resource(handle, TableContents.TABLES);
    NodeDef table = handle.node();
    if (name.isEmpty() || table == null) {
      return;
    }
    Optional<TableContents> contents =
        given ? given(frame, inputs) : inFile(node, table, new Place(frame, inputs.get(1)));
    contents.ifPresent(of -> found.put(name.get(), of));
  }

  /** The name of a variable or table; empty if it is of another type, or has a name of a call. */
  private static Optional<String> resource(Place handle, Set<String> types) {
    Place origin = handle.origin();
    NodeDef node = origin.node();
    if (node == null || !types.contains(node.getOp())) {
      return Optional.empty();
    }
    // Each call has operations of the same names.
    String name = RestoredVariables.resource(node);
    return origin.frame().depth() == 0 || !name.equals(node.getName())
        ? Optional.of(name)
        : Optional.empty();
  }

  private Optional<TableContents> given(Frame frame, List<TensorName> inputs) {
    Optional<Part> keys = part(new Place(frame, inputs.get(1)));
    Optional<Part> values = part(new Place(frame, inputs.get(2)));
    return keys.isPresent() && values.isPresent()
        ? Optional.of(new TableContents(keys.get(), values.get()))
        : Optional.empty();
  }

  private Optional<Part> part(Place place) {
    return place
        .constant()
        .<Part>map(Part.Constant::new)
        .or(() -> RestoredVariables.key(place).map(Part.Saved::new))
        .or(() -> integers.of(place).map(Part.Constant::new));
  }

  private Optional<TableContents> inFile(NodeDef node, NodeDef table, Place name) {
    String asset = asset(name.origin());
    if (asset == null) {
      return Optional.empty();
    }
    DataType keys = GraphDefs.attribute(table, "key_dtype").getType();
    DataType values = GraphDefs.attribute(table, "value_dtype").getType();
    return Optional.of(
        new TableContents(
            column(node, asset, keys, "key_index"), column(node, asset, values, "value_index")));
  }

  private @Nullable String asset(Place name) {
    NodeDef node = name.node();
    Place place = name;
    if (node != null && node.getOp().equals("ReadVariableOp")) {
      place =
          name.input(0)
              .flatMap(handle -> resource(handle, Set.of("VarHandleOp")))
              .filter(variable -> !ambiguous.contains(variable))
              .map(variables::get)
              .map(Place::origin)
              .orElse(name);
    }
    return place.frame().depth() == 0 ? assets.get(place.tensor().operation()) : null;
  }

  private static Part column(NodeDef node, String asset, DataType type, String index) {
    AttrValue all = AttrValue.newBuilder().setI(-1).build();
    AttrValue tab = AttrValue.newBuilder().setS(ByteString.copyFromUtf8("\t")).build();
    return new Part.InFile(
        asset,
        type,
        GraphDefs.attribute(node, index).getI(),
        node.getAttrOrDefault("delimiter", tab).getS().toStringUtf8(),
        node.getAttrOrDefault("offset", AttrValue.getDefaultInstance()).getI(),
        node.getAttrOrDefault("vocab_size", all).getI());
  }
}
