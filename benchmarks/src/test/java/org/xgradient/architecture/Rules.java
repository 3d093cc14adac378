package org.xgradient.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;

/** What neither the compiler nor the module graph can say; each names what it protects. */
final class Rules {

  private Rules() {}

  static ArchRule noCircles(String pattern) {
    return slices().matching(pattern).should().beFreeOfCycles();
  }

  /** By any constructor, and loaded from files too. */
  static ArchRule onlyGraphOpensGraphsAndSessions() {
    return noClasses()
        .that()
        .resideOutsideOfPackage("org.xgradient.graph..")
        .should()
        .callConstructorWhere(ownedBy(Graph.class))
        .orShould()
        .callConstructorWhere(ownedBy(Session.class))
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(SavedModelBundle.class);
  }

  static ArchRule onlyGraphTouchesInternals() {
    return noClasses()
        .that()
        .resideOutsideOfPackage("org.xgradient.graph..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.tensorflow.internal..");
  }

  static ArchRule randomnessIsSeeded() {
    return noClasses()
        .should()
        .callConstructor(Random.class)
        .orShould()
        .callMethod(Math.class, "random");
  }

  /** Commands print; libraries say nothing, or log. */
  static ArchRule onlyCommandsPrint() {
    return noClasses()
        .that()
        .resideOutsideOfPackages("org.xgradient.cli..", "org.xgradient.benchmarks..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err");
  }

  private static DescribedPredicate<JavaAccess<?>> ownedBy(Class<?> owner) {
    return JavaAccess.Predicates.targetOwner(JavaClass.Predicates.equivalentTo(owner));
  }
}
