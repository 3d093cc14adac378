package org.xgradient.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicFilesTest {

  private static final String MARKER = "marker.json";

  @TempDir Path folder;

  /** What a process leaves that is killed between its two moves, and one that is killed before. */
  @Test
  void aDirectoryThatWasMovedAsideComesBack() throws Exception {
    Path model = folder.resolve("model");
    Path aside = Files.createDirectory(folder.resolve(".model.0123456789abcdef.old"));
    Files.writeString(aside.resolve(MARKER), "earlier");
    Path unfinished = Files.createDirectory(folder.resolve(".model.0123456789abcdef.tmp"));
    Files.writeString(unfinished.resolve(MARKER), "half");
    Path lock = Files.createFile(folder.resolve(".model.0123456789abcdef.lock"));
    Path other = Files.createDirectory(folder.resolve(".models.0123456789abcdef.tmp"));
    Path notOurs = Files.createFile(folder.resolve(".model.notes.tmp"));

    AtomicFiles.recover(model);
    assertThat(model.resolve(MARKER)).hasContent("earlier");
    assertThat(aside).doesNotExist();
    assertThat(unfinished).doesNotExist();
    assertThat(lock).doesNotExist();
    assertThat(other).exists();
    assertThat(notOurs).exists();
  }

  @Test
  void whatADeadProcessWasWritingIsRemovedWhenTheFileIsWritten() throws Exception {
    Path unfinished = folder.resolve(".rows.csv.0123456789abcdef.tmp");
    Files.writeString(unfinished, "half");

    AtomicFiles.writeText(folder.resolve("rows.csv"), "whole");
    assertThat(unfinished).doesNotExist();
  }

  /** Also in containers, where each has the number 1. */
  @ParameterizedTest
  @DisabledOnOs(OS.WINDOWS)
  @ValueSource(strings = {"", "unshare --user --map-root-user --pid --fork"})
  void aLivingWriterIsLeftAloneWhateverItsNumber(String namespace) throws Exception {
    List<String> command =
        new ArrayList<>(Splitter.on(' ').omitEmptyStrings().splitToList(namespace));
    assumeTrue(command.isEmpty() || succeeds(command));
    command.addAll(SlowWriter.command(folder.resolve("model")));
    Process writer = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    try {
      // It says so when the directory is half written.
      assertThat(writer.getInputStream().read()).isEqualTo('.');
      AtomicFiles.recover(folder.resolve("model"));
      List<String> during = namesIn(folder);
      assertThat(during).anyMatch(name -> name.endsWith(".tmp"));
      writer.getOutputStream().close();
      assertThat(writer.waitFor()).isZero();
    } finally {
      writer.destroyForcibly().waitFor();
    }
    assertThat(namesIn(folder)).containsExactly("model");
    assertThat(namesIn(folder.resolve("model"))).containsExactly(MARKER, "second");
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      List<String> whole = new ArrayList<>(command);
      whole.add("true");
      return new ProcessBuilder(whole).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatAKilledWriterLeftIsRemoved() throws Exception {
    Process writer =
        new ProcessBuilder(SlowWriter.command(folder.resolve("model")))
            .redirectError(Redirect.INHERIT)
            .start();
    assertThat(writer.getInputStream().read()).isEqualTo('.');
    writer.destroyForcibly().waitFor();
    assertThat(namesIn(folder)).hasSize(2);
    AtomicFiles.recover(folder.resolve("model"));
    assertThat(namesIn(folder)).isEmpty();
  }

  @Test
  void anotherThreadOfTheSameProcessIsLeftAlone() throws Exception {
    Path file = folder.resolve("c.txt");
    AtomicFiles.write(
        file,
        out -> {
          AtomicFiles.writeText(file, "inner");
          assertThat(namesIn(folder)).hasSize(3);
          out.write("outer".getBytes(UTF_8));
        });
    assertThat(file).hasContent("outer");
    assertThat(namesIn(folder)).containsExactly("c.txt");
  }

  @Test
  void anInterruptedThreadStillWrites() throws IOException {
    Path file = folder.resolve("a.txt");
    Thread.currentThread().interrupt();
    AtomicFiles.writeText(file, "whole");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(file).hasContent("whole");
  }

  @Test
  void writesAFileAndItsMissingParents() throws IOException {
    Path file = folder.resolve("a/b/c.txt");

    AtomicFiles.writeText(file, "grün\n");

    assertThat(file).hasContent("grün\n");
    assertThat(namesIn(folder.resolve("a/b"))).containsExactly("c.txt");
  }

  @Test
  void replacesAFileOnlyWhenTheContentIsWhole() throws IOException {
    Path file = folder.resolve("c.txt");
    AtomicFiles.writeText(file, "before");

    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    file,
                    out -> {
                      out.write("half".getBytes(UTF_8));
                      out.flush();
                      assertThat(file).hasContent("before");
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");
    assertThat(file).hasContent("before");
    assertThat(namesIn(folder)).containsExactly("c.txt");

    AtomicFiles.writeText(file, "after");
    assertThat(file).hasContent("after");
  }

  @Test
  void aNewFileIsAsReadableAsAnyOther() throws IOException {
    Path plain = Files.createFile(folder.resolve("plain"));
    Path file = folder.resolve("c.txt");

    AtomicFiles.writeText(file, "x");

    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(plain));
  }

  /** A file that a process has open, such as by a redirection, is gone on with. */
  @Test
  void anOpenFileIsWrittenTo() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
    Path file = folder.resolve("open.txt");
    try (OutputStream open = new FileOutputStream(file.toFile())) {
      open.write("before ".getBytes(UTF_8));
      Path place = null;
      try (Stream<Path> opened = Files.list(Path.of("/proc/self/fd"))) {
        for (Path one : (Iterable<Path>) opened::iterator) {
          place = Files.exists(one) && Files.isSameFile(one, file) ? one : place;
        }
      }
      AtomicFiles.writeText(requireNonNull(place), "after");
    }
    assertThat(file).hasContent("before after");
  }

  @Test
  void followsLinksInsteadOfReplacingThem() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "before");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);

    AtomicFiles.writeText(link, "after");

    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("after");
  }

  @Test
  void refusesToWriteAFileOverADirectory() {
    assertThatThrownBy(() -> AtomicFiles.writeText(folder, "x"))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("must be a file, found a directory");
  }

  @Test
  void replacesAnEarlierDirectoryWhole() throws IOException {
    Path model = folder.resolve("model");
    AtomicFiles.writeDirectory(model, MARKER, d -> fill(d, "stale.txt"));

    AtomicFiles.writeDirectory(
        model,
        MARKER,
        d -> {
          fill(d, "fresh.txt");
          assertThat(namesIn(model)).containsExactly(MARKER, "stale.txt");
        });

    assertThat(namesIn(model)).containsExactly("fresh.txt", MARKER);
    assertThat(namesIn(folder)).containsExactly("model");
  }

  @Test
  void keepsTheEarlierDirectoryWhenTheContentFails() throws IOException {
    Path model = folder.resolve("model");
    AtomicFiles.writeDirectory(model, MARKER, d -> fill(d, "good.txt"));

    assertThatThrownBy(
            () ->
                AtomicFiles.writeDirectory(
                    model,
                    MARKER,
                    d -> {
                      fill(d, "bad.txt");
                      throw new IllegalStateException("interrupted");
                    }))
        .hasMessage("interrupted");

    assertThat(namesIn(model)).containsExactly("good.txt", MARKER);
    assertThat(namesIn(folder)).containsExactly("model");
  }

  @Test
  void neverReplacesADirectoryThatItDidNotWrite() throws IOException {
    Path thesis = Files.writeString(folder.resolve("thesis.tex"), "years of work");

    assertThatThrownBy(() -> AtomicFiles.writeDirectory(folder, MARKER, d -> fill(d, "x")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("must be new, empty or an earlier output with the file marker.json");

    assertThat(thesis).hasContent("years of work");
  }

  @Test
  void saysBeforeLongWorkThatADirectoryCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path model = folder.resolve("model");

    AtomicFiles.checkDirectory(model.resolve("inner"), MARKER);
    assertThat(model).doesNotExist();
    Files.createDirectory(model);
    AtomicFiles.checkDirectory(model, MARKER);
    Files.createFile(model.resolve("thesis.tex"));
    assertThatThrownBy(() -> AtomicFiles.checkDirectory(model, MARKER))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("must be new, empty or an earlier output with the file marker.json");
    assertThatThrownBy(() -> AtomicFiles.checkDirectory(file.resolve("a/model"), MARKER))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(
            "%s: must be inside a directory, but %s is a file; write to another place",
            file.resolve("a/model"), file);
    assertThat(namesIn(folder)).containsExactly("file", "model");
  }

  @Test
  void aProtectedFileIsNotReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("kept.csv"), "kept");
    assumeTrue(file.toFile().setWritable(false, false));

    for (ThrowingCallable attempt :
        List.<ThrowingCallable>of(
            () -> AtomicFiles.checkFile(file),
            () -> AtomicFiles.checkPlace(file),
            () -> AtomicFiles.writeText(file, "new"))) {
      assertThatThrownBy(attempt)
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("kept.csv: is protected from writing and is not replaced");
    }
    assertThat(file).hasContent("kept");
    assertThat(namesIn(folder)).containsExactly("kept.csv");
  }

  @Test
  void norIsAProtectedDirectory() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("kept"));
    assumeTrue(directory.toFile().setWritable(false, false));
    for (ThrowingCallable attempt :
        List.<ThrowingCallable>of(
            () -> AtomicFiles.checkNoFile(directory),
            () -> AtomicFiles.checkDirectory(directory, MARKER),
            () -> AtomicFiles.writeDirectory(directory, MARKER, d -> fill(d, "new.txt")))) {
      assertThatThrownBy(attempt)
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("kept: is protected from writing and is not replaced");
    }
    assertThat(namesIn(folder)).containsExactly("kept");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void saysBeforeLongWorkThatADirectoryCannotBeRemoved() throws IOException {
    Path model = folder.resolve("model");
    AtomicFiles.writeDirectory(model, MARKER, d -> fill(d, "good.txt"));
    Path inner = Files.createDirectory(model.resolve("inner"));
    assumeTrue(inner.toFile().setWritable(false) && !Files.isWritable(inner));
    AtomicFiles.checkDirectory(model, MARKER);
    inner.toFile().setWritable(true);
    Files.createFile(inner.resolve("file"));
    inner.toFile().setWritable(false);

    assertThatThrownBy(() -> AtomicFiles.checkDirectory(model, MARKER))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(
            "%s: can't be replaced, for there is no permission to remove what is in %s; write to another place, or remove it first",
            model, inner);
    assertThat(namesIn(folder)).containsExactly("model");
    inner.toFile().setWritable(true);
  }

  @Test
  void fillsAnEmptyDirectory() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));

    AtomicFiles.writeDirectory(model, MARKER, d -> fill(d, "x"));

    assertThat(namesIn(model)).containsExactly(MARKER, "x");
  }

  @Test
  void demandsTheMarker() throws IOException {
    assertThatThrownBy(() -> AtomicFiles.writeDirectory(folder.resolve("model"), MARKER, d -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the content must write marker.json, found none");
    assertThat(namesIn(folder)).isEmpty();
  }

  @Test
  void refusesToWriteADirectoryOverAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> AtomicFiles.writeDirectory(file, MARKER, d -> fill(d, "x")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("must be a directory, found a file");
  }

  private static void fill(Path directory, String name) throws IOException {
    Files.writeString(directory.resolve(MARKER), "{}");
    Files.writeString(directory.resolve(name), name);
  }

  private static List<String> namesIn(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }
}
