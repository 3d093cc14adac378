package org.xgradient.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collections;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.tensorflow.EagerSession;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.TensorFunction;
import org.xgradient.graph.GraphSession;

/** What neither the compiler nor the module graph can say; each names what it protects. */
final class Rules {

  private static final String CONSTRUCTOR = "<init>";

  private Rules() {}

  static ArchRule noCircles(String pattern) {
    return slices().matching(pattern).should().beFreeOfCycles();
  }

  /** By any constructor or reference to one, and loaded from files too. */
  static ArchRule onlyGraphOpensGraphsAndSessions() {
    return noClasses()
        .that()
        .resideOutsideOfPackage("org.xgradient.graph..")
        .should()
        .accessTargetWhere(
            where(
                "a graph, a session or a SavedModel is opened",
                target ->
                    isOwnedBy(target, Graph.class, CONSTRUCTOR)
                        || isOwnedBy(target, Session.class, CONSTRUCTOR)
                        || isOwnedBy(target, EagerSession.class, "create", "getDefault", "options")
                        || isOwnedBy(target, SavedModelBundle.class, "load", "loader")));
  }

  /** Whoever runs a session elsewhere may be running it while the process ends. */
  static ArchRule onlyGraphSessionRunsSessions() {
    return noClasses()
        .that()
        .doNotBelongToAnyOf(GraphSession.class)
        .should()
        .accessTargetWhere(
            where(
                "a session runs, or a function of one",
                target ->
                    isOwnedBy(target, Session.Runner.class, "run", "runAndFetchMetadata")
                        || isOwnedBy(target, Session.class, "run", "initialize", "save", "restore")
                        || target.getOwner().isAssignableTo(TensorFunction.class)
                        || isOwnedBy(
                            target, SavedModelBundle.class, "call", "function", "functions")));
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
        .accessTargetWhere(
            where(
                "something is drawn without a seed",
                target ->
                    (isOwnedBy(target, Random.class, CONSTRUCTOR) && hasParameters(target, 0))
                        || isOwnedBy(target, Math.class, "random")
                        || isOwnedBy(target, ThreadLocalRandom.class, "current")
                        || (isOwnedBy(target, Collections.class, "shuffle")
                            && hasParameters(target, 1))));
  }

  /** Commands and programs for Spark print; libraries say nothing, or log. */
  static ArchRule onlyCommandsPrint() {
    return noClasses()
        .that()
        .resideOutsideOfPackages("org.xgradient.cli..", "org.xgradient.spark.job..")
        .should()
        .accessTargetWhere(
            where("something is printed", target -> isOwnedBy(target, System.class, "out", "err")));
  }

  /**
   * All commands are made before one of them runs. A logger in a field would begin the log for each
   * of them, which takes longer than to print the help, before anyone knows how much is to be said.
   */
  static ArchRule loggersAreNotMadeWithCommands(String pattern) {
    return noFields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(pattern)
        .should()
        .haveRawType(Logger.class);
  }

  private static DescribedPredicate<JavaAccess<?>> where(
      String description, Predicate<AccessTarget> condition) {
    return DescribedPredicate.describe(description, access -> condition.test(access.getTarget()));
  }

  private static boolean isOwnedBy(AccessTarget target, Class<?> owner, String... names) {
    return target.getOwner().isEquivalentTo(owner) && Set.of(names).contains(target.getName());
  }

  private static boolean hasParameters(AccessTarget target, int number) {
    return target instanceof AccessTarget.CodeUnitAccessTarget unit
        && unit.getRawParameterTypes().size() == number;
  }
}
