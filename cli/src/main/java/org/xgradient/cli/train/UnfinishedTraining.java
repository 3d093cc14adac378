package org.xgradient.cli.train;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xgradient.data.AtomicFiles;
import org.xgradient.data.DataException;
import org.xgradient.data.Provenance;
import org.xgradient.training.model.ModelDirectory;

/**
 * The directory beside a model's in which a training keeps its plan and its latest state, until the
 * model is written. Another plan, such as another seed or other data, can't go on from that state.
 */
final class UnfinishedTraining {

  /** What follows the name of the model's directory. */
  static final String SUFFIX = ".training";

  private static final String PLAN = "plan.json";
  private static final String CHECKPOINT = "checkpoint.safetensors";

  private final Path model;
  private final Path directory;
  private final Provenance plan;
  private Optional<List<Object>> before = Optional.empty();

  private UnfinishedTraining(Path model, Path directory, Provenance plan) {
    this.model = model;
    this.directory = directory;
    this.plan = plan;
  }

  /**
   * The training of a model.
   *
   * @param model the model's directory
   * @param plan what is trained, and how
   */
  static UnfinishedTraining of(Path model, Provenance plan) {
    Path place = model.toAbsolutePath().normalize();
    return new UnfinishedTraining(model, place.resolveSibling(place.getFileName() + SUFFIX), plan);
  }

  /** {@return the directory in which the training is kept} */
  Path place() {
    return directory;
  }

  Path checkpoint() {
    return directory.resolve(CHECKPOINT);
  }

  /**
   * {@return whether such a training has written its model already}
   *
   * @param facts what the model must say of where it came from besides
   */
  boolean isFinished(Map<String, String> facts) throws IOException {
    if (isBegun() || !ModelDirectory.exists(model)) {
      return false;
    }
    Set<Map.Entry<String, String>> found = ModelDirectory.provenance(model).facts().entrySet();
    return found.containsAll(plan.facts().entrySet()) && found.containsAll(facts.entrySet());
  }

  /**
   * Checks that what was begun is gone on with, and nothing else.
   *
   * @param resume whether to go on
   * @param force whether a model of another training may be replaced
   * @throws FileSystemException if there is a state, and this does not go on with it
   * @throws DataException if it has another plan
   */
  void check(boolean resume, boolean force) throws IOException {
    if (!isBegun()) {
      if (resume && !force && ModelDirectory.exists(model)) {
        checkPlan(ModelDirectory.provenance(model).facts(), "give --force to replace " + model);
      }
      return;
    }
    if (!resume) {
      throw new FileSystemException(
          directory.toString(),
          null,
          "holds an unfinished training of this model; go on with --resume, or delete it first");
    }
    checkPlan(
        Provenance.fromJson(Files.readString(directory.resolve(PLAN))).facts(),
        "delete " + directory);
  }

  /**
   * Keeps other trainings of the model away.
   *
   * @return what does so until it is closed
   * @throws FileSystemException if there is one, or the place holds something else
   */
  TrainingLock lock() throws IOException {
    checkPlace();
    return TrainingLock.acquire(directory);
  }

  /** What is not a training's own is not deleted with it. */
  private void checkPlace() throws IOException {
    if (!Files.exists(directory) || Files.exists(directory.resolve(PLAN)) || isBegun()) {
      return;
    }
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        if (files.allMatch(file -> file.endsWith(TrainingLock.FILE))) {
          return;
        }
      }
    }
    throw new FileSystemException(
        directory.toString(),
        null,
        "is where the state of the training would be, and holds something else; move it, or give another --out");
  }

  /** {@return whether there is the state of a training, or of one of a search} */
  private boolean isBegun() throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.anyMatch(file -> file.getFileName().toString().endsWith(CHECKPOINT));
    }
  }

  /** Writes down the plan, before the first step. */
  void begin() throws IOException {
    before = atPlace();
    AtomicFiles.writeText(directory.resolve(PLAN), plan.toJson());
  }

  /**
   * Checks that the model's place is as it was when the training began.
   *
   * @throws FileSystemException if something else was written there; the state is kept then
   */
  void checkUntouched() throws IOException {
    if (!atPlace().equals(before)) {
      throw new FileSystemException(
          model.toString(),
          null,
          "was written by something else during the training, which is kept in %s; move what is there, or let it be replaced, and give the same command with --resume"
              .formatted(directory));
    }
  }

  /** What tells one directory from another; empty if there is none. */
  private Optional<List<Object>> atPlace() throws IOException {
    if (!Files.exists(model)) {
      return Optional.empty();
    }
    BasicFileAttributes found = Files.readAttributes(model, BasicFileAttributes.class);
    return Optional.of(
        List.of(Objects.requireNonNullElse(found.fileKey(), model), found.lastModifiedTime()));
  }

  private void checkPlan(Map<String, String> begun, String otherwise) {
    for (Map.Entry<String, String> fact : plan.facts().entrySet()) {
      String before = begun.getOrDefault(fact.getKey(), "none");
      if (!before.equals(fact.getValue())) {
        throw new DataException(
            "%s must be as when the training began, %s, found %s; give the same options, or %s"
                .formatted(fact.getKey(), before, fact.getValue(), otherwise));
      }
    }
  }

  /** Forgets the training, when the model is written. */
  void delete() throws IOException {
    if (Files.exists(directory)) {
      MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }
}
