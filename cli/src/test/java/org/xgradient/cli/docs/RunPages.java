package org.xgradient.cli.docs;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A program that runs the compiled pages of a folder in its working directory, and the tests that
 * they define; {@link DocumentationTest} starts it.
 */
final class RunPages {

  static final String PASSED = "page passed: ";

  private RunPages() {}

  /** The arguments: the folder of the classes, and the names of the pages' classes. */
  public static void main(String[] arguments) throws Exception {
    Path classes = Path.of(arguments[0]);
    for (String page : List.of(arguments).subList(1, arguments.length)) {
      try {
        invoke(Class.forName(page).getDeclaredMethod("run"), null);
        for (Class<?> local : localClasses(classes, page)) {
          runTests(local);
        }
        System.out.println(PASSED + page);
      } catch (InvocationTargetException e) {
        System.err.println(page);
        e.getCause().printStackTrace();
      }
    }
  }

  private static List<Class<?>> localClasses(Path classes, String page) throws Exception {
    try (Stream<Path> files = Files.list(classes)) {
      Stream<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith(page + "$1") && name.endsWith(".class"))
              .map(name -> name.substring(0, name.length() - ".class".length()));
      List<Class<?>> found = new java.util.ArrayList<>();
      for (String name : names.sorted().toList()) {
        found.add(Class.forName(name));
      }
      return found;
    }
  }

  private static void runTests(Class<?> local) throws Exception {
    List<Method> tests = annotated(local, Test.class);
    if (tests.isEmpty()) {
      return;
    }
    for (Method before : annotated(local, BeforeAll.class)) {
      invoke(before, null);
    }
    for (Method test : tests) {
      Constructor<?> constructor = local.getDeclaredConstructor();
      constructor.setAccessible(true);
      invoke(test, constructor.newInstance());
    }
    for (Method after : annotated(local, AfterAll.class)) {
      invoke(after, null);
    }
  }

  private static List<Method> annotated(Class<?> type, Class<? extends Annotation> annotation) {
    return Stream.of(type.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(annotation))
        .toList();
  }

  private static void invoke(Method method, Object instance) throws Exception {
    method.setAccessible(true);
    method.invoke(instance);
  }
}
