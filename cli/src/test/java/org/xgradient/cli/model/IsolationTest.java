package org.xgradient.cli.model;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that runs a model of others, as far as this machine can isolate it. */
class IsolationTest {

  @TempDir Path folder;

  @Test
  void theEnvironmentAndTheDirectoryAreEmpty() throws Exception {
    try (ProbePlace place = ProbePlace.create(folder)) {
      run(place, Isolation.NONE, "ls -A; env");

      assertThat(place.output())
          .filteredOn(line -> !line.matches("(PWD|OLDPWD|SHLVL|_)=.*"))
          .containsExactlyInAnyOrder(
              "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "TF_CPP_MIN_LOG_LEVEL=3");
      assertThat(place.root()).isDirectory();
    }
  }

  @Test
  void nothingIsLeft() throws IOException {
    ProbePlace place = ProbePlace.create(folder);

    place.close();

    assertThat(place.root()).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(
      value = Isolation.class,
      names = {"BWRAP", "UNSHARE"})
  void filesAreReadOnlyButInThePlace(Isolation isolation) throws Exception {
    Path library = Files.createDirectories(folder.resolve("native/a b.jar"));
    Files.writeString(library.resolve("lib.so"), "code");
    try (ProbePlace place = ProbePlace.create(folder.resolve("native"))) {
      boolean works = run(place, isolation, "true") == 0;
      assumeTrue(works, isolation + " is not allowed here");

      run(
          place,
          isolation,
          "touch '%1$s/x' /tmp/xgradient-x; echo y > '%2$s/lib.so'; touch '%3$s/lib.so'; touch inside && cat '%3$s/lib.so'; cat /proc/net/dev | grep -c :; mount -o remount,bind,rw /"
              .formatted(folder, library, place.linked(library)));

      assertThat(folder.resolve("x")).doesNotExist();
      assertThat(Path.of("/tmp/xgradient-x")).doesNotExist();
      assertThat(library.resolve("lib.so")).hasContent("code");
      assertThat(place.work().resolve("inside")).exists();
      assertThat(place.output()).as("its library, and lo only").containsExactly("code1");
    }
  }

  @Test
  void whatHeldIsSaid() {
    List<String> printed =
        ImmutableList.of("held: an empty directory", "held: no environment", "open: no network");

    assertThat(ProbeFacts.sentence(printed, Isolation.UNSHARE))
        .isEqualTo(
            "the probe ran with an empty directory, no environment (unshare); these did not hold"
                + " here: no network");
    assertThat(ProbeFacts.sentence(printed, Isolation.NONE))
        .endsWith("these did not hold here: no network (bwrap or unshare would give them)");
  }

  private static int run(ProbePlace place, Isolation isolation, String script)
      throws IOException, InterruptedException {
    List<String> command =
        ImmutableList.<String>builder()
            .addAll(isolation.around(place))
            .add("sh", "-c", script)
            .build();
    try {
      Process process = place.start(command);
      assertThat(process.waitFor(30, SECONDS)).isTrue();
      return process.exitValue();
    } catch (IOException e) {
      // Not installed.
      return -1;
    }
  }
}
