package org.xgradient.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xgradient.architecture.planted.Breach;
import org.xgradient.architecture.planted.first.First;

/** The walls of the house: every rule holds in all modules, and is seen to fail on a breach. */
class ArchitectureTest {

  private static final int MOST_CLASSES = 32;

  /** Classes of the tests that break each rule. */
  private static final JavaClasses PLANTED =
      new ClassFileImporter().importPackagesOf(Breach.class, First.class);

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of(
            Rules.noCircles("org.xgradient.(**)"),
            Rules.noCircles("org.xgradient.architecture.planted.(*)")),
        Arguments.of(
            Rules.onlyGraphOpensGraphsAndSessions(), Rules.onlyGraphOpensGraphsAndSessions()),
        Arguments.of(Rules.onlyGraphSessionRunsSessions(), Rules.onlyGraphSessionRunsSessions()),
        Arguments.of(Rules.onlyGraphTouchesInternals(), Rules.onlyGraphTouchesInternals()),
        Arguments.of(Rules.randomnessIsSeeded(), Rules.randomnessIsSeeded()),
        Arguments.of(Rules.onlyCommandsPrint(), Rules.onlyCommandsPrint()),
        Arguments.of(
            Rules.loggersAreNotMadeWithCommands("org.xgradient.cli.."),
            Rules.loggersAreNotMadeWithCommands("org.xgradient.architecture.planted..")));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holdsInAllModules(ArchRule rule, ArchRule ofPlanted) {
    rule.check(Production.classes());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void failsOnAPlantedBreach(ArchRule rule, ArchRule ofPlanted) {
    assertThatThrownBy(() -> ofPlanted.check(PLANTED)).isInstanceOf(AssertionError.class);
  }

  /** Each way to open a session is a breach of its own. */
  @Test
  void everyConstructorOfASessionCounts() {
    assertThatThrownBy(() -> Rules.onlyGraphOpensGraphsAndSessions().check(PLANTED))
        .hasMessageContaining("Session.<init>(org.tensorflow.Graph)")
        .hasMessageContaining(
            "Session.<init>(org.tensorflow.Graph, org.tensorflow.proto.ConfigProto)")
        .hasMessageContaining("Graph.<init>()")
        .hasMessageContaining("SavedModelBundle.load(java.lang.String")
        .hasMessageContaining("references constructor <org.tensorflow.Graph.<init>()>");
  }

  /** Each way to run a session is a breach of its own. */
  @Test
  void everyRunOfASessionCounts() {
    assertThatThrownBy(() -> Rules.onlyGraphSessionRunsSessions().check(PLANTED))
        .hasMessageContaining("Session$Runner.run()")
        .hasMessageContaining("Session.initialize()")
        .hasMessageContaining("SessionFunction.call(java.util.Map)");
  }

  /** To allow an arrow, or a new package, add it to packages.txt; the review is the diff. */
  @Test
  void packagesUseOnlyWhatTheTableAllows() {
    Arrows real = Arrows.of(Production.classes());
    Arrows allowed = Arrows.allowed();
    assertThat(real.without(allowed)).as("in the code, not in packages.txt").isEmpty();
    assertThat(allowed.without(real)).as("in packages.txt, no longer in the code").isEmpty();
  }

  @Test
  void anArrowThatTheTableDoesNotAllowIsFound() {
    Arrows planted = Arrows.of(PLANTED);
    assertThat(planted.without(Arrows.parse("architecture.planted ->")))
        .containsExactly(
            "architecture.planted.first",
            "architecture.planted.first -> architecture.planted.second",
            "architecture.planted.second",
            "architecture.planted.second -> architecture.planted.first");
    assertThat(Arrows.parse("a -> b c").without(Arrows.parse("a -> b"))).containsExactly("a -> c");
  }

  @Test
  void noPackageIsTooLargeToLookThrough() {
    assertThat(tooLarge(Production.classes(), MOST_CLASSES)).isEmpty();
    assertThat(tooLarge(PLANTED, 0)).isNotEmpty();
  }

  @Test
  void everyClassHasANameOfItsOwn() {
    assertThat(calledAlike(List.of(Production.classes()))).isEmpty();
    assertThat(calledAlike(List.of(PLANTED, PLANTED))).isNotEmpty();
  }

  private static List<String> calledAlike(List<JavaClasses> all) {
    Map<String, List<String>> packages =
        all.stream()
            .flatMap(JavaClasses::stream)
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().endsWith("-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    Collectors.mapping(JavaClass::getPackageName, Collectors.toList())));
    return packages.entrySet().stream()
        .filter(name -> name.getValue().size() > 1)
        .map(name -> "%s is in %s".formatted(name.getKey(), name.getValue()))
        .sorted()
        .toList();
  }

  private static List<String> tooLarge(JavaClasses classes, int most) {
    Map<String, Long> sizes =
        classes.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    return sizes.entrySet().stream()
        .filter(size -> size.getValue() > most)
        .map(size -> "%s has %d classes".formatted(size.getKey(), size.getValue()))
        .sorted()
        .toList();
  }
}
