package org.xgradient.graph.savedmodel.files;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.util.List;
import java.util.Set;
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
   * @param tags the tags of the graph, all of them; if there are none, the graph for inference, or
   *     the only one if that is for inference too
   * @return the graph
   * @throws DataException if it is missing, empty, damaged or not the only one
   */
  public static MetaGraphDef graph(ModelFiles files, Set<String> tags) {
    MetaGraphDef meta = tagged(parse(files.read(GRAPH_FILE, MAX_GRAPH_BYTES)), tags);
    ConstantCheck.check(meta.getGraphDef());
    OutsideAccess.check(meta.getGraphDef());
    return meta;
  }

  private static SavedModel parse(byte[] bytes) {
    try {
      SavedModel model = Protobufs.parse(SavedModel.parser(), SavedModel.getDescriptor(), bytes);
      if (model.getMetaGraphsCount() == 0) {
        throw new DataException(
            "%s %s; copy it again, or export the model anew"
                .formatted(GRAPH_FILE, bytes.length == 0 ? "is empty" : "has no graph"));
      }
      return model;
    } catch (IOException e) {
      throw new DataException(
          "%s is damaged, export the model anew: %s".formatted(GRAPH_FILE, e.getMessage()), e);
    }
  }

  private static MetaGraphDef tagged(SavedModel model, Set<String> tags) {
    Set<String> wanted = tags.isEmpty() ? SERVE : tags;
    List<MetaGraphDef> found =
        model.getMetaGraphsList().stream()
            .filter(meta -> ImmutableSet.copyOf(tags(meta)).equals(wanted))
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    boolean only = tags.isEmpty() && model.getMetaGraphsCount() == 1;
    if (only && tags(model.getMetaGraphs(0)).containsAll(SERVE)) {
      return model.getMetaGraphs(0);
    }
    throw new DataException(
        "it must have %s graph with the tags %s, found %s; choose one by all of its tags (--tags)"
            .formatted(
                found.isEmpty() ? "a" : "one",
                wanted,
                model.getMetaGraphsList().stream().map(SavedModelFiles::tags).toList()));
  }

  private static List<String> tags(MetaGraphDef meta) {
    return meta.getMetaInfoDef().getTagsList();
  }
}
