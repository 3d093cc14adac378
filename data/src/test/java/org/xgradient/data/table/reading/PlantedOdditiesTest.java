package org.xgradient.data.table.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xgradient.data.DataException;
import org.xgradient.data.DataRandom;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.NumericColumn;

/**
 * Random tables with something planted in a column of numbers: what is read is what was there
 * before, but for missing cells that are counted and named, or the error names a cell that was
 * planted.
 */
class PlantedOdditiesTest {

  private static final List<String> ODDITIES =
      List.of(
          "abc",
          "12abc",
          "1,5",
          "1,234",
          "1.2.3",
          "1-2",
          "?",
          "-",
          ".",
          "None",
          "1;5",
          "--5",
          "5 5",
          "#DIV/0!",
          "1e",
          "0x10",
          "inf",
          "1e999",
          "2020-01-01",
          "TRUE",
          "$",
          "%",
          "5%",
          "\u22125",
          "$5",
          "1'000",
          "12 000",
          "\u0661",
          "");

  @TempDir private Path folder;

  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theCleanTableOrAnErrorThatNamesThePlantedCell(int seed) throws IOException {
    DataRandom random = new DataRandom(seed);
    int rows = 2 + random.nextInt(400);
    char delimiter = ",;\t|".charAt(random.nextInt(4));
    List<Double> clean = new ArrayList<>();
    List<String> written = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      double value = Math.rint(100 * random.nextGaussian()) / 8;
      clean.add(value);
      written.add(Double.toString(value));
    }
    String odd = ODDITIES.get(random.nextInt(ODDITIES.size()));
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(1 + rows / 50); i++) {
      int place = random.nextInt(rows);
      places.add(place);
      written.set(place, odd);
    }
    Path file = folder.resolve("table.csv");
    StringBuilder text = new StringBuilder("a" + delimiter + "b\n");
    written.forEach(
        cell -> text.append('"').append(cell).append('"').append(delimiter).append("k\n"));
    Files.writeString(file, text);

    TableFile loaded;
    try {
      loaded = TableReader.withDefaults().load(file);
    } catch (DataException e) {
      assertThat(e.getMessage()).contains("column \"a\"", "\"" + odd + "\"").doesNotContain("\n");
      assertThat(places.stream().map(place -> "row " + (place + 1) + " "))
          .anyMatch(String.valueOf(e.getMessage())::contains);
      return;
    }
    NumericColumn read = loaded.table().numeric("a");
    for (int row = 0; row < rows; row++) {
      if (!places.contains(row)) {
        assertThat(read.value(row))
            .as("row %d, planted %s", row + 1, odd)
            .isEqualTo(clean.get(row));
      } else if (read.isMissing(row)) {
        long counted = loaded.columns().get(0).odd().count();
        assertThat(
                counted > 0
                    || ColumnReading.MISSING.contains(odd)
                    || ColumnReading.MISSING_AMONG_NUMBERS.contains(odd))
            .as("%s is missing without a word", odd)
            .isTrue();
      } else {
        assertThat(odd).isIn("\u22125", "\u0661", "$5", "1'000", "12 000", "1,234");
      }
    }
  }
}
