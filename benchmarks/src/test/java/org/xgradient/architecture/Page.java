package org.xgradient.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files in {@code docs} that say what the code says. */
final class Page {

  private static final String UPDATE =
      "mvn -Dtest='PublicApiTest,ArchitecturePageTest'"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.update=true verify";

  private Page() {}

  /** Compares a file with what it should say, or writes it if the build was asked to. */
  static void check(Path file, String expected) throws IOException {
    if (Boolean.getBoolean("docs.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, expected);
    }
    assertThat(file).as("written by: " + UPDATE).exists().hasContent(expected);
  }
}
