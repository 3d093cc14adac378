package org.xgradient.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xgradient.cli.Commands;
import org.xgradient.cli.Commands.Outcome;

/** Compiles the Java of the README and the pages, and runs it against a small trained model. */
class DocumentationTest {

  private static final Path ROOT = root();
  private static final int MINUTES = 3;

  @TempDir private static Path folder;
  private static String output;
  private static String errors;

  static List<MarkdownPage> pages() throws IOException {
    List<MarkdownPage> pages = new ArrayList<>();
    for (Path file : markdownFiles()) {
      MarkdownPage page = MarkdownPage.read(file);
      if (page.hasJava()) {
        pages.add(page);
      }
    }
    return pages;
  }

  @BeforeAll
  static void compileAndRun() throws Exception {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    compile(classes);
    Path desk = Files.createDirectory(folder.resolve("desk"));
    prepare(desk);
    run(classes, desk);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void runs(MarkdownPage page) {
    assertThat(output.lines()).as(errors).contains(RunPages.PASSED + page.className());
  }

  /** Javadoc is read without a network, and so without a script that typesets formulas. */
  @Test
  void formulasAreReadableAsTheyStand() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file :
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> file.toString().contains("main"))
              .toList()) {
        Files.readAllLines(file).stream()
            .map(String::strip)
            .filter(line -> line.startsWith("*") || line.startsWith("/**"))
            .filter(line -> line.contains("\\(") || line.contains("\\["))
            .forEach(line -> found.add(ROOT.relativize(file) + ": " + line));
      }
    }
    assertThat(found).isEmpty();
  }

  /** What the pages find where they run: a table, a model of it, and texts. */
  private static void prepare(Path desk) throws IOException {
    Path table = desk.resolve("docs/applications.csv");
    Files.createDirectories(table.getParent());
    Files.copy(ROOT.resolve("docs/applications.csv"), table);
    Files.copy(
        ROOT.resolve("docs/new-applications.csv"), desk.resolve("docs/new-applications.csv"));
    Files.copy(ROOT.resolve("docs/questions.txt"), desk.resolve("docs/questions.txt"));
    assertThat(
            Commands.run(
                "train",
                "--data",
                table,
                "--label",
                "granted",
                "--prior",
                "mask",
                "--mask",
                "sex",
                "--lambda",
                "100",
                "--out",
                desk.resolve("target/model")))
        .isEqualTo(new Outcome(0, ""));
  }

  private static void compile(Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<Path> sources = new ArrayList<>();
    for (MarkdownPage page : pages()) {
      Path source = classes.resolve(page.className() + ".java");
      sources.add(Files.writeString(source, page.source()));
    }
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(found, null, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-Xlint:all,-try",
              "-d",
              classes.toString(),
              "-cp",
              System.getProperty("java.class.path"));
      compiler
          .getTask(null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
    assertThat(found.getDiagnostics().stream().map(DocumentationTest::describe)).isEmpty();
  }

  private static String describe(Diagnostic<? extends JavaFileObject> diagnostic) {
    String page = diagnostic.getSource() == null ? "" : diagnostic.getSource().getName();
    return "%s, line %d: %s"
        .formatted(page, diagnostic.getLineNumber(), diagnostic.getMessage(null));
  }

  private static void run(Path classes, Path desk) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        classes + System.getProperty("path.separator") + System.getProperty("java.class.path"));
    command.add(RunPages.class.getName());
    command.add(classes.toString());
    pages().forEach(page -> command.add(page.className()));
    Path errorFile = folder.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .directory(desk.toFile())
            .redirectError(errorFile.toFile())
            .start();
    output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    errors = Files.readString(errorFile);
  }

  private static List<Path> markdownFiles() throws IOException {
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")), pages.sorted())
          .filter(file -> file.toString().endsWith(".md"))
          .collect(Collectors.toList());
    }
  }

  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/applications.csv"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
