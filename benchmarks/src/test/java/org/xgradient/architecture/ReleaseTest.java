package org.xgradient.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.xgradient.data.Provenance;

/** What a release must have, and says in more than one place. */
class ReleaseTest {

  private static final Path ROOT = Path.of("..");

  @Test
  void versionsAreThoseOfTheRoot() throws IOException {
    String root = pom("pom.xml");
    String bom = pom("bom/pom.xml");
    String version = first(root, "<version>([^<]+)</version>");
    assertThat(first(bom, "<version>([^<]+)</version>")).isEqualTo(version);
    assertThat(first(bom, "<tensorflow.version>([^<]+)<"))
        .isEqualTo(first(root, "<tensorflow.version>([^<]+)<"));
    assertThat(Provenance.version()).isEqualTo(version);
    for (String module : Production.MODULES) {
      assertThat(first(pom(module + "/pom.xml"), "<version>([^<]+)</version>"))
          .as("the parent of %s", module)
          .isEqualTo(version);
    }
  }

  @Test
  void theBomNamesAllLibraries() throws IOException {
    String bom = pom("bom/pom.xml");
    for (String module : Production.MODULES) {
      boolean isLibrary = Files.exists(ROOT.resolve(module + "/src/main/java/module-info.java"));
      assertThat(bom.contains("<artifactId>xgradient-" + module + "</artifactId>"))
          .as(module)
          .isEqualTo(isLibrary);
    }
  }

  /** The build brings it; the repository only names it. */
  @Test
  void everyModuleHasTheTextOfTheLicence() throws IOException {
    for (String module : Production.MODULES) {
      Path text = ROOT.resolve(module + "/target/classes/META-INF/LICENSE");
      assertThat(Files.readString(text))
          .contains("Apache License", "Version 2.0, January 2004", "END OF TERMS AND CONDITIONS");
    }
  }

  private static String pom(String path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }

  private static String first(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }
}
