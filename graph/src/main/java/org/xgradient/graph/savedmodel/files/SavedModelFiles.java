package org.xgradient.graph.savedmodel.files;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.xgradient.data.ChecksumManifest;
import org.xgradient.data.DataException;

/** Checks the files of a SavedModel before TensorFlow sees them, which may not survive damage. */
public final class SavedModelFiles {

  public static final String GRAPH_FILE = "saved_model.pb";
  public static final String VARIABLES = "variables/variables";

  private static final String INDEX = VARIABLES + ".index";

  private static final ImmutableSet<String> VARIABLE_TYPES =
      ImmutableSet.of("VarHandleOp", "VariableV2", "Variable");

  /** TensorFlow takes the graph whose tags are these and no others. */
  private static final ImmutableList<String> SERVE = ImmutableList.of("serve");

  private SavedModelFiles() {}

  /**
   * Checks a directory.
   *
   * @param directory the directory
   * @return its graph for inference
   * @throws DataException if it is missing or damaged
   */
  public static MetaGraphDef check(Path directory) {
    checkThere(directory, GRAPH_FILE);
    boolean verified = verified(directory);
    MetaGraphDef meta = serving(read(directory.resolve(GRAPH_FILE)));
    ConstantCheck.check(meta.getGraphDef());
    OutsideAccess.check(meta);
    boolean hasVariables =
        meta.getGraphDef().getNodeList().stream()
            .anyMatch(node -> VARIABLE_TYPES.contains(node.getOp()));
    if (hasVariables) {
      checkThere(directory, INDEX);
      if (!verified) {
        CheckpointCheck.check(directory.resolve(VARIABLES));
      }
    }
    return meta;
  }

  private static void checkThere(Path directory, String file) {
    if (!Files.isRegularFile(directory.resolve(file))) {
      throw new DataException(
          "it must have the file %s, found %s"
              .formatted(file, Files.exists(directory) ? "none" : "no such directory"));
    }
  }

  private static boolean verified(Path directory) {
    if (!ChecksumManifest.exists(directory)) {
      return false;
    }
    ImmutableSet<String> verified = ChecksumManifest.verify(directory);
    for (String file : new String[] {GRAPH_FILE, INDEX}) {
      if (Files.exists(directory.resolve(file)) && !verified.contains(file)) {
        throw new DataException(
            "%s is not listed in %s; delete the list if you trust the file"
                .formatted(file, ChecksumManifest.FILE));
      }
    }
    return true;
  }

  private static SavedModel read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return SavedModel.parseFrom(in);
    } catch (IOException e) {
      throw new DataException(
          "%s is damaged, export the model anew: %s".formatted(file.getFileName(), e.getMessage()),
          e);
    }
  }

  private static MetaGraphDef serving(SavedModel model) {
    for (MetaGraphDef meta : model.getMetaGraphsList()) {
      if (meta.getMetaInfoDef().getTagsList().equals(SERVE)) {
        return meta;
      }
    }
    throw new DataException(
        "it must have a graph with the tags %s, found %s"
            .formatted(
                SERVE,
                model.getMetaGraphsList().stream()
                    .map(meta -> meta.getMetaInfoDef().getTagsList())
                    .toList()));
  }
}
