package org.xgradient.cli.option;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.xgradient.report.HtmlPage;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Option of commands that write a page beside their output. */
@HelpGroup("Output")
public final class ReportOption {

  @Option(
      names = "--no-report",
      description =
          "Write no page. Otherwise there is one beside the output for a table, named after it, with"
              + " .html at its end; where the output is a directory of results, in it.")
  private boolean left;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @SuppressWarnings("NullAway.Init")
  ReportOption() {}

  /** {@return whether there shall be a page} */
  public boolean isWanted() {
    return !left;
  }

  /**
   * Where the page goes; to be asked for before the work begins.
   *
   * @param out the output of the command: a file, or a directory
   * @return a file beside it; empty if there shall be no page, or the output is the standard output
   * @throws IOException if something else is there, or the page of another output
   */
  public Optional<Path> page(Path out) throws IOException {
    if (left || DialectOptions.isStandard(out)) {
      return Optional.empty();
    }
    Path name = out.toAbsolutePath().normalize().getFileName();
    if (name == null) {
      return Optional.empty();
    }
    Path absolute = out.toAbsolutePath().normalize();
    Path page = absolute.resolveSibling(stem(name.toString()) + ".html");
    HtmlPage.checkReplaceable(page);
    if (Files.exists(page) && !Files.exists(absolute) && !Outputs.mayReplace(command)) {
      throw new FileAlreadyExistsException(
          page.toString(),
          null,
          "is there, and %s is not: it may be the page of another output; give --force to replace it, --no-report, or another --out"
              .formatted(out));
    }
    return Optional.of(out.isAbsolute() ? page : shown(out, page));
  }

  /** As the user wrote it. */
  private static Path shown(Path out, Path page) {
    Path name = page.getFileName();
    return out.getParent() == null ? Path.of(name.toString()) : out.resolveSibling(name);
  }

  private static String stem(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String end : new String[] {".csv.gz", ".csv", ".tsv.gz", ".tsv", ".txt"}) {
      if (lower.endsWith(end) && lower.length() > end.length()) {
        return name.substring(0, name.length() - end.length());
      }
    }
    return name;
  }
}
