package org.xgradient.graph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.graph.runtime.NativeFolder.UntrustedFolderException;

class NativeFolderTest {

  private static final int SOMEBODY_ELSE = 54321;

  @TempDir Path folder;
  private Path home;
  private Path temporary;

  @BeforeEach
  void makeFolders() throws IOException {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("unix"));
    home = Files.createDirectory(folder.resolve("home"));
    temporary = Files.createDirectory(folder.resolve("tmp"));
    mode(temporary, "rwxrwxrwx");
    Files.setAttribute(temporary, "unix:mode", 01777);
  }

  @Test
  void isInTheHome() throws IOException {
    assertThat(choose()).isEqualTo(home.toRealPath().resolve(".javacpp/cache")).isDirectory();
    assertThat(choose()).as("again").isEqualTo(home.toRealPath().resolve(".javacpp/cache"));
  }

  /** JavaCPP compares local times: another zone's process would unpack over what this one runs. */
  @Test
  void zonesThatDisagreeAboutTimesHaveTheirOwn() throws IOException {
    Path usual = home.toRealPath().resolve(".javacpp/cache");
    assertThat(choose(ZoneId.of("Europe/Berlin"))).isEqualTo(usual.resolve("zone+0100+0200"));
    assertThat(choose(ZoneId.of("Europe/Paris"))).isEqualTo(usual.resolve("zone+0100+0200"));
    assertThat(choose(ZoneId.of("Asia/Tokyo"))).isEqualTo(usual.resolve("zone+0900"));
    assertThat(choose(ZoneId.of("UTC"))).isEqualTo(usual);
  }

  private Path choose(ZoneId zone) {
    return NativeFolder.choose(Optional.empty(), home, temporary, "me", zone);
  }

  @Test
  void withoutAHomeIsPrivateAmongTemporaryFiles() throws IOException {
    for (Path none : new Path[] {Path.of("?"), noDirectory()}) {
      Path chosen = NativeFolder.choose(Optional.empty(), none, temporary, "me", ZoneOffset.UTC);

      assertThat(chosen).isEqualTo(temporary.toRealPath().resolve("xgradient-native-me"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(chosen)))
          .isEqualTo("rwx------");
    }
    assertThat(Path.of("?")).doesNotExist();
  }

  @Test
  void whatOthersCanWriteToIsRefused() throws IOException {
    Path prepared = Files.createDirectory(temporary.resolve("xgradient-native-me"));
    mode(prepared, "rwxrwxrwx");

    assertThatThrownBy(
            () ->
                NativeFolder.choose(
                    Optional.empty(), noDirectory(), temporary, "me", ZoneOffset.UTC))
        .isInstanceOf(UntrustedFolderException.class)
        .hasMessageMatching(
            "the folder that TensorFlow's native code is unpacked to must be this user's alone,"
                + " but .*xgradient-native-me lets every user write to .*xgradient-native-me;"
                + " remove it, or name another with -Dorg.bytedeco.javacpp.cachedir=DIR");
  }

  @Test
  void aFileInItThatOthersCanWriteToIsRefused() throws IOException {
    Path library =
        Files.createFile(
            Files.createDirectories(home.resolve(".javacpp/cache/tensorflow")).resolve("lib.so"));
    assertThat(choose()).isDirectory();
    mode(library, "rw-rw-rw-");

    assertThatThrownBy(this::choose).hasMessageContaining("lets every user write to");
  }

  @Test
  void aFolderThatOthersCanReplaceIsRefused() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    Path given = Files.createDirectory(open.resolve("given"));
    assertThat(NativeFolder.choose(Optional.of(given), home, temporary, "me", ZoneOffset.UTC))
        .isEqualTo(given.toRealPath());
    mode(open, "rwxrwxrwx");

    assertThatThrownBy(
            () -> NativeFolder.choose(Optional.of(given), home, temporary, "me", ZoneOffset.UTC))
        .hasMessageContaining("which every user can write to");
  }

  @Test
  void whatAnotherUserPreparedIsRefused() throws IOException {
    Path prepared = Files.createDirectory(temporary.resolve("xgradient-native-me"));
    assumeTrue(belongsToSomebodyElse(prepared), "only root can give files away");

    assertThatThrownBy(
            () ->
                NativeFolder.choose(
                    Optional.empty(), noDirectory(), temporary, "me", ZoneOffset.UTC))
        .hasMessageContaining("of another user (number 54321)");

    Path link = Files.createSymbolicLink(temporary.resolve("xgradient-native-you"), prepared);
    assertThatThrownBy(
            () ->
                NativeFolder.choose(
                    Optional.empty(), noDirectory(), temporary, "you", ZoneOffset.UTC))
        .as("through %s", link)
        .hasMessageContaining("of another user");
  }

  @Test
  void aLibraryOfAnotherUserIsRefused() throws IOException {
    Path library =
        Files.createFile(Files.createDirectories(home.resolve(".javacpp/cache")).resolve("l.so"));
    assumeTrue(belongsToSomebodyElse(library), "only root can give files away");

    assertThatThrownBy(this::choose).hasMessageContaining("l.so of another user");
  }

  @Test
  void thisProcessLoadsFromACheckedFolder() {
    NativeTensorFlow.require();

    assertThat(Path.of(TensorFlowRuntime.nativeFolder())).isDirectory();
    assertThat(System.getProperty(NativeFolder.PROPERTY))
        .isEqualTo(TensorFlowRuntime.nativeFolder());
  }

  private Path choose() {
    return choose(ZoneOffset.UTC);
  }

  private Path noDirectory() throws IOException {
    Path file = folder.resolve("file");
    return Files.exists(file) ? file : Files.createFile(file);
  }

  private static void mode(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static boolean belongsToSomebodyElse(Path path) {
    try {
      Files.setAttribute(path, "unix:uid", SOMEBODY_ELSE);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
