package org.xgradient.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.io.Resources;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model directory of the version of 2026-11-22, and what that version said of five rows. */
class EarlierModelTest {

  /** Batches have another size now, and sums of float32 another order. */
  private static final double ROUNDING = 1e-6;

  private static final String DAY = "-of-2026-11-22";

  @TempDir private Path folder;

  @Test
  void isReadAndSaysTheSame() throws IOException, URISyntaxException {
    Path out = folder.resolve("out.csv");
    Commands.Outcome outcome =
        Commands.run(
            "attribute",
            "--model",
            resource("model" + DAY),
            "--data",
            resource("rows" + DAY + ".csv"),
            "--out",
            out);
    assertThat(outcome).isEqualTo(new Commands.Outcome(0, ""));

    List<CSVRecord> before = rows(resource("attributions" + DAY + ".csv"));
    List<CSVRecord> now = rows(out);
    assertThat(now).hasSameSizeAs(before).hasSize(5);
    for (int i = 0; i < before.size(); i++) {
      assertThat(number(now.get(i), "logit of yes"))
          .isCloseTo(number(before.get(i), "output"), within(ROUNDING));
      for (String column : List.of("income", "debt", "years", "region", "sex")) {
        assertThat(number(now.get(i), column))
            .as(column)
            .isCloseTo(number(before.get(i), column), within(ROUNDING));
      }
    }
  }

  private static double number(CSVRecord row, String column) {
    return Double.parseDouble(row.get(column));
  }

  private static List<CSVRecord> rows(Path file) throws IOException {
    try (CSVParser parser =
        CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(Files.newBufferedReader(file))) {
      return parser.getRecords();
    }
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(Resources.getResource(EarlierModelTest.class, name).toURI());
  }
}
