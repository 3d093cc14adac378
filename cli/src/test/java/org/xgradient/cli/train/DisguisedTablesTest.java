package org.xgradient.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.cli.Commands;
import org.xgradient.data.Checksums;

/** The same table, as twelve programs would have written it, gives the same model bit for bit. */
class DisguisedTablesTest {

  private static final Path TABLE = Path.of("..", "docs", "applications.csv");

  /** So that missing cells have a disguise too. */
  private static final int FIRST_MISSING = 30;

  @TempDir private Path folder;

  @Test
  void oneModelBitForBit() throws IOException {
    Map<String, Path> disguises = disguises();
    assertThat(disguises).hasSize(13);
    Map<String, String> models = new LinkedHashMap<>();
    for (Map.Entry<String, Path> disguise : disguises.entrySet()) {
      Path model = folder.resolve(disguise.getKey() + ".model");
      Commands.Outcome outcome =
          Commands.run(
              "train",
              "--data",
              disguise.getValue(),
              "--label",
              "granted",
              "--out",
              model,
              "--epochs",
              "1",
              "--hidden",
              "4");
      assertThat(outcome).as(disguise.getKey()).isEqualTo(new Commands.Outcome(0, ""));
      models.put(disguise.getKey(), checksum(model.resolve("saved_model")));
    }
    assertThat(models.values()).as("%s", models).containsOnly(models.get("plain"));
  }

  private static String checksum(Path savedModel) throws IOException {
    try (Stream<Path> files = Files.walk(savedModel)) {
      return Checksums.sha256(savedModel, files.filter(Files::isRegularFile).sorted().toList());
    }
  }

  private Map<String, Path> disguises() throws IOException {
    List<List<String>> rows =
        Files.readAllLines(TABLE).stream()
            .map(line -> (List<String>) new ArrayList<>(List.of(line.split(","))))
            .toList();
    for (int row = 1; row < rows.size(); row += FIRST_MISSING) {
      rows.get(row).set(1, "");
    }
    List<List<String>> commas =
        rows.stream().map(row -> row.stream().map(c -> c.replace('.', ',')).toList()).toList();
    Map<String, Path> files = new LinkedHashMap<>();
    files.put("plain", write("plain", text(rows, ",", "", "\n")));
    files.put("semicolons", write("semicolons", text(rows, ";", "", "\r\n")));
    files.put("tabs", write("tabs", text(rows, "\t", "", "\n")));
    files.put("bars", write("bars", text(rows, "|", "", "\n")));
    files.put("quotes", write("quotes", text(rows, ",", "\"", "\n")));
    files.put("decimal-commas", write("decimal-commas", text(commas, ";", "", "\n")));
    files.put("quoted-commas", write("quoted-commas", text(commas, ",", "\"", "\n")));
    files.put("sep-line", write("sep-line", "sep=;\r\n" + text(commas, ";", "", "\r\n")));
    files.put("mark", write("mark", "\uFEFF" + text(rows, ",", "\"", "\r\n")));
    Path wide = folder.resolve("wide.csv");
    Files.write(wide, ("\uFEFF" + text(rows, ",", "", "\n")).getBytes(Charset.forName("UTF-16LE")));
    files.put("utf-16", wide);
    files.put("question-marks", write("question-marks", text(missing(rows, "?"), ",", "", "\n")));
    files.put("index", write("index", indexed(missing(rows, "nan"))));
    Path packed = folder.resolve("packed.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(text(missing(rows, "-"), ",", "", ",\n").getBytes(StandardCharsets.UTF_8));
    }
    files.put("packed", packed);
    return files;
  }

  private static List<List<String>> missing(List<List<String>> rows, String token) {
    return rows.stream()
        .map(row -> row.stream().map(cell -> cell.isEmpty() ? token : cell).toList())
        .toList();
  }

  private static String indexed(List<List<String>> rows) {
    return IntStream.range(0, rows.size())
        .mapToObj(i -> (i == 0 ? "" : i - 1) + "," + String.join(",", rows.get(i)) + "\n")
        .collect(Collectors.joining());
  }

  private static String text(List<List<String>> rows, String delimiter, String quote, String end) {
    return rows.stream()
        .map(
            row ->
                row.stream()
                        .map(cell -> quote + cell + quote)
                        .collect(Collectors.joining(delimiter))
                    + end)
        .collect(Collectors.joining());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name + ".csv"), text);
  }
}
