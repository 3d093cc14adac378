package org.xgradient.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The public API is what {@code docs/api} says, so that a change of it is seen in the diff. After a
 * change that is wanted: {@code mvn -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Ddocs.update=true test}.
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
}
