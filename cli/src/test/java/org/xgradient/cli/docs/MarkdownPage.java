package org.xgradient.cli.docs;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Java of a page of the documentation as one program: its blocks one after another, as a reader
 * would type them, with variables and imports that later blocks share.
 */
final class MarkdownPage {

  private static final Pattern FENCE = Pattern.compile("```(\\w*).*");
  private static final Pattern IMPORT = Pattern.compile("import (static )?[\\w.*]+;");

  private final Path file;
  private final ImmutableList<String> imports;
  private final ImmutableList<String> code;

  private MarkdownPage(Path file, ImmutableList<String> imports, ImmutableList<String> code) {
    this.file = file;
    this.imports = imports;
    this.code = code;
  }

  static MarkdownPage read(Path file) throws IOException {
    ImmutableList.Builder<String> imports = ImmutableList.builder();
    ImmutableList.Builder<String> code = ImmutableList.builder();
    String language = null;
    List<String> lines = Files.readAllLines(file);
    for (String line : lines) {
      Matcher fence = FENCE.matcher(line.strip());
      String kept = "";
      if (fence.matches()) {
        language = language == null ? fence.group(1) : null;
      } else if ("java".equals(language)) {
        if (IMPORT.matcher(line).matches()) {
          imports.add(line);
        } else {
          kept = line;
        }
      }
      code.add(kept);
    }
    return new MarkdownPage(file, imports.build(), code.build());
  }

  boolean hasJava() {
    return code.stream().anyMatch(line -> !line.isBlank());
  }

  String name() {
    return MoreFiles.getNameWithoutExtension(file);
  }

  /** {@return a valid name for the class} */
  String className() {
    return "Page_" + name().replaceAll("\\W", "_");
  }

  /**
   * {@return a class with a method {@code run}, in which a line of the page has the number that it
   * has there}
   */
  String source() {
    List<String> lines = new ArrayList<>(code);
    String opening =
        "%s final class %s { static void run() throws Exception {"
            .formatted(String.join(" ", imports.stream().distinct().toList()), className());
    // The first line of a page is its title.
    lines.set(0, opening);
    lines.add("}}");
    return String.join("\n", lines) + "\n";
  }

  @Override
  public String toString() {
    return name();
  }
}
