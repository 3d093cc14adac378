package org.xgradient.graph;

import com.google.common.collect.ImmutableSet;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.xgradient.data.ChecksumManifest;

/** Checks the files of a SavedModel before TensorFlow sees them, which may not survive damage. */
final class SavedModelFiles {

  private static final String INDEX = SavedModels.VARIABLES + ".index";

  private static final ImmutableSet<String> VARIABLE_TYPES =
      ImmutableSet.of("VarHandleOp", "VariableV2", "Variable");

  private SavedModelFiles() {}

  /**
   * Checks a directory.
   *
   * @param directory the directory
   * @throws org.xgradient.data.DataException if it is missing or damaged
   */
  static void check(Path directory) {
    Path file = directory.resolve(SavedModels.GRAPH_FILE);
    if (!Files.isRegularFile(file)) {
      throw new SavedModelException(
          "%s is no SavedModel: it has no file %s".formatted(directory, SavedModels.GRAPH_FILE));
    }
    boolean verified = verified(directory);
    MetaGraphDef meta = serving(file, read(file));
    ConstantCheck.check(meta.getGraphDef());
    boolean hasVariables =
        meta.getGraphDef().getNodeList().stream()
            .anyMatch(node -> VARIABLE_TYPES.contains(node.getOp()));
    if (hasVariables && !Files.isRegularFile(directory.resolve(INDEX))) {
      throw new SavedModelException(
          "%s has variables but no file %s; export the model anew".formatted(directory, INDEX));
    }
    if (hasVariables && !verified) {
      CheckpointCheck.check(directory.resolve(SavedModels.VARIABLES));
    }
  }

  private static boolean verified(Path directory) {
    if (!ChecksumManifest.exists(directory)) {
      return false;
    }
    ImmutableSet<String> verified = ChecksumManifest.verify(directory);
    for (String file : new String[] {SavedModels.GRAPH_FILE, INDEX}) {
      if (Files.exists(directory.resolve(file)) && !verified.contains(file)) {
        throw new SavedModelException(
            "%s is not listed in %s; delete the list if you trust the file"
                .formatted(directory.resolve(file), ChecksumManifest.FILE));
      }
    }
    return true;
  }

  private static SavedModel read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return SavedModel.parseFrom(in);
    } catch (InvalidProtocolBufferException e) {
      throw new SavedModelException(
          "%s is damaged, export the model anew: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new SavedModelException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static MetaGraphDef serving(Path file, SavedModel model) {
    for (MetaGraphDef meta : model.getMetaGraphsList()) {
      if (meta.getMetaInfoDef().getTagsList().contains("serve")) {
        return meta;
      }
    }
    throw new SavedModelException(
        "%s must have a graph with the tag 'serve', found %s"
            .formatted(
                file,
                model.getMetaGraphsList().stream()
                    .map(meta -> meta.getMetaInfoDef().getTagsList())
                    .toList()));
  }
}
