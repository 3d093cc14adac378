package org.xgradient.architecture;

import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a module promises: its exported packages, or all of them if it is no named module, with all
 * that others can use of their types.
 */
final class PublicApi {

  private static final String MODULE_INFO = "module-info.class";

  private final Path classes;
  private final ClassLoader loader;
  private final StringBuilder text = new StringBuilder();

  private PublicApi(Path classes, ClassLoader loader) {
    this.classes = classes;
    this.loader = loader;
  }

  static boolean isLibrary(Path classes) {
    return Files.exists(classes.resolve(MODULE_INFO));
  }

  /** The API of the named module in the folder {@code classes}, which is on the class path too. */
  static String of(Path classes) throws IOException {
    PublicApi api = new PublicApi(classes, PublicApi.class.getClassLoader());
    ModuleDescriptor module = api.descriptor();
    api.text.append("module ").append(module.name()).append('\n');
    module.requires().stream()
        .filter(required -> required.modifiers().contains(Requires.Modifier.TRANSITIVE))
        .map(Requires::name)
        .sorted()
        .forEach(name -> api.text.append("  requires transitive ").append(name).append('\n'));
    module.exports().stream()
        .filter(exported -> !exported.isQualified())
        .map(Exports::source)
        .sorted()
        .forEach(api::append);
    return api.text.toString();
  }

  /**
   * The API of what is in the folder {@code classes} and no named module.
   *
   * @param classpath what it needs besides what is on the class path
   */
  static String ofUnnamed(String name, Path classes, String classpath) throws IOException {
    List<URL> urls = new ArrayList<>(List.of(classes.toUri().toURL()));
    for (String file : Splitter.on(File.pathSeparatorChar).split(classpath)) {
      urls.add(Path.of(file).toUri().toURL());
    }
    try (var loader =
            new URLClassLoader(urls.toArray(URL[]::new), PublicApi.class.getClassLoader());
        Stream<Path> files = Files.walk(classes)) {
      PublicApi api = new PublicApi(classes, loader);
      api.text.append(name).append(", no named module\n");
      files
          .filter(file -> file.getFileName().toString().equals("package-info.class"))
          .map(file -> classes.relativize(file.getParent()).toString())
          .map(folder -> folder.replace(File.separatorChar, '.'))
          .sorted()
          .forEach(api::append);
      return api.text.toString();
    }
  }

  private ModuleDescriptor descriptor() throws IOException {
    try (InputStream in = Files.newInputStream(classes.resolve(MODULE_INFO))) {
      return ModuleDescriptor.read(in);
    }
  }

  private void append(String name) {
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

  private Class<?> load(String name) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name + " must be on the class path of these tests", e);
    }
  }
}
