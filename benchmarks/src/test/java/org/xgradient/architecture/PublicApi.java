package org.xgradient.architecture;

import com.google.common.collect.ImmutableSet;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What other programs can compile against in a module, one line for each type and member. */
final class PublicApi {

  private static final Pattern EXPORT = Pattern.compile("exports ([\\w.]+);");

  private static final ImmutableSet<JavaModifier> SHOWN =
      ImmutableSet.of(JavaModifier.STATIC, JavaModifier.ABSTRACT, JavaModifier.FINAL);

  private static final ImmutableSet<String> OF_EVERY_OBJECT =
      ImmutableSet.of("equals", "hashCode", "toString");

  private PublicApi() {}

  /** {@return the lines of a module's exported packages, sorted by type} */
  static String of(String module) {
    Set<String> exported = exported(module);
    StringBuilder api = new StringBuilder();
    Production.classes().stream()
        .filter(type -> exported.contains(type.getPackageName()))
        .filter(PublicApi::isReachable)
        .sorted((a, b) -> a.getName().compareTo(b.getName()))
        .forEach(type -> append(type, api));
    return api.toString();
  }

  private static Set<String> exported(String module) {
    try {
      String source = Files.readString(Path.of("..", module, "src/main/java/module-info.java"));
      return EXPORT
          .matcher(source)
          .results()
          .map(result -> group(result))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String group(MatchResult result) {
    return result.group(1);
  }

  private static boolean isReachable(JavaClass type) {
    return isVisible(type.getModifiers())
        && !type.isAnonymousClass()
        && !type.isLocalClass()
        && type.getEnclosingClass().map(PublicApi::isReachable).orElse(true);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
        && !modifiers.contains(JavaModifier.SYNTHETIC)
        && !modifiers.contains(JavaModifier.BRIDGE);
  }

  private static void append(JavaClass type, StringBuilder api) {
    api.append(kind(type)).append(' ').append(type.getName());
    String supertypes =
        Stream.concat(
                type.getSuperclass().stream()
                    .filter(parent -> !parent.getName().startsWith("java.lang.")),
                type.getInterfaces().stream())
            .map(PublicApi::name)
            .sorted()
            .collect(Collectors.joining(", "));
    api.append(supertypes.isEmpty() ? "" : " : " + supertypes).append('\n');
    Set<String> members = new TreeSet<>();
    type.getFields().stream()
        .filter(field -> isVisible(field.getModifiers()))
        .forEach(field -> members.add(field(field)));
    type.getConstructors().stream()
        .filter(constructor -> isVisible(constructor.getModifiers()))
        .forEach(constructor -> members.add("new" + parameters(constructor)));
    type.getMethods().stream()
        .filter(method -> isVisible(method.getModifiers()))
        .filter(method -> !OF_EVERY_OBJECT.contains(method.getName()))
        .forEach(method -> members.add(method(method)));
    members.forEach(member -> api.append("  ").append(member).append('\n'));
  }

  private static String kind(JavaClass type) {
    String kind =
        type.isAnnotation()
            ? "annotation"
            : type.isInterface()
                ? "interface"
                : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    return modifiers(type.getModifiers(), !kind.equals("class")) + kind;
  }

  private static String field(JavaField field) {
    return modifiers(field.getModifiers(), false) + field.getName() + ": " + name(field.getType());
  }

  private static String method(JavaMethod method) {
    return modifiers(method.getModifiers(), false)
        + method.getName()
        + parameters(method)
        + ": "
        + name(method.getReturnType());
  }

  private static String parameters(JavaCodeUnit unit) {
    List<String> names = unit.getParameterTypes().stream().map(PublicApi::name).toList();
    return "(" + String.join(", ", names) + ")";
  }

  private static String modifiers(Collection<JavaModifier> modifiers, boolean implied) {
    return implied
        ? ""
        : modifiers.stream()
            .filter(SHOWN::contains)
            .sorted()
            .map(modifier -> modifier.name().toLowerCase(Locale.ROOT) + " ")
            .collect(Collectors.joining());
  }

  private static String name(JavaType type) {
    return type.getName();
  }
}
