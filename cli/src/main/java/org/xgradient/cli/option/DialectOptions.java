package org.xgradient.cli.option;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.Optional;
import org.xgradient.data.table.reading.TableReader;
import org.xgradient.data.text.TextReader;
import picocli.CommandLine.Option;

/** Options of how the rows of a CSV file are written. */
@HelpGroup("Table")
public final class DialectOptions {

  private static final String STANDARD = "-";
  private static final Path STANDARD_INPUT = Path.of("/dev/stdin");
  private static final ImmutableSet<String> STANDARD_OUTPUTS =
      ImmutableSet.of(STANDARD, "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1");

  @Option(
      names = "--delimiter",
      paramLabel = "SIGN",
      description =
          "What stands between cells, such as ;, tab, or ' ' for blanks, however many (default:"
              + " found from the rows).")
  private Optional<String> delimiter = Optional.empty();

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description =
          "Encoding of the text, such as windows-1252 (default: UTF-8, or what a byte-order mark"
              + " says).")
  private Optional<String> encoding = Optional.empty();

  @Option(
      names = "--skip-lines",
      paramLabel = "N",
      description = "How many lines stand above the header, such as a title (default: 0).")
  private int skipped;

  @Option(
      names = "--no-header",
      description = "The first line is a row; columns are called V1, V2 and so on.")
  private boolean headless;

  DialectOptions() {}

  /** {@return the file that a path stands for: that of the standard input for -} */
  public static Path place(Path given) {
    return isStandard(given) ? STANDARD_INPUT : given;
  }

  /** {@return whether a file is the standard input} */
  static boolean isStandardInput(Path file) {
    return file.equals(STANDARD_INPUT);
  }

  /** {@return whether a path stands for the standard input or output} */
  public static boolean isStandard(Path given) {
    return given.toString().equals(STANDARD);
  }

  /** {@return whether a path of an output stands for the standard output} */
  static boolean isStandardOutput(Path given) {
    return STANDARD_OUTPUTS.contains(given.toString());
  }

  /**
   * {@return a reader of such rows}
   *
   * @throws IllegalArgumentException if an option is none
   */
  public TableReader reader() {
    checkArgument(skipped >= 0, "--skip-lines must be at least 0, found %s", skipped);
    TableReader reader = TableReader.withDefaults().withSkippedLines(skipped);
    if (headless) {
      reader = reader.withoutHeader();
    }
    if (delimiter.isPresent()) {
      reader = reader.withDelimiter(delimiter(delimiter.get()));
    }
    return encoding.isPresent() ? reader.withEncoding(charset(encoding.get())) : reader;
  }

  /**
   * {@return the encoding; UTF-8 if none is given}
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Charset encoding() {
    return encoding.map(DialectOptions::charset).orElse(StandardCharsets.UTF_8);
  }

  /**
   * {@return a reader of texts in such rows, or in lines of this encoding}
   *
   * @throws IllegalArgumentException if an option is none
   */
  public TextReader texts() {
    return TextReader.withDefaults().withEncoding(encoding()).withTables(reader());
  }

  private static char delimiter(String sign) {
    if (sign.equals("tab") || sign.equals("\\t")) {
      return '\t';
    }
    if (sign.length() != 1) {
      throw new IllegalArgumentException(
          "--delimiter must be one sign, or tab, found \"%s\"".formatted(sign));
    }
    return sign.charAt(0);
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "there is no encoding \"%s\"; name one such as UTF-8, windows-1252 or UTF-16"
              .formatted(name),
          e);
    }
  }
}
