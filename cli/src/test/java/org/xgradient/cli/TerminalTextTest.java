package org.xgradient.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.xgradient.cli.terminal.SafeOutput;

/** Names of others never reach the terminal as what it obeys. */
class TerminalTextTest {

  private static final String NASTY = "a\u001b]0;owned\u0007\u009b2J\u202eb";
  private static final String SHOWN = "a\\u{1b}]0;owned\\u{7}\\u{9b}2J\\u{202e}b";

  @TempDir Path folder;

  @Test
  void whateverACommandPrintsIsNeutralised() {
    String printed =
        printed(
            () -> {
              System.out.println(NASTY);
              System.out.printf("%s%n", NASTY);
              System.out.append(NASTY).println();
              System.out.println(NASTY.toCharArray());
              System.out.println((Object) NASTY);
              System.out.println(7);
              System.err.println(NASTY);
              LoggerFactory.getLogger("test").warn(NASTY);
            });

    assertThat(printed)
        .isEqualTo((SHOWN + "\n").repeat(5) + "7\n" + SHOWN + "\nWARN: " + SHOWN + "\n");
  }

  @Test
  void namesOfColumnsInErrorsAreNeutralised() throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), "x,%s\n1,2\n2,3\n".formatted(NASTY));

    Commands.Outcome outcome =
        Commands.run("train", "--data", table, "--label", "y", "--out", folder.resolve("m"));

    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.error()).contains(SHOWN).doesNotContain("\u001b", "\u009b", "\u202e");
    outcome =
        Commands.run("train", "--data", table, "--label", NASTY, "--out", "m", "--stacktrace", "x");
    assertThat(outcome.error()).doesNotContain("\u001b", "\u009b", "\u202e");
  }

  private static String printed(Runnable command) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try {
      System.setOut(both);
      System.setErr(both);
      int code =
          SafeOutput.during(
              () -> {
                command.run();
                return 0;
              });
      assertThat(code).isZero();
      assertThat(System.out).isSameAs(both);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(Charset.defaultCharset()).isEqualTo(StandardCharsets.UTF_8);
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }
}
