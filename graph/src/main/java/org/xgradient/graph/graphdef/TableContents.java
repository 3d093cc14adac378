package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.xgradient.data.DataException;
import org.xgradient.graph.graphdef.CallWalk.Frame;
import org.xgradient.graph.graphdef.CallWalk.Place;

/**
 * Finds what a SavedModel would write into its lookup tables at load, by reading the operations
 * that would do it, and running none.
 *
 * @param keys the keys
 * @param values what they stand for
 */
public record TableContents(Part keys, Part values) {

  /** The types of operation that make a table which keeps its contents in memory. */
  public static final ImmutableSet<String> TABLES =
      ImmutableSet.of("HashTableV2", "MutableHashTableV2");

  private static final ImmutableSet<String> INITIALIZERS =
      ImmutableSet.of("table_initializer", "saved_model_main_op", "legacy_init_op");

  /** One half of a table. */
  public sealed interface Part {

    /** It stands in the graph. */
    record Constant(TensorProto value) implements Part {}

    /** It is in the checkpoint, under a name. */
    record Saved(String key) implements Part {}

    /**
     * It is in a file of lines that belongs to the model.
     *
     * @param asset the file, relative to the model's folder of assets
     * @param type the type of the values
     * @param column which column of a line, or {@link #WHOLE_LINE} or {@link #LINE_NUMBER}
     * @param delimiter what stands between columns
     * @param offset what is added to the number of a line
     * @param lines how many lines there must be at least, and count; -1 for all
     */
    record InFile(
        String asset, DataType type, long column, String delimiter, long offset, long lines)
        implements Part {

      /** The line is the value. */
      public static final long WHOLE_LINE = -2;

      /** The number of the line, counted from 0, is the value. */
      public static final long LINE_NUMBER = -1;
    }
  }

  /**
   * Finds the contents.
   *
   * @param meta the SavedModel
   * @return the contents, by what {@link RestoredVariables#resource} says of a table; without those
   *     that come from files which don't belong to the model
   * @throws DataException if the operations are damaged, or functions call themselves
   */
  public static ImmutableMap<String, TableContents> of(MetaGraphDef meta) {
    Map<String, String> assets = new HashMap<>();
    meta.getAssetFileDefList()
        .forEach(
            asset ->
                assets.put(
                    TensorName.parse(asset.getTensorInfo().getName()).operation(),
                    asset.getFilename()));
    Map<String, TableContents> found = new HashMap<>();
    CallWalk.walk(
        meta,
        roots(meta),
        (node, frame) -> {
          look(node, frame, found);
          lookForFile(node, frame, assets, found);
        });
    return ImmutableMap.copyOf(found);
  }

  private static List<String> roots(MetaGraphDef meta) {
    List<String> roots = new ArrayList<>();
    if (meta.containsSignatureDef("__saved_model_init_op")) {
      meta.getSignatureDefOrThrow("__saved_model_init_op")
          .getOutputsMap()
          .values()
          .forEach(output -> roots.add(output.getName()));
    }
    for (String name : INITIALIZERS) {
      if (meta.containsCollectionDef(name)) {
        CollectionDef collection = meta.getCollectionDefOrThrow(name);
        roots.addAll(collection.getNodeList().getValueList());
      }
    }
    if (!meta.getSaverDef().getRestoreOpName().isEmpty()) {
      roots.add(meta.getSaverDef().getRestoreOpName());
    }
    return roots;
  }

  private static void look(NodeDef node, Frame frame, Map<String, TableContents> found) {
    if (!node.getOp().equals("LookupTableImportV2") || GraphDefs.inputs(node).size() != 3) {
      return;
    }
    List<TensorName> inputs = GraphDefs.inputs(node);
    NodeDef table = new Place(frame, inputs.get(0)).origin().node();
    Optional<Part> keys = part(new Place(frame, inputs.get(1)));
    Optional<Part> values = part(new Place(frame, inputs.get(2)));
    if (table != null && TABLES.contains(table.getOp()) && keys.isPresent() && values.isPresent()) {
      found.put(RestoredVariables.resource(table), new TableContents(keys.get(), values.get()));
    }
  }

  private static void lookForFile(
      NodeDef node, Frame frame, Map<String, String> assets, Map<String, TableContents> found) {
    if (!node.getOp().equals("InitializeTableFromTextFileV2")
        || GraphDefs.inputs(node).size() != 2) {
      return;
    }
    NodeDef table = new Place(frame, GraphDefs.inputs(node).get(0)).origin().node();
    Place name = new Place(frame, GraphDefs.inputs(node).get(1)).origin();
    String asset = name.frame().depth() == 0 ? assets.get(name.tensor().operation()) : null;
    if (table != null && TABLES.contains(table.getOp()) && asset != null) {
      found.put(
          RestoredVariables.resource(table),
          new TableContents(
              column(node, asset, GraphDefs.attribute(table, "key_dtype").getType(), "key_index"),
              column(
                  node,
                  asset,
                  GraphDefs.attribute(table, "value_dtype").getType(),
                  "value_index")));
    }
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

  private static Optional<Part> part(Place place) {
    return place
        .constant()
        .<Part>map(Part.Constant::new)
        .or(() -> RestoredVariables.key(place).map(Part.Saved::new));
  }
}
