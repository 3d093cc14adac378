package org.xgradient.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands work, and write the same files, wherever the user lives. */
class LocaleTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "ar, EG, UTF-8, Africa/Cairo",
    "tr, TR, ISO-8859-9, Asia/Kathmandu",
    "de, DE, US-ASCII, America/St_Johns",
  })
  void commandsWorkEverywhere(String language, String country, String charset, String zone)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(List.of("Größe,ISTANBUL,sick"));
    for (int i = 0; i < 80; i++) {
      lines.add("%s,%s,%s".formatted(i % 17 - 8, i % 2 == 0 ? "iİıI" : "Ulm", i % 17 > 8));
    }
    Files.write(folder.resolve("table.csv"), lines);

    String output =
        run(
            // In another zone JavaCPP unpacks anew: not into the folder that other tests use.
            "-Dorg.bytedeco.javacpp.cachedir=" + Files.createDirectory(folder.resolve("native")),
            "-Duser.language=" + language,
            "-Duser.country=" + country,
            "-Dfile.encoding=" + charset,
            "-Duser.timezone=" + zone);

    assertThat(output)
        .contains("train 0", "predict 0", "attribute 0", "check 0", "export 0", "locale kept: true")
        .contains("%s_%s %s %s".formatted(language, country, charset, zone));
    assertThat(Files.readAllLines(folder.resolve("attributed.csv")))
        .hasSize(81)
        .startsWith(
            "row,explained,logit of true,logit of true at the baseline,probability of true,Größe,ISTANBUL")
        .last()
        .asString()
        .matches("80,true(,-?[0-9]+\\.[0-9]+(E-?[0-9]+)?){5}");
    assertThat(Files.readString(folder.resolve("predicted.csv"))).matches("\\p{ASCII}+");
    assertThat(folder.resolve("exported/saved_model/saved_model.pb")).isNotEmptyFile();
  }

  private String run(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            LocaleCommands.class.getName(),
            folder.toString()));
    Path printed = folder.resolve("printed");
    int code =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start()
            .waitFor();
    String output = new String(Files.readAllBytes(printed), StandardCharsets.ISO_8859_1);
    assertThat(code).as(output).isZero();
    return output;
  }
}
