package org.xgradient.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xgradient.cli.Commands.run;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.cli.Commands;
import org.xgradient.cli.Commands.Outcome;
import org.xgradient.data.ChecksumManifest;
import org.xgradient.data.Provenance;

/** Trainings that are stopped, and go on. */
class TrainResumeTest {

  @TempDir private Path folder;
  private Path table;

  @BeforeEach
  void writeTable() throws IOException {
    table = Commands.writeTable(folder);
  }

  private List<String> train(Path model, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--data", table.toString(), "--label", "sick"));
    arguments.addAll(List.of("--drop", "grade,score", "--hidden", "32,16", "--batch-size", "16"));
    arguments.addAll(List.of("--patience", "1000", "--prior", "gini", "--method", "eg", "--bias"));
    arguments.addAll(List.of("--out", model.toString()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  @Test
  void anotherTrainingIsNotGoneOnWith() throws IOException {
    Path model = folder.resolve("model");
    assertThat(run(train(model, "--epochs", "1"))).isEqualTo(new Outcome(0, ""));
    Outcome other = run(train(model, "--epochs", "1", "--resume", "--lambda", "2"));
    assertThat(other.code()).isNotZero();
    assertThat(other.error())
        .contains("lambda must be as when the training began, auto, found 2")
        .contains("give --force to replace " + model);
    assertThat(run(train(model, "--epochs", "1", "--resume", "--lambda", "2", "--force")))
        .isEqualTo(new Outcome(0, ""));
  }

  /** Beside a model stand the state of its training and its options: none of a user's own files. */
  @Test
  void whatIsBesideAModelIsNotReplaced() throws IOException {
    Path thesis = Files.createDirectory(folder.resolve("a.training")).resolve("thesis.txt");
    Files.writeString(thesis, "mine");
    Outcome state = run(train(folder.resolve("a"), "--epochs", "1"));
    assertThat(state.code()).isNotZero();
    assertThat(state.error()).contains("is where the state of the training would be");
    assertThat(thesis).hasContent("mine");

    Path notes = Files.writeString(folder.resolve("b.options"), "mine");
    Outcome options = run(train(folder.resolve("b"), "--epochs", "1"));
    assertThat(options.code()).isNotZero();
    assertThat(options.error()).contains("give --force to replace it");
    assertThat(notes).hasContent("mine");

    table = Files.copy(table, folder.resolve("c.options"));
    Outcome input = run(train(folder.resolve("c"), "--epochs", "1", "--force"));
    assertThat(input.code()).isNotZero();
    assertThat(input.error()).contains("is read by --data");
  }

  @Test
  @SuppressWarnings("try") // The lock is held, and asked nothing.
  void twoTrainingsOfOneModelKeepApart() throws IOException {
    Path model = folder.resolve("twice");
    Path state = folder.resolve("twice" + UnfinishedTraining.SUFFIX);
    try (TrainingLock first = TrainingLock.acquire(state)) {
      Outcome second = run(train(model, "--epochs", "1"));
      assertThat(second.code()).isNotZero();
      assertThat(second.error()).contains("is in use by another training of this model");
      assertThat(state.resolve(TrainingLock.FILE)).exists();
    }
    assertThat(state).doesNotExist();

    Files.createDirectories(state);
    Files.createFile(state.resolve(TrainingLock.FILE));
    assertThat(run(train(model, "--epochs", "1")).code())
        .as("that of one that was killed")
        .isZero();
    assertThat(state).doesNotExist();
  }

  @Test
  void whatWasWrittenToThePlaceMeanwhileIsNotReplaced() throws IOException {
    Path model = folder.resolve("meanwhile");
    var training = UnfinishedTraining.of(model, new Provenance(ImmutableMap.of()));
    training.begin();
    training.checkUntouched();
    Path others = Files.createDirectory(model).resolve("saved_model");
    Files.writeString(others, "of another command");
    assertThatThrownBy(training::checkUntouched)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("was written by something else during the training")
        .hasMessageContaining("--resume");
    training.begin();
    training.checkUntouched();
    training.delete();
    assertThat(others).exists();
  }

  @Test
  void aStoppedTrainingGivesTheSameFilesWhenItGoesOn() throws Exception {
    Path whole = folder.resolve("whole");
    assertThat(run(train(whole, "--epochs", "60"))).isEqualTo(new Outcome(0, ""));

    Path model = folder.resolve("model");
    Outcome stopped = stopAfterFirstCheckpoint(model);
    assertThat(stopped.code()).isEqualTo(130);
    assertThat(stopped.error().strip().lines()).hasSize(1);
    assertThat(stopped.error())
        .startsWith("xgradient: training was interrupted before step ")
        .endsWith("checkpoint.safetensors with the same command and --resume\n");
    assertThat(model).doesNotExist();

    List<String> again = train(model, "--epochs", "60", "--checkpoint-every", "2");
    Outcome refused = run(again);
    assertThat(refused.code()).isNotZero();
    assertThat(refused.error()).contains("go on with --resume, or delete it first");

    again.add("--resume");
    Outcome other = run(Stream.concat(again.stream(), Stream.of("--lambda", "2")).toList());
    assertThat(other.code()).isNotZero();
    assertThat(other.error()).contains("lambda must be as when the training began, auto, found 2");

    assertThat(run(again)).isEqualTo(new Outcome(0, ""));
    assertThat(checksums(model)).isEqualTo(checksums(whole));
    assertThat(folder.resolve("model.training")).doesNotExist();

    var written = Files.getLastModifiedTime(model.resolve(ChecksumManifest.FILE));
    assertThat(run(again)).isEqualTo(new Outcome(0, ""));
    assertThat(Files.getLastModifiedTime(model.resolve(ChecksumManifest.FILE)))
        .as("a finished training is not repeated")
        .isEqualTo(written);
  }

  private Outcome stopAfterFirstCheckpoint(Path model) throws Exception {
    List<String> arguments = train(model, "--epochs", "60", "--checkpoint-every", "2");
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread thread = new Thread(() -> outcome.complete(run(arguments)));
    thread.start();
    // That of the second weight that is tried.
    while (!Files.exists(
            folder.resolve("model.training").resolve("lambda-0.01-checkpoint.safetensors"))
        && thread.isAlive()) {
      Thread.sleep(5);
    }
    thread.interrupt();
    return outcome.get();
  }

  private static String checksums(Path model) throws IOException {
    ChecksumManifest.verify(model);
    return Files.readString(model.resolve(ChecksumManifest.FILE));
  }
}
