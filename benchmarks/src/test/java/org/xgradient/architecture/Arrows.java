package org.xgradient.architecture;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which package uses which, as short names: {@code graph.walk} is {@code org.xgradient.graph.walk}.
 *
 * @param byPackage the packages that a package uses, itself left out
 */
record Arrows(SortedMap<String, Set<String>> byPackage) {

  private static final String PREFIX = "org.xgradient.";

  /** Those of compiled classes. */
  static Arrows of(JavaClasses classes) {
    SortedMap<String, Set<String>> arrows = new TreeMap<>();
    for (JavaClass from : classes) {
      String user = shortName(from);
      Set<String> used = arrows.computeIfAbsent(user, name -> new TreeSet<>());
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith(PREFIX))
          .map(Arrows::shortName)
          .filter(name -> !name.equals(user))
          .forEach(used::add);
    }
    return new Arrows(arrows);
  }

  /** Those of a table: a line for each package, {@code package -> package package}. */
  static Arrows parse(String table) {
    SortedMap<String, Set<String>> arrows = new TreeMap<>();
    for (String line : Splitter.on('\n').trimResults().omitEmptyStrings().split(table)) {
      if (!line.startsWith("#")) {
        List<String> sides = Splitter.on("->").trimResults().limit(2).splitToList(line);
        Set<String> used =
            new TreeSet<>(Splitter.on(' ').omitEmptyStrings().splitToList(sides.get(1)));
        arrows.put(sides.get(0), used);
      }
    }
    return new Arrows(arrows);
  }

  /** The table that is allowed, without modules that are not built. */
  static Arrows allowed() {
    try {
      Arrows all =
          parse(
              Resources.toString(
                  Resources.getResource(Arrows.class, "packages.txt"), StandardCharsets.UTF_8));
      all.byPackage.keySet().removeIf(Production::isLeftOut);
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return what is here and not there, one line for each} */
  List<String> without(Arrows other) {
    List<String> more = new ArrayList<>();
    byPackage.forEach(
        (user, used) -> {
          if (!other.byPackage.containsKey(user)) {
            more.add(user);
          }
          Set<String> known = Objects.requireNonNullElse(other.byPackage.get(user), Set.of());
          used.stream()
              .filter(name -> !known.contains(name))
              .forEach(name -> more.add(user + " -> " + name));
        });
    return more;
  }

  /** {@return the table, as {@link #parse} reads it} */
  String table() {
    StringBuilder table = new StringBuilder();
    byPackage.forEach(
        (user, used) ->
            table.append((user + " -> " + String.join(" ", used)).stripTrailing()).append('\n'));
    return table.toString();
  }

  private static String shortName(JavaClass of) {
    return of.getPackageName().substring(PREFIX.length());
  }
}
