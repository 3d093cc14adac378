package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.TensorProto;
import org.xgradient.data.DataException;

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
    TableFinder finder = new TableFinder(AssetNames.of(meta));
    CallWalk.walk(meta, roots(meta), finder::noteVariable);
    CallWalk.walk(meta, roots(meta), finder::noteTable);
    return finder.found();
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
}
