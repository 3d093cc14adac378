package org.xgradient.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.spark.LocalSpark;
import picocli.CommandLine;

class ProgramsTest {

  /** What is said on the standard error stream, behind the exit code. */
  private static String said(String... arguments) {
    var err = new StringWriter();
    CommandLine command = Programs.commandLine().setErr(new PrintWriter(err));
    int code = command.execute(arguments);
    return code + " " + err;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "nope | 2 xgradient: Unmatched argument at index 0: 'nope'; the programs are example, attribute, throughput; see xgradient spark --help",
        "attribute | 2 xgradient: Missing required options: '--model=DIR', '--data=PATH', '--out=PATH'; see xgradient spark attribute --help",
        "throughput --rows 10 | 1 xgradient: --rows must be at least 2000, found 10",
        "throughput --rounds 0 | 1 xgradient: --rounds must be at least 1, found 0",
        "throughput --cores 1,0 | 1 xgradient: --cores must be at least 1, found 0",
      })
  void whatIsWrongIsSaidInALine(String arguments, String expected) {
    assertThat(said(arguments.split(" ", -1)).strip()).isEqualTo(expected);
  }

  @Test
  void measuresAndLeavesNothingBehind() throws IOException {
    LocalSpark.session().stop();
    List<Path> before = temporary();
    assertThat(said("throughput", "--rows", "2000", "--cores", "1", "--rounds", "1"))
        .startsWith("0 ");
    assertThat(temporary()).isEqualTo(before);
  }

  private static List<Path> temporary() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("xgradient-throughput"))
          .toList();
    }
  }
}
