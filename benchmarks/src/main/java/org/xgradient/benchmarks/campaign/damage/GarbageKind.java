package org.xgradient.benchmarks.campaign.damage;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.Gradient;
import org.xgradient.benchmarks.campaign.harness.Sample;
import org.xgradient.data.ChecksumManifest;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.Idx;
import org.xgradient.data.format.Npy;
import org.xgradient.data.format.Npz;
import org.xgradient.data.format.PyTorchCheckpoint;
import org.xgradient.data.format.Safetensors;
import org.xgradient.data.image.Images;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TablePreprocessing;
import org.xgradient.data.table.reading.TableReader;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Model;
import org.xgradient.graph.Target;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.training.table.TableModel;

/** What can be damaged, and what reads it. */
enum GarbageKind {
  CSV,
  IMAGE,
  IDX,
  NPY,
  NPZ,
  SAFETENSORS,
  PYTORCH,
  CONFIGURATION,
  MODEL,
  SAVED_MODEL,
  /** What is added to a SavedModel, and must not matter. */
  GROWN_MODEL;

  private static final String GRAPH = "saved_model.pb";

  /** {@return whether TensorFlow itself sees what is damaged, with all that may do to a process} */
  boolean meetsTensorFlow() {
    return this == SAVED_MODEL || this == GROWN_MODEL;
  }

  /** {@return whether what is read must be what it was before} */
  boolean keepsResults() {
    return this == GROWN_MODEL;
  }

  /** {@return whether one file is read, and not a directory} */
  boolean isFile() {
    return this != MODEL && !meetsTensorFlow();
  }

  /**
   * Makes valid examples.
   *
   * @param folder an empty folder to work in
   */
  ImmutableList<Sample> samples(Path folder) throws IOException {
    return switch (this) {
      case CSV -> Samples.csv();
      case IMAGE -> Samples.images();
      case IDX -> Samples.idx();
      case NPY -> Samples.npy();
      case NPZ -> Samples.npz();
      case SAFETENSORS -> Samples.safetensors(folder);
      case PYTORCH -> Samples.pytorch();
      case CONFIGURATION -> ModelSamples.configurations(folder);
      case MODEL -> ModelSamples.directories(folder);
      case SAVED_MODEL, GROWN_MODEL -> ModelSamples.savedModels(folder);
    };
  }

  /** Damages an example, in half of the cases such that what is around the damage stays sound. */
  Sample damage(Sample sample, SplittableRandom random) throws IOException {
    if (this == GROWN_MODEL) {
      return sample.with(GRAPH, new GraphGrowth(random).grow(sample.bytes(GRAPH)));
    }
    String name = sample.names().get(random.nextInt(sample.names().size()));
    byte[] bytes = sample.bytes(name);
    boolean inside = random.nextBoolean();
    if (inside && (this == NPZ || this == PYTORCH)) {
      return sample.with(name, ZipDamage.damage(bytes, random));
    }
    if (inside && this == SAVED_MODEL) {
      return sample.with(GRAPH, new GraphDamage(random).damage(sample.bytes(GRAPH)));
    }
    if (this == MODEL && random.nextInt(10) == 0) {
      Map<String, byte[]> files = new HashMap<>(sample.files());
      files.remove(name);
      return Sample.of(files);
    }
    return sample.with(name, inside ? damageText(name, bytes, random) : damage(bytes, random));
  }

  private static byte[] damageText(String name, byte[] bytes, SplittableRandom random) {
    TextDamage damage = new TextDamage(random);
    if (name.endsWith(".safetensors")) {
      return damage.damageHeader(bytes);
    }
    return name.endsWith(".csv") || name.endsWith(".json") || name.endsWith(".sha256")
        ? damage.damage(bytes)
        : damage(bytes, random);
  }

  private static byte[] damage(byte[] bytes, SplittableRandom random) {
    return new ByteDamage(random).damage(bytes);
  }

  /** What an attacker can do and accident can't: a list of checksums that fits. */
  void seal(Path directory, SplittableRandom random) throws IOException {
    if (this == MODEL && random.nextBoolean()) {
      Files.deleteIfExists(directory.resolve("saved_model").resolve(ChecksumManifest.FILE));
      ChecksumManifest.write(directory);
    }
  }

  /** Reads what may be damaged, and uses it once; returns what a model says, if it is one. */
  FloatArray read(Path path) throws IOException {
    switch (this) {
      case CSV -> readTable(path);
      case IMAGE -> Images.read(path);
      case IDX -> Idx.read(path);
      case NPY -> Npy.read(path);
      case NPZ -> Npz.read(path);
      case SAFETENSORS -> Safetensors.read(path);
      case PYTORCH -> PyTorchCheckpoint.read(path);
      case CONFIGURATION -> ModelSamples.readConfiguration(path);
      case MODEL -> {
        return readModel(path);
      }
      case SAVED_MODEL, GROWN_MODEL -> {
        return readSavedModel(path);
      }
    }
    return FloatArray.zeros(0);
  }

  private static void readTable(Path file) {
    Table table = TableReader.withDefaults().read(file);
    TablePreprocessing.fit(table, Samples.rows(table.rows())).transform(table);
  }

  private static FloatArray readModel(Path directory) {
    try (TableModel model = TableModel.load(directory)) {
      return attribute(model);
    }
  }

  private static FloatArray readSavedModel(Path directory) {
    try (LoadedModel model = SavedModels.load(directory)) {
      return attribute(model);
    }
  }

  private static FloatArray attribute(BoundModel bound) {
    Model model = bound.model();
    int[] shape = new int[1 + model.inputShape().length()];
    shape[0] = 2;
    for (int i = 1; i < shape.length; i++) {
      shape[i] = model.inputShape().get(i - 1);
    }
    var options = AttributorOptions.withDefaults().withTarget(Target.index(0));
    return Attributor.of(bound, new Gradient(), options)
        .attribute(FloatArray.zeros(shape))
        .values();
  }
}
