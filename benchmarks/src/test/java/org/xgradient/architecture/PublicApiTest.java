package org.xgradient.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The public API is what {@code docs/api} says, so that a change of it is seen in the diff. After a
 * change that is wanted: {@code mvn -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Ddocs.update=true verify}.
 */
class PublicApiTest {

  static Stream<String> modules() {
    return Production.MODULES.stream()
        .filter(module -> PublicApi.isLibrary(Production.folder(module)));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void isAsWrittenDown(String module) throws IOException {
    String api = PublicApi.of(Production.folder(module));
    assertThat(api).contains("module org.xgradient." + module);
    Page.check(Path.of("..", "docs", "api", module + ".txt"), api);
  }

  /** Spark stays off the class path of these tests, so its build says what is on its own. */
  @Test
  void ofSparkIsAsWrittenDown() throws IOException {
    Path classpath = Path.of("..", "spark", "target", "classpath");
    assumeTrue(Production.isWhole() && Files.exists(classpath), "spark is not packaged");
    String api =
        PublicApi.ofUnnamed(
            "org.xgradient.spark", Production.folder("spark"), Files.readString(classpath).strip());
    assertThat(api).contains("class spark.AttributionTransformer extends");
    Page.check(Path.of("..", "docs", "api", "spark.txt"), api);
  }
}
