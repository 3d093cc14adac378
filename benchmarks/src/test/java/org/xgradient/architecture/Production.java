package org.xgradient.architecture;

import com.google.common.collect.ImmutableList;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The compiled classes of all modules, those on top included. */
final class Production {

  /** The modules, in dependency order. */
  static final ImmutableList<String> MODULES =
      ImmutableList.of(
          "data",
          "report",
          "graph",
          "attribution",
          "metrics",
          "training",
          "experiments",
          "cli",
          "benchmarks");

  /** Modules that a build may leave out. */
  private static final ImmutableList<String> OPTIONAL = ImmutableList.of("spark");

  private static final JavaClasses CLASSES = read();

  private Production() {}

  static JavaClasses classes() {
    return CLASSES;
  }

  private static JavaClasses read() {
    List<Path> folders = new ArrayList<>();
    for (String module : MODULES) {
      Path folder = folder(module);
      if (!Files.isDirectory(folder)) {
        throw new IllegalStateException(
            folder + " is missing; build all modules before: mvn -DskipTests package");
      }
      folders.add(folder);
    }
    optional().stream().map(Production::folder).forEach(folders::add);
    return new ClassFileImporter().importPaths(folders);
  }

  /** The optional modules that are built. */
  static List<String> optional() {
    return OPTIONAL.stream().filter(module -> Files.isDirectory(folder(module))).toList();
  }

  /** Whether all modules are built. */
  static boolean isWhole() {
    return optional().equals(OPTIONAL);
  }

  /** Whether a package is of a module that is not built. */
  static boolean isLeftOut(String name) {
    return OPTIONAL.stream()
        .filter(module -> !optional().contains(module))
        .anyMatch(module -> name.equals(module) || name.startsWith(module + "."));
  }

  static Path folder(String module) {
    return Path.of("..", module, "target", "classes");
  }
}
