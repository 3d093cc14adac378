package org.xgradient.graph.savedmodel.variables;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.graphdef.Attributes;
import org.xgradient.graph.graphdef.GraphFunction;
import org.xgradient.graph.graphdef.RestoredVariables;
import org.xgradient.graph.graphdef.TableContents;
import org.xgradient.graph.graphdef.TensorName;
import org.xgradient.graph.savedmodel.files.ModelFiles;
import org.xgradient.graph.savedmodel.files.TensorBundle;

/**
 * Fills the lookup tables of a graph with what the SavedModel says is in them. What the file would
 * run at load to that end is not run.
 */
public final class LookupTables {

  private LookupTables() {}

  /**
   * Fills the tables.
   *
   * @param files the files of the SavedModel, of which the checkpoint or assets are read if
   *     contents are there
   * @param scope where to add what fills
   * @param graph the graph that was imported
   * @param function what was made of it
   * @param contents what is in the tables, by their names
   * @return the keys of the tables, by their operations in {@code graph}
   * @throws org.xgradient.data.DataException if contents are missing or damaged
   */
  public static ImmutableMap<String, TensorProto> fill(
      ModelFiles files,
      Ops scope,
      GraphSession session,
      GraphDef graph,
      GraphFunction function,
      ImmutableMap<String, TableContents> contents) {
    Ops tf = scope.withSubScope("tables");
    Map<Output<?>, Op> filled = new LinkedHashMap<>();
    Map<Output<?>, TensorProto> keys = new HashMap<>();
    ImmutableMap.Builder<String, TensorProto> byOperation = ImmutableMap.builder();
    for (NodeDef node : graph.getNodeList()) {
      if (TableContents.TABLES.contains(node.getOp())) {
        Output<?> handle = function.constant(TensorName.of(node.getName()));
        // No graph passes whose tables are not known.
        TableContents of = requireNonNull(contents.get(RestoredVariables.resource(node)));
        filled.computeIfAbsent(
            handle,
            table -> {
              Contents read = new Contents(files);
              TensorProto ofTable = read.of(of.keys());
              keys.put(table, ofTable);
              return tf.lookupTableImport(
                  table, constant(tf, ofTable), constant(tf, read.of(of.values())));
            });
        byOperation.put(node.getName(), requireNonNull(keys.get(handle)));
      }
    }
    if (!filled.isEmpty()) {
      session.run(Feeds.none(), List.of(), List.copyOf(filled.values()));
    }
    return byOperation.buildOrThrow();
  }

  private static Output<?> constant(Ops tf, TensorProto value) {
    DataType type = value.getDtype();
    return tf.scope()
        .opBuilder("Const", "contents")
        .setAttr("dtype", Attributes.of(type))
        .setAttr("value", AttrValue.newBuilder().setTensor(value).build())
        .build()
        .output(0);
  }

  /** What is in one table; both halves may be in one file, which is read once. */
  private static final class Contents {
    private final ModelFiles files;
    private final Map<String, LookupTableFile> lines = new HashMap<>();
    private @Nullable TensorBundle checkpoint;

    Contents(ModelFiles files) {
      this.files = files;
    }

    TensorProto of(TableContents.Part part) {
      if (part instanceof TableContents.Part.Constant constant) {
        return constant.value();
      }
      if (part instanceof TableContents.Part.InFile file) {
        return lines
            .computeIfAbsent(file.asset(), name -> LookupTableFile.read(files, name))
            .tensor(file);
      }
      if (checkpoint == null) {
        checkpoint = TensorBundle.open(files);
      }
      return checkpoint.tensor(((TableContents.Part.Saved) part).key());
    }
  }
}
