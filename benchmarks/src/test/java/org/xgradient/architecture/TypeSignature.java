package org.xgradient.architecture;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What others can use of a type, as text: a line for the type and one for each member, sorted, so
 * that it says the same whatever the compiler's order. Names of packages are left out but for ours.
 */
final class TypeSignature {

  private static final Set<String> OF_EVERY_OBJECT =
      Set.of("boolean equals(Object)", "int hashCode()", "String toString()");

  private static final Set<String> OF_EVERY_ENUM = Set.of("values", "valueOf");

  private final Class<?> type;

  private TypeSignature(Class<?> type) {
    this.type = type;
  }

  /** Appends {@code type} and the types in it, or nothing if others can't use it. */
  static void append(StringBuilder text, Class<?> type) {
    if (isForOthers(type, type.getModifiers())) {
      TypeSignature signature = new TypeSignature(type);
      text.append('\n').append(signature.header()).append('\n');
      signature.members().forEach(line -> text.append("  ").append(line).append('\n'));
      Arrays.stream(type.getDeclaredClasses())
          .sorted((a, b) -> a.getName().compareTo(b.getName()))
          .forEach(nested -> append(text, nested));
    }
  }

  private static boolean isForOthers(Class<?> type, int modifiers) {
    return Modifier.isPublic(modifiers)
        || (Modifier.isProtected(modifiers) && !Modifier.isFinal(type.getModifiers()));
  }

  private String header() {
    return modifiers(type.getModifiers())
        + (type.isSealed() ? "sealed " : "")
        + kind()
        + name(type)
        + variables(type.getTypeParameters())
        + list(" extends ", superclass())
        + list(type.isInterface() ? " extends " : " implements ", type.getGenericInterfaces())
        + (type.isSealed() ? list(" permits ", permitted()) : "");
  }

  private String kind() {
    if (type.isAnnotation()) {
      return "@interface ";
    }
    if (type.isInterface()) {
      return "interface ";
    }
    return type.isRecord() ? "record " : type.isEnum() ? "enum " : "class ";
  }

  private Type[] superclass() {
    Class<?> parent = type.getSuperclass();
    boolean implied = parent == null || parent == Object.class || type.isRecord() || type.isEnum();
    return implied ? new Type[0] : new Type[] {type.getGenericSuperclass()};
  }

  private Type[] permitted() {
    return Arrays.stream(type.getPermittedSubclasses())
        .sorted(Comparator.comparing(Class::getName))
        .toArray(Type[]::new);
  }

  private List<String> members() {
    List<String> lines = new ArrayList<>();
    forOthers(type.getDeclaredFields()).map(TypeSignature::field).forEach(lines::add);
    forOthers(type.getDeclaredConstructors()).map(this::constructor).forEach(lines::add);
    forOthers(type.getDeclaredMethods())
        .filter(method -> !(type.isEnum() && OF_EVERY_ENUM.contains(method.getName())))
        .map(this::method)
        .filter(line -> !OF_EVERY_OBJECT.contains(line.replace("final ", "")))
        .forEach(lines::add);
    return lines.stream().sorted().toList();
  }

  private <M extends Member> Stream<M> forOthers(M[] members) {
    return Arrays.stream(members)
        .filter(member -> !member.isSynthetic() && isForOthers(type, member.getModifiers()));
  }

  private static String field(Field field) {
    return modifiers(field.getModifiers()) + name(field.getAnnotatedType()) + ' ' + field.getName();
  }

  private String constructor(Constructor<?> constructor) {
    return modifiers(constructor.getModifiers())
        + variables(constructor.getTypeParameters())
        + "new "
        + type.getSimpleName()
        + parameters(constructor);
  }

  private String method(Method method) {
    return (type.isInterface() ? "" : modifiers(method.getModifiers()))
        + (type.isInterface() && Modifier.isStatic(method.getModifiers()) ? "static " : "")
        + (method.isDefault() ? "default " : "")
        + variables(method.getTypeParameters())
        + name(method.getAnnotatedReturnType())
        + ' '
        + method.getName()
        + parameters(method);
  }

  private static String parameters(Executable executable) {
    return Arrays.stream(executable.getAnnotatedParameterTypes())
            .map(TypeSignature::name)
            .collect(joining(", ", "(", ")"))
        + list(" throws ", executable.getGenericExceptionTypes());
  }

  /** What is said of all but annotations and interfaces, which are public and abstract anyway. */
  private static String modifiers(int modifiers) {
    int kept = Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL;
    int shown = Modifier.isInterface(modifiers) ? 0 : modifiers & (kept | Modifier.ABSTRACT);
    return shown == 0 ? "" : Modifier.toString(shown) + ' ';
  }

  private static String variables(TypeVariable<?>[] variables) {
    return variables.length == 0
        ? ""
        : Arrays.stream(variables)
            .map(variable -> variable + list(" extends ", bounds(variable)))
            .collect(joining(", ", "<", ">"));
  }

  private static Type[] bounds(TypeVariable<?> variable) {
    return Arrays.stream(variable.getBounds())
        .filter(bound -> bound != Object.class)
        .toArray(Type[]::new);
  }

  private static String list(String before, Type[] types) {
    return types.length == 0
        ? ""
        : Arrays.stream(types).map(TypeSignature::name).collect(joining(", ", before, ""));
  }

  private static String name(AnnotatedType annotated) {
    return (annotated.isAnnotationPresent(Nullable.class) ? "@Nullable " : "")
        + name(annotated.getType());
  }

  private static String name(Type named) {
    return named
        .getTypeName()
        .replace('$', '.')
        .replaceAll("org\\.xgradient\\.", "@")
        .replaceAll("(?<![\\w@.])(?:[a-z]\\w*\\.)+(?=[A-Z])", "")
        .replace("@", "");
  }
}
