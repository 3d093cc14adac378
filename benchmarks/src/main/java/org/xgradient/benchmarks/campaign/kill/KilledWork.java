package org.xgradient.benchmarks.campaign.kill;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.xgradient.benchmarks.campaign.harness.Sample;
import org.xgradient.data.image.DecoyShapes;

/** What is killed, and run again to its end. */
enum KilledWork {
  /** With shuffling, and a prior that draws; goes on from its checkpoint. */
  TRAIN,
  /** A grid of trainings on several workers; goes on with those that are missing. */
  EXPERIMENT,
  /** Begins anew. */
  EVALUATE,
  /** Begins anew. */
  EXPORT,
  /** Begins anew; has a page beside its table. */
  ATTRIBUTE,
  /** Begins anew. */
  PREDICT,
  /** Begins anew. */
  STRIP_BIAS,
  /** With shuffling; goes on from its checkpoint. */
  TRAIN_IMAGES,
  /** Begins anew. */
  IMPORT,
  /** Begins anew; writes a picture for each image. */
  ATTRIBUTE_IMAGES,
  /** Begins anew. */
  EVALUATE_IMAGES;

  /** The name of what a command writes. */
  static final String OUT = "out";

  private static final String FILE = "a.csv";

  private static final String LOG = "results.jsonl";

  /**
   * The command.
   *
   * @param folder where {@link KillFiles} wrote
   * @param place the folder to write in
   * @param again whether it was begun before
   */
  List<String> command(Path folder, Path place, boolean again) {
    KillFiles files = new KillFiles(folder);
    String words =
        switch (this) {
          case TRAIN ->
              KillFiles.TRAINING
                  + " --prior gini --method eg --hidden 64,32 --epochs 25 --batch-size 64"
                  + " --checkpoint-every 1"
                  + files.table();
          case EXPERIMENT -> "experiment sparsity --workers 3 --config " + files.grid();
          case EVALUATE -> "evaluate --methods ig,grad --rows 250" + files.model() + files.table();
          case EXPORT -> "export --method ig" + files.largeModel();
          case ATTRIBUTE -> "attribute --method ig" + files.model() + files.table();
          case PREDICT -> "predict" + files.model() + files.table();
          case STRIP_BIAS -> "strip-bias" + files.largeModel() + files.table();
          case TRAIN_IMAGES ->
              "train --network x-convnet --epochs 6 --batch-size 16 --checkpoint-every 1"
                  + files.images();
          case IMPORT ->
              "import --network x-convnet --image-size " + DecoyShapes.SIDE + files.weights();
          case ATTRIBUTE_IMAGES -> "attribute --method ig" + files.imageModel() + files.images();
          case EVALUATE_IMAGES ->
              "evaluate --methods xg,random --metrics kpm" + files.imageModel() + files.images();
        };
    List<String> command = new ArrayList<>(Splitter.on(' ').splitToList(words));
    Path out = place.resolve(OUT);
    command.addAll(List.of("--out", (writesTable() ? out.resolve(FILE) : out).toString()));
    if (again) {
      command.add(goesOn() ? "--resume" : "--force");
    }
    return command;
  }

  private boolean writesTable() {
    return this == ATTRIBUTE || this == PREDICT;
  }

  /** Whether a run goes on with what an earlier one kept. */
  boolean goesOn() {
    return this == TRAIN || this == EXPERIMENT || this == TRAIN_IMAGES;
  }

  /** Whether there is something to go on with: a checkpoint, or a result. */
  boolean hasKept(Path place) throws IOException {
    return switch (this) {
      case TRAIN, TRAIN_IMAGES -> hasCheckpoint(place.resolve(OUT + ".training"));
      case EXPERIMENT -> {
        Path log = place.resolve(OUT).resolve(LOG);
        // The first line is not a result.
        yield Files.exists(log) && lines(Files.readAllBytes(log)).size() > 1;
      }
      default -> false;
    };
  }

  private static boolean hasCheckpoint(Path state) throws IOException {
    if (!Files.exists(state)) {
      return false;
    }
    try (Stream<Path> files = Files.list(state)) {
      return files.anyMatch(file -> file.toString().endsWith("checkpoint.safetensors"));
    }
  }

  /** Whether all output is there. */
  boolean isDone(Path place) {
    Path out = place.resolve(OUT);
    return switch (this) {
      case EXPERIMENT -> Files.exists(out.resolve("report.html"));
      case ATTRIBUTE, PREDICT -> Files.exists(out.resolve(FILE));
      default -> Files.exists(out);
    };
  }

  /** Whether each file that is there, and not hidden, is as in a whole output. */
  boolean isWhole(Path place, Sample reference) throws IOException {
    Path out = place.resolve(OUT);
    if (!Files.exists(out)) {
      return true;
    }
    Sample found = Sample.read(out);
    List<String> names = found.names().stream().filter(name -> !name.startsWith(".")).toList();
    return (this == EXPERIMENT || writesTable() || names.equals(reference.names()))
        && names.stream().allMatch(name -> isWhole(name, found, reference));
  }

  /** Results are in the order in which they came; of those that are there each must be as ever. */
  private static boolean isWhole(String name, Sample found, Sample reference) {
    if (!reference.names().contains(name)) {
      return false;
    }
    return name.equals(LOG)
        ? lines(reference.bytes(name)).containsAll(lines(found.bytes(name)))
        : Arrays.equals(found.bytes(name), reference.bytes(name));
  }

  /** Whether the output is, bit for bit, another; results may have come in another order. */
  boolean isSame(Path place, Sample reference) throws IOException {
    Sample found = Sample.read(place.resolve(OUT));
    return found.names().equals(reference.names())
        && found.size() == reference.size()
        && isWhole(place, reference);
  }

  /** Lines that have an end. */
  private static ImmutableSet<String> lines(byte[] text) {
    String content = new String(text, StandardCharsets.UTF_8);
    String whole = content.substring(0, content.lastIndexOf('\n') + 1);
    return whole.lines().collect(ImmutableSet.toImmutableSet());
  }
}
