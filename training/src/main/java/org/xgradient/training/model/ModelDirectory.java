package org.xgradient.training.model;

import com.google.common.base.Ascii;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.xgradient.data.AtomicFiles;
import org.xgradient.data.AtomicFiles.DirectoryContent;
import org.xgradient.data.ChecksumManifest;
import org.xgradient.data.DataException;
import org.xgradient.data.Provenance;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.graph.savedmodel.SignatureSpec;

/**
 * A directory with a trained model: whole, of a known format, and as it was written.
 *
 * <p>{@link org.xgradient.training.table.TableModel} and {@link
 * org.xgradient.training.image.ImageModel} add what their kind of data needs.
 */
public final class ModelDirectory {

  /** The file by which a model directory is recognized. */
  public static final String MANIFEST = "model.json";

  /** The SavedModel in a model directory. */
  public static final String SAVED_MODEL = "saved_model";

  private static final String PROVENANCE = "provenance.json";

  private final Path directory;

  private ModelDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * {@return whether a directory is a model directory of this library, damaged or not}
   *
   * @param directory the directory
   */
  public static boolean exists(Path directory) {
    return Files.isRegularFile(directory.resolve(MANIFEST));
  }

  /**
   * What the model in a directory takes.
   *
   * @param directory the directory
   * @return the kind
   * @throws DataException if it is not a model directory, its manifest is damaged, or it is of
   *     another format version or of an unknown kind
   */
  public static ModelKind kind(Path directory) {
    Path file = directory.resolve(MANIFEST);
    if (!exists(directory)) {
      throw new DataException(
          "%s must be a model directory with a file %s, found none; train a model there first"
              .formatted(directory, MANIFEST));
    }
    return ModelManifest.fromJson(new ModelDirectory(directory).read(MANIFEST), file.toString())
        .modelKind(file.toString());
  }

  /**
   * Reads where a model came from, without loading it.
   *
   * @param directory the model directory
   * @return its provenance
   * @throws DataException if it can't be read, or is damaged
   */
  public static Provenance provenance(Path directory) {
    return new ModelDirectory(directory).provenance();
  }

  /**
   * Opens a directory after a check of all its files.
   *
   * @param directory the directory
   * @param expected what the model must take
   * @return the directory
   * @throws DataException if it is not a model directory, damaged, of another format version, or of
   *     a model of something else
   */
  public static ModelDirectory open(Path directory, ModelKind expected) {
    recover(directory);
    ModelKind kind = kind(directory);
    if (kind != expected) {
      throw new DataException(
          "%s must be of a model of %s, found '%s'"
              .formatted(
                  directory.resolve(MANIFEST),
                  Ascii.toLowerCase(expected.name()) + "s",
                  kind.manifestName()));
    }
    ChecksumManifest.verify(directory);
    return new ModelDirectory(directory);
  }

  /**
   * Checks that a model can be written to a directory; to be called before it is trained.
   *
   * @param directory the directory
   * @throws IOException if it holds something else than an earlier model, or can't be created
   */
  public static void checkWritable(Path directory) throws IOException {
    AtomicFiles.checkDirectory(directory, MANIFEST);
  }

  /**
   * Writes a model directory, whole or not at all; an earlier model is replaced, anything else is
   * not.
   *
   * @param directory the directory
   * @param kind what the model takes
   * @param export the model
   * @param provenance where it came from
   * @param more writes further files, which the checksums cover too
   * @throws IOException if the files can't be written, or the directory holds something else
   * @throws IllegalArgumentException if the method does not apply to the model
   */
  public static void write(
      Path directory,
      ModelKind kind,
      ModelExport export,
      Provenance provenance,
      DirectoryContent more)
      throws IOException {
    List<SignatureSpec> signatures = export.signatures();
    String method = export.method().getClass().getSimpleName();
    AtomicFiles.writeDirectory(
        directory,
        MANIFEST,
        inside -> {
          more.writeTo(inside);
          AtomicFiles.writeText(inside.resolve(PROVENANCE), provenance.toJson());
          AtomicFiles.writeText(inside.resolve(MANIFEST), ModelManifest.of(kind, method).toJson());
          SavedModels.write(inside.resolve(SAVED_MODEL), export.bound().session(), signatures);
          ChecksumManifest.write(inside);
        });
  }

  private static void recover(Path directory) {
    if (!Files.exists(directory)) {
      try {
        AtomicFiles.recover(directory);
      } catch (IOException e) {
        throw new DataException(
            "%s is not there, and what it was before can't be moved back: %s"
                .formatted(directory, e.getMessage()),
            e);
      }
    }
  }

  /**
   * Where a file of the directory is.
   *
   * @param name its name
   * @return its path
   */
  public Path file(String name) {
    return directory.resolve(name);
  }

  /**
   * Reads a text file of the directory.
   *
   * @param name its name
   * @return the text
   * @throws DataException if it can't be read
   */
  public String read(String name) {
    Path file = file(name);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new DataException("%s can't be read; copy the directory anew".formatted(file), e);
    }
  }

  /**
   * {@return where the model came from}
   *
   * @throws DataException if that can't be read
   */
  public Provenance provenance() {
    return Provenance.fromJson(read(PROVENANCE));
  }

  /**
   * Loads the SavedModel.
   *
   * @return the model, to be closed
   * @throws org.xgradient.graph.savedmodel.SavedModelException if it is damaged
   */
  public LoadedModel load() {
    return SavedModels.load(file(SAVED_MODEL));
  }
}
