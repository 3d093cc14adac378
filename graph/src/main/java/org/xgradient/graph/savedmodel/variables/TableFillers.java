package org.xgradient.graph.savedmodel.variables;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.TableContents;
import org.xgradient.graph.graphdef.TensorName;

/** What fills the lookup tables of a SavedModel when it is loaded. */
public final class TableFillers {

  private static final String INIT = "__saved_model_init_op";

  private TableFillers() {}

  /**
   * Finds the operations that fill the tables of a part of a graph.
   *
   * @param whole the graph
   * @param part the part
   */
  public static ImmutableList<TensorName> of(GraphDef whole, GraphDef part) {
    ImmutableSet<String> tables =
        part.getNodeList().stream()
            .filter(node -> TableContents.TABLES.contains(node.getOp()))
            .map(NodeDef::getName)
            .collect(ImmutableSet.toImmutableSet());
    return whole.getNodeList().stream()
        .filter(node -> node.getOp().equals("LookupTableImportV2"))
        .filter(node -> tables.contains(GraphDefs.inputs(node).get(0).operation()))
        .map(node -> TensorName.of(node.getName()))
        .collect(ImmutableList.toImmutableList());
  }

  /** Adds what runs them at load, if there are any. */
  public static void addTo(MetaGraphDef.Builder meta, List<TensorName> fillers) {
    if (fillers.isEmpty()) {
      return;
    }
    NodeDef.Builder init = NodeDef.newBuilder().setName("fill_tables").setOp("NoOp");
    fillers.forEach(filler -> init.addInput("^" + filler.operation()));
    meta.getGraphDefBuilder().addNode(init);
    meta.putSignatureDef(
        INIT,
        SignatureDef.newBuilder()
            .putOutputs(
                INIT,
                TensorInfo.newBuilder()
                    .setName(init.getName())
                    .setDtype(DataType.DT_INVALID)
                    .setTensorShape(TensorShapeProto.newBuilder().setUnknownRank(true))
                    .build())
            .build());
  }
}
