package org.xgradient.graph.savedmodel.files;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.util.List;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.xgradient.data.DataException;

/** Reads the graph of a SavedModel without TensorFlow, which may not survive damage. */
public final class SavedModelFiles {

  public static final String GRAPH_FILE = "saved_model.pb";
  public static final String VARIABLES = "variables/variables";

  /** What a protocol buffer can have at most is twice as much. */
  private static final int MAX_GRAPH_BYTES = 1 << 30;

  /** TensorFlow compares tags as sets. */
  private static final ImmutableSet<String> SERVE = ImmutableSet.of("serve");

  private SavedModelFiles() {}

  /**
   * Reads and checks the graph of a SavedModel.
   *
   * @param files the files
   * @return its graph for inference
   * @throws DataException if it is missing, damaged or not the only one
   */
  public static MetaGraphDef graph(ModelFiles files) {
    MetaGraphDef meta = serving(parse(files.read(GRAPH_FILE, MAX_GRAPH_BYTES)));
    ConstantCheck.check(meta.getGraphDef());
    OutsideAccess.check(meta.getGraphDef());
    return meta;
  }

  private static SavedModel parse(byte[] bytes) {
    try {
      return Protobufs.parse(SavedModel.parser(), SavedModel.getDescriptor(), bytes);
    } catch (IOException e) {
      throw new DataException(
          "%s is damaged, export the model anew: %s".formatted(GRAPH_FILE, e.getMessage()), e);
    }
  }

  private static MetaGraphDef serving(SavedModel model) {
    List<MetaGraphDef> serving =
        model.getMetaGraphsList().stream()
            .filter(meta -> ImmutableSet.copyOf(meta.getMetaInfoDef().getTagsList()).equals(SERVE))
            .toList();
    if (serving.size() == 1) {
      return serving.get(0);
    }
    throw new DataException(
        "it must have %s graph with the tags %s, found %s"
            .formatted(
                serving.isEmpty() ? "a" : "one",
                SERVE,
                model.getMetaGraphsList().stream()
                    .map(meta -> meta.getMetaInfoDef().getTagsList())
                    .toList()));
  }
}
