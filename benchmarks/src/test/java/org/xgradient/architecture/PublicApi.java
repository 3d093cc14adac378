package org.xgradient.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a module promises: its exported packages, with all that others can use of their types. */
final class PublicApi {

  private static final String MODULE_INFO = "module-info.class";

  private PublicApi() {}

  static boolean isLibrary(Path classes) {
    return Files.exists(classes.resolve(MODULE_INFO));
  }

  /** The API of the module in the folder {@code classes}, which must be on the class path too. */
  static String of(Path classes) throws IOException {
    StringBuilder text = new StringBuilder();
    ModuleDescriptor module = descriptor(classes);
    text.append("module ").append(module.name()).append('\n');
    module.requires().stream()
        .filter(required -> required.modifiers().contains(Requires.Modifier.TRANSITIVE))
        .map(Requires::name)
        .sorted()
        .forEach(name -> text.append("  requires transitive ").append(name).append('\n'));
    module.exports().stream()
        .filter(exported -> !exported.isQualified())
        .map(Exports::source)
        .sorted()
        .forEach(name -> appendPackage(text, classes, name));
    return text.toString();
  }

  private static ModuleDescriptor descriptor(Path classes) throws IOException {
    try (InputStream in = Files.newInputStream(classes.resolve(MODULE_INFO))) {
      return ModuleDescriptor.read(in);
    }
  }

  private static void appendPackage(StringBuilder text, Path classes, String name) {
    try (Stream<Path> files = Files.list(classes.resolve(name.replace('.', '/')))) {
      files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.matches("\\w+\\.class"))
          .map(file -> name + '.' + file.substring(0, file.length() - ".class".length()))
          .sorted()
          .forEach(type -> TypeSignature.append(text, load(type)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicApi.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name + " must be on the class path of these tests", e);
    }
  }
}
