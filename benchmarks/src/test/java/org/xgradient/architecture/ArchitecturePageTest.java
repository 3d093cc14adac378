package org.xgradient.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import com.google.common.collect.Iterables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The diagrams of the architecture page have the arrows of the code. */
class ArchitecturePageTest {

  private static final Path PAGE = Path.of("..", "docs", "architecture.md");
  private static final String FENCE = "```mermaid\nflowchart LR\n";
  private static final String END = "```";

  @Test
  void drawsTheArrowsOfTheCode() throws IOException {
    assumeTrue(Production.isWhole(), "a module is not built");
    Arrows code = Arrows.of(Production.classes());
    String page = Files.readString(PAGE);
    page = replaced(page, "## Modules", modules(code));
    for (String module : Iterables.concat(Production.MODULES, Production.optional())) {
      if (code.byPackage().keySet().stream().anyMatch(name -> name.startsWith(module + "."))) {
        page = replaced(page, "### " + module, packages(code, module));
      }
    }
    Page.check(PAGE, page);
  }

  @Test
  void leavesOutArrowsThatOthersImply() {
    Arrows code = Arrows.parse("a -> b\nb.inner -> c\na.inner -> c\nc ->");
    assertThat(modules(code)).isEqualTo("  a --> b\n  b --> c\n");
    assertThat(packages(Arrows.parse("a -> a.x b\na.x ->"), "a")).isEqualTo("  a --> a.x\n");
  }

  /** The first diagram under a heading, with other arrows. */
  private static String replaced(String page, String heading, String arrows) {
    int at = page.indexOf(heading + "\n");
    assertThat(at).as("the heading '%s' in %s", heading, PAGE).isNotNegative();
    int start = page.indexOf(FENCE, at) + FENCE.length();
    return page.substring(0, start) + arrows + page.substring(page.indexOf(END, start));
  }

  private static String modules(Arrows code) {
    SortedMap<String, Set<String>> uses = new TreeMap<>();
    code.byPackage()
        .forEach(
            (user, used) -> {
              Set<String> ofModule = uses.computeIfAbsent(module(user), name -> new TreeSet<>());
              used.stream()
                  .map(ArchitecturePageTest::module)
                  .filter(name -> !name.equals(module(user)))
                  .forEach(ofModule::add);
            });
    StringBuilder drawn = new StringBuilder();
    uses.forEach(
        (user, used) ->
            used.stream()
                .filter(
                    target ->
                        used.stream()
                            .filter(other -> !other.equals(target))
                            .noneMatch(other -> reaches(uses, other, target)))
                .forEach(target -> drawn.append(arrow(user, target))));
    return drawn.toString();
  }

  private static boolean reaches(SortedMap<String, Set<String>> uses, String from, String to) {
    Set<String> used = Objects.requireNonNullElse(uses.get(from), Set.of());
    return used.contains(to) || used.stream().anyMatch(next -> reaches(uses, next, to));
  }

  private static String packages(Arrows code, String module) {
    StringBuilder drawn = new StringBuilder();
    code.byPackage()
        .forEach(
            (user, used) -> {
              if (module(user).equals(module)) {
                List<String> within =
                    used.stream().filter(name -> module(name).equals(module)).toList();
                within.forEach(target -> drawn.append(arrow(user, target)));
              }
            });
    return drawn.toString();
  }

  private static String arrow(String from, String to) {
    return "  " + from + " --> " + to + "\n";
  }

  private static String module(String name) {
    return Splitter.on('.').splitToList(name).get(0);
  }
}
