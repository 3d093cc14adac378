package org.xgradient.training.model;

import com.google.common.base.Ascii;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.AtomicFiles;
import org.xgradient.data.AtomicFiles.DirectoryContent;
import org.xgradient.data.ChecksumManifest;
import org.xgradient.data.Checksums;
import org.xgradient.data.DataException;
import org.xgradient.data.Provenance;
import org.xgradient.data.RegularFiles;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.graph.savedmodel.LoadOptions;
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

  private static final int MAX_MANIFEST_BYTES = 1 << 20;

  /** For all texts together with their categories and classes. */
  private static final int MAX_TEXT_BYTES = 1 << 28;

  private final Path directory;
  private final @Nullable ChecksumManifest list;

  private ModelDirectory(Path directory, @Nullable ChecksumManifest list) {
    this.directory = directory;
    this.list = list;
  }

  /**
   * {@return whether a directory is a model directory of this library, damaged or not}
   *
   * @param directory the directory
   */
  public static boolean exists(Path directory) {
    Path manifest = directory.resolve(MANIFEST);
    // TensorFlow.js and XGBoost call their models so, too.
    return Files.isRegularFile(manifest)
        ? !SavedModels.isForeignJson(manifest)
        : Files.exists(manifest) && !Files.isDirectory(manifest);
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
          "%s must be a model directory with a file %s, found %s"
              .formatted(
                  directory,
                  MANIFEST,
                  Files.exists(directory.resolve("saved_model.pb"))
                      ? "a SavedModel of others; for tables and images attribute, predict and check take it as it is"
                      : "none; train a model there first"));
    }
    String json = RegularFiles.readText(file, MAX_MANIFEST_BYTES);
    return ModelManifest.fromJson(json, file.toString()).modelKind(file.toString());
  }

  /**
   * Reads where a model came from, without loading it.
   *
   * @param directory the model directory
   * @return its provenance
   * @throws DataException if it can't be read, or is damaged
   */
  public static Provenance provenance(Path directory) {
    return new ModelDirectory(directory, null).provenance();
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
    ChecksumManifest list = ChecksumManifest.read(directory);
    list.requireListed(MANIFEST);
    savedModelFiles(directory).forEach(list::requireListed);
    list.verifyAllBut(Set.of());
    return new ModelDirectory(directory, list);
  }

  /** A list that leaves one of these out was shortened. */
  private static List<String> savedModelFiles(Path directory) {
    try (Stream<Path> walk = Files.walk(directory.resolve(SAVED_MODEL))) {
      return walk.filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString().replace('\\', '/'))
          .toList();
    } catch (IOException e) {
      throw DataException.unreadable(directory.resolve(SAVED_MODEL), e);
    }
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
   * @throws DataException if it is not in the list of checksums
   */
  public Path file(String name) {
    if (list != null) {
      list.requireListed(name);
    }
    return directory.resolve(name);
  }

  /**
   * Reads a text file of the directory.
   *
   * @param name its name
   * @return the text
   * @throws DataException if it can't be read, is not in the list of checksums, or has changed
   */
  public String read(String name) {
    Path file = file(name);
    byte[] bytes = RegularFiles.read(file, MAX_TEXT_BYTES);
    if (list != null) {
      // Of what was read, and not of what is there by now.
      list.check(name, Checksums.sha256(bytes));
    }
    return RegularFiles.text(file, bytes);
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
    return load(SessionOptions.withDefaults());
  }

  /**
   * Loads the SavedModel.
   *
   * @param options how the session computes
   * @return the model, to be closed
   * @throws org.xgradient.graph.savedmodel.SavedModelException if it is damaged
   */
  public LoadedModel load(SessionOptions options) {
    return SavedModels.load(
        directory.resolve(SAVED_MODEL), LoadOptions.withDefaults().withSession(options));
  }
}
