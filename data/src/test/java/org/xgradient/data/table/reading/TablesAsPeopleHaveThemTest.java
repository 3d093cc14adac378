package org.xgradient.data.table.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.data.Compression;
import org.xgradient.data.DataException;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.ColumnType;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TablePreprocessing;
import org.xgradient.data.table.TableSchema;
import org.xgradient.data.table.UnfamiliarCells;

/** What programs and people do to a table, and how it is read all the same or refused. */
class TablesAsPeopleHaveThemTest {

  private static final String CLEAN = "x,town,y\n1.5,Ulm,1\n-2.25,York,2\n,Ulm,3\n4.125,Ypres,5\n";

  @TempDir private Path folder;

  private final TableReader reader = TableReader.withDefaults();
  private Path file = Path.of("");

  @BeforeEach
  void nameFile() {
    file = folder.resolve("table.csv");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x;town;y\n1,5;Ulm;1\n-2,25;York;2\n;Ulm;3\n4,125;Ypres;5\n",
        "x\ttown\ty\n1.5\tUlm\t1\n-2.25\tYork\t2\nNA\tUlm\t3\n4.125\tYpres\t5\n",
        "x|town|y\n1.5|Ulm|1\n-2.25|York|2\nnull|Ulm|3\n4.125|Ypres|5\n",
        "sep=;\nx;town;y\n1.5;Ulm;1\n-2.25;York;2\n?;Ulm;3\n4.125;Ypres;5\n",
        "\"x\",\"town\",\"y\"\n\"1.5\",\"Ulm\",\"1\"\n\"-2.25\",\"York\",\"2\"\n\"\",\"Ulm\",\"3\"\n\"4.125\",\"Ypres\",\"5\"\n",
        "\uFEFF\"x\",\"town\",\"y\"\r\n1.5,Ulm,1\r\n-2.25,York,2\r\n<NA>,Ulm,3\r\n4.125,Ypres,5\r\n",
        "x,town,y,\n1.5,Ulm,1,\n-2.25,York,2,\nNone,Ulm,3,\n4.125,Ypres,5,\n",
        "x,town,y\n1.5,Ulm,1,\n-2.25,York,2,\n-,Ulm,3,\n4.125,Ypres,5,\n",
        "x,town,y\n\"1\",1.5,Ulm,1\n\"2\",-2.25,York,2\n\"3\",.,Ulm,3\n\"4\",4.125,Ypres,5\n",
        ",x,town,y\n0,1.5,Ulm,1\n1,-2.25,York,2\n2,#N/A,Ulm,3\n3,4.125,Ypres,5\n",
        "Unnamed: 0,x,town,y\n0,1.5,Ulm,1\n1,-2.25,York,2\n2,nan,Ulm,3\n3,4.125,Ypres,5\n",
        "x,town,y\n\u20AC1.5,Ulm,1\n\u22122.25,York,2\n-,Ulm,3\n4.125 \u20AC,Ypres,5\n",
        "x,town,y\n1.5%,Ulm,1\n-2.25 %,York,2\n,Ulm,3\n4.125%,Ypres,5\n",
      })
  void oneTableInManyDisguises(String text) {
    write(text);
    assertSame(reader.read(file));
  }

  @Test
  void amountsInTwoCurrenciesAreNotCompared() {
    write("x,y\n$1,1\n$2,2\n\u20AC3,3\n4,4\n");
    fails(
        () -> reader.read(file),
        "column \"x\": its amounts are in several currencies",
        "row 1 (line 2) has \"$1\"",
        "row 3 (line 4) has \"\u20AC3\"");
    assertThat(numbers(reader.withNumeric("x").read(file), "x")).containsExactly(1, 2, 3, 4);
  }

  @Test
  void amountsOfWhichSomeHaveACodeAreNoCategories() {
    writeColumn(
        IntStream.range(0, 100)
            .mapToObj(i -> i % 2 == 0 ? 100 + i + ".5 USD" : "\u20AC" + (200 + i))
            .toList());
    fails(() -> reader.read(file), "its cells are texts with numbers in them");
  }

  @Test
  void numbersInTwoFormsAreNoCategories() {
    writeColumn(IntStream.range(0, 100).mapToObj(i -> i + (i % 2 == 0 ? ".5" : ",5")).toList());
    fails(
        () -> reader.read(file),
        "a point (50 cells: row 1 (line 2) has \"0.5\")",
        "a comma (50 cells: row 2 (line 3) has \"1,5\")",
        "--numeric a; --decimal . or --decimal , says",
        "--categorical a");
    fails(() -> reader.withDecimal('.').read(file), "written in two forms");
    assertThat(numbers(reader.withNumeric("a").withDecimal(',').read(file), "a"))
        .startsWith(Double.NaN, 1.5, Double.NaN, 3.5);
    writeColumn(IntStream.range(0, 100).mapToObj(i -> i + ".25").toList());
    fails(() -> reader.withDecimal(',').read(file), "no cell is a number", "leave out --decimal");
  }

  /** Neither may be missing, so no advice makes them so. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.5 | 1,5 | its numbers are written in two forms, fractions with a point (50 cells: row 1 (line 2) has \"1.5\") and with a comma (50 cells: row 2 (line 3) has \"1,5\"); write all alike",
        "1.5 | x | 99 of 100 cells are numbers, but row 2 (line 3) has \"x\"; correct these cells",
        "2 kg | 2 g | ROWS, but 100 of 100 cells are KIND (row 1 (line 2) has \"2 kg\", row 2 (line 3) has \"2 g\", row 3 (line 4) has \"2 kg\" and so on); name a column of NAMED",
      })
  void adviceOnColumnsThatDecideAboutRowsIsPossibleThere(String even, String odd, String message) {
    writeColumn(
        IntStream.range(0, 100)
            .mapToObj(i -> i == 1 || (i % 2 == 1 && !odd.equals("x")) ? odd : even)
            .toList());
    assertThatThrownBy(() -> reader.withWeights("a").read(file))
        .hasMessage(
            file
                + ", column \"a\": "
                + message
                    .replace("ROWS", "it is to weigh the rows (--weight a)")
                    .replace("KIND", "no numbers")
                    .replace("NAMED", "numbers"));
    assertThatThrownBy(() -> reader.withTimes("a").read(file))
        .hasMessage(
            file
                + ", column \"a\": "
                + message
                    .replace("ROWS", "it is to order the rows (--time a)")
                    .replace("KIND", "neither numbers nor dates")
                    .replace("NAMED", "dates or numbers"));
  }

  @ParameterizedTest
  @CsvSource({"~%d, %d*", "%d Tsd, %d Mio", "%d, %d kg", "%d g, %d kg"})
  void numbersWithOneOfTwoSignsAreNoCategories(String even, String odd) {
    writeColumn(
        IntStream.range(0, 100)
            .mapToObj(i -> (i % 2 == 0 ? even : odd).formatted(i % 30))
            .toList());
    fails(() -> reader.read(file), "its cells are texts with numbers in them", "--categorical a");
  }

  @Test
  void aFewLevelsWithNumbersAreCategories() {
    for (List<String> levels :
        List.of(
            List.of("0", "3+", "many"),
            List.of("0", "1 or more"),
            List.of("0-4", "5-9", "10", "12-15"),
            List.of("1 room", "2 rooms", "3 rooms"))) {
      writeColumn(IntStream.range(0, 100).mapToObj(i -> levels.get(i % levels.size())).toList());
      assertThat(reader.read(file).column("a")).isInstanceOf(CategoricalColumn.class);
    }
  }

  @Test
  void whatIsLeftOutOfNumbersIsSaid() {
    write("a;b;c;d\n$1 234;1'000;1,5;2\n$5;2'000;2,5;3\n");
    assertThat(reader.load(file).columns().stream().map(c -> c.reading() + c.dress()))
        .containsExactly(
            "numbers, decimal comma, in $, spaces between thousands",
            "numbers, decimal comma, apostrophes between thousands",
            "numbers, decimal comma",
            "numbers, decimal comma");
  }

  @Test
  void theLineOfBytesThatAreNoTextIsNamed() {
    write("x,town\n1,Ulm\n2,K\u00F6ln\n", StandardCharsets.ISO_8859_1);
    fails(() -> reader.read(file), "must be UTF-8, line 3 has the byte 0xF6", "--encoding");
    assertThat(reader.withEncoding(StandardCharsets.ISO_8859_1).read(file).rows()).isEqualTo(2);
  }

  @Test
  void theOtherDecimalSignIsAdvised() {
    write("x;y\n1.5;1\n2.5;2\n");
    TableSchema schema = reader.inferSchema(file);
    write("x;y\n1,5;1\n2,5;2\n");
    fails(() -> reader.read(file, schema), "found \"1,5\"", "(--decimal ,)");
  }

  @Test
  void whatRowsHaveThatAModelHasNotSeenIsSaid() {
    String composed = "J\u00F6rg";
    String decomposed = "Jo\u0308rg";
    write("x,name,z\n1," + composed + ",1\n2,Ann,2\n3,Ann,1\n");
    Table table = reader.read(file);
    var preprocessing = TablePreprocessing.fit(table, ImmutableIntArray.of(0, 1, 2), 10);
    write("x,name,z\n," + decomposed + ",1\n,ann,2\n");
    RowReview review = RowReview.of(preprocessing);
    try (TableChunks chunks = reader.open(file, preprocessing.schema(), 10)) {
      review.add(chunks.next());
      assertThat(review.findings(chunks).stream().map(UnfamiliarCells::message))
          .anySatisfy(m -> assertThat(m).isEqualTo("column \"x\": all 2 cells are missing"))
          .anySatisfy(
              m ->
                  assertThat(m)
                      .contains("another Unicode form")
                      .contains("\"ann\" (1, perhaps \"Ann\")"))
          .hasSize(2);
      RowReview.requireFamiliar(List.of(review.findings(chunks).get(0)), 0.5);
    }
  }

  /** 1.203 beside 973 is a thousand and more, or one and a little. */
  @Test
  void pointsOfThreeDigitsAmongWholeNumbersAreDoubtful() {
    write(rows(i -> i % 2 == 0 ? 100 + i + "" : "1." + (200 + i)));
    assertThatThrownBy(() -> reader.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("which may have a fraction or thousands; say --decimal");
    write(rows(i -> i % 2 == 0 ? 1000 + i + "" : "1." + (200 + i)));
    assertThat(reader.read(file).column("x").reading().type()).isEqualTo(ColumnType.NUMERIC);
    write(rows(i -> "1." + (200 + i)));
    assertThat(reader.read(file).column("x").reading().type()).isEqualTo(ColumnType.NUMERIC);
  }

  /** Hundreds of categories that nobody wants. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "EUR %d,900",
        "%d.5 kg",
        "CHF %d",
        "=%d.5",
        "(%d)",
        "1_%d",
        "13:%d",
        "3/15/%d",
        "text %d here",
        "%d-Jan-2020"
      })
  void numbersInAnotherFormAreNoCategories(String form) {
    write(rows(i -> '"' + form.formatted(100 + i) + '"'));
    assertThatThrownBy(() -> reader.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column \"x\"")
        .hasMessageContaining("its cells are texts with numbers in them, such as")
        .hasMessageContaining("--categorical x");
    assertThat(reader.withCategorical("x").read(file).column("x"))
        .isInstanceOf(CategoricalColumn.class);
  }

  @Test
  void hexadecimalNumbersAreNoCategoriesThoughTheyAreFew() {
    write(rows(i -> "0x" + "01234567AbcF".charAt(i % 12)));
    fails(() -> reader.read(file), "texts with numbers in them", "\"0x0\"", "--categorical x");
  }

  @Test
  void codesOfSeveralFormsAreCategories() {
    write(rows(i -> "ABCDEFG".charAt(i % 7) + "" + (10 + i)));
    assertThat(reader.read(file).column("x")).isInstanceOf(CategoricalColumn.class);
    write(rows(i -> "Q" + i % 12));
    assertThat(reader.read(file).column("x")).isInstanceOf(CategoricalColumn.class);
  }

  private static String rows(IntFunction<String> cell) {
    return IntStream.range(0, 40)
        .mapToObj(i -> cell.apply(i) + "," + i % 3)
        .collect(Collectors.joining("\n", "x,y\n", "\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-8"})
  void byteOrderMarksNameTheEncoding(String encoding) {
    write("\uFEFF" + CLEAN.replace("Ulm", "K\u00F6ln"), Charset.forName(encoding));
    assertThat(((CategoricalColumn) reader.read(file).column("town")).levels())
        .containsExactly("K\u00F6ln", "York", "Ypres");
  }

  @Test
  void otherEncodingsAreNamed() {
    write(CLEAN.replace("Ulm", "K\u00F6ln"), Charset.forName("windows-1252"));
    fails(() -> reader.read(file), "must be UTF-8", "--encoding");
    assertThat(
            ((CategoricalColumn)
                    reader.withEncoding(Charset.forName("windows-1252")).read(file).column("town"))
                .levels())
        .contains("K\u00F6ln");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bzip2", "xz", "lz4-framed"})
  void compressedFilesAreReadAsTheyAre(String compression) throws IOException, CompressorException {
    Path packed = folder.resolve("table.csv." + compression);
    try (OutputStream out =
        compression.equals("gz")
            ? new GZIPOutputStream(Files.newOutputStream(packed))
            : new CompressorStreamFactory()
                .createCompressorOutputStream(compression, Files.newOutputStream(packed))) {
      out.write(CLEAN.getBytes(StandardCharsets.UTF_8));
    }
    assertSame(reader.read(packed));
  }

  /** Of several frames, as `zstd` with several threads, or `cat`, leaves them. */
  @Test
  void zstandardIsReadAndDamageNamed() throws IOException {
    Path packed = folder.resolve("table.csv.zst");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String part : List.of(CLEAN.substring(0, 10), CLEAN.substring(10))) {
      try (OutputStream out = Compression.of(packed, bytes)) {
        out.write(part.getBytes(StandardCharsets.UTF_8));
      }
    }
    Files.write(packed, bytes.toByteArray());
    assertSame(reader.read(packed));
    byte[] damaged = bytes.toByteArray();
    damaged[4] ^= 0x55;
    Files.write(packed, damaged);
    assertThatThrownBy(() -> reader.read(packed))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("table.csv.zst")
        .hasMessageContaining("damaged zstd");
    Files.write(packed, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 5));
    assertThatThrownBy(() -> reader.read(packed)).isInstanceOf(DataException.class);
  }

  @Test
  void workbooksAreRefused() {
    write("PK\u0003\u0004 and so on");
    fails(() -> reader.read(file), "is a zip archive or a workbook");
  }

  @Test
  void pipesAreReadTwiceOrAsTheyFlow() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Thread writer =
        new Thread(
            () -> {
              try {
                Files.writeString(pipe, CLEAN);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    writer.start();
    TableFile loaded = reader.load(pipe);
    writer.join();
    new ProcessBuilder("sh", "-c", "cat > pipe <<'EOF'\n" + CLEAN + "EOF")
        .directory(folder.toFile())
        .start();
    assertSame(reader.read(pipe, loaded.schema()));
    assertSame(loaded.table());
    write(CLEAN);
    assertThat(loaded.sha256()).isEqualTo(reader.load(file).sha256());
  }

  private static void assertSame(Table table) {
    assertThat(table.schema().columns())
        .containsExactly(
            Map.entry("x", ColumnType.NUMERIC),
            Map.entry("town", ColumnType.CATEGORICAL),
            Map.entry("y", ColumnType.NUMERIC));
    assertThat(numbers(table, "x")).containsExactly(1.5, -2.25, Double.NaN, 4.125);
    assertThat(numbers(table, "y")).containsExactly(1, 2, 3, 5);
    CategoricalColumn town = (CategoricalColumn) table.column("town");
    assertThat(IntStream.range(0, 4).mapToObj(town::level))
        .containsExactly("Ulm", "York", "Ulm", "Ypres");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,234 5,678.5        | 1234 5678.5",
        "1,234,567 1,000      | 1234567 1000",
        "1.234,5 7            | 1234.5 7",
        "1,5 0,25             | 1.5 0.25",
        "0,125 3,500          | 0.125 3.5",
        "1\u202F234 5\u00A0678 | 1234 5678",
        "1'234.5 2\u2019000   | 1234.5 2000",
        "$1,234.50 -$3        | 1234.5 -3",
        "\u20AC1.234,50 3\u20AC | 1234.5 3",
        "\u22125 5             | -5 5",
        "1e3 2E-1             | 1000 0.2",
        "12% -3%              | 12 -3",
        "\u0663 \u0664\u066B\u0665 \u0661\u066C\u0662\u0663\u0664 | 3 4.5 1234",
        "\uFF13 \uFF0D\uFF14\uFF0E\uFF15 | 3 -4.5",
        "\u0969 \u096A.\u096B     | 3 4.5",
      })
  void numbersAsTheyAreWritten(String cells, String expected) {
    writeColumn(List.of(cells.strip().split(" ")));
    assertThat(numbers(reader.read(file), "a"))
        .containsExactly(
            List.of(expected.split(" ")).stream().mapToDouble(Double::parseDouble).toArray());
  }

  @Test
  void whatMayBeAFractionOrThousandsIsDecidedByAPerson() {
    writeColumn(List.of("1,234", "5,678", "7"));
    fails(
        () -> reader.read(file),
        "column \"a\": row 1 (line 2) has \"1,234\", row 2 (line 3) has \"5,678\"",
        "--decimal . or --decimal ,");
    assertThat(numbers(reader.withDecimal(',').read(file), "a")).containsExactly(1.234, 5.678, 7);
    assertThat(numbers(reader.withDecimal('.').read(file), "a")).containsExactly(1234, 5678, 7);
    // One slip among hundreds decides nothing.
    writeColumn(IntStream.range(0, 300).mapToObj(i -> i == 7 ? "1,23" : "1," + (100 + i)).toList());
    fails(() -> reader.read(file), "--decimal");
    write("a;b\n1,5;1.234\n2,5;5.678\n");
    fails(() -> reader.read(file), "column \"b\": row 1 (line 2) has \"1.234\"", "--decimal");
  }

  @Test
  void aColumnOfWholeNumbersHasTheDecimalSignOfTheOthers() {
    write("a;b\n1,5;1\n2,5;2\n");
    TableSchema schema = reader.inferSchema(file);
    write("a;b\n1,5;1,5\n");
    assertThat(reader.read(file, schema).numeric("b").value(0)).isEqualTo(1.5);
  }

  @Test
  void aColumnOfMostlyNumbersIsNeverSilentlyOneOfCategories() {
    List<String> incomes = incomes(393);
    incomes.set(17, "unknown");
    writeColumn(incomes);
    TableFile loaded = reader.load(file);
    assertThat(loaded.table().column("a").type()).isEqualTo(ColumnType.NUMERIC);
    assertThat(loaded.table().column("a").isMissing(17)).isTrue();
    assertThat(loaded.warnings())
        .containsExactly(
            "column \"a\": 1 of 393 cells counts as missing, for it is no number: row 18 (line"
                + " 19) has \"unknown\"");
    for (int i = 0; i < 5; i++) {
      incomes.set(20 + i, "none" + i);
    }
    writeColumn(incomes);
    fails(
        () -> reader.read(file),
        "column \"a\": 387 of 393 cells are numbers, but row 18 (line 19) has \"unknown\", row 21"
            + " (line 22) has \"none0\", row 22 (line 23) has \"none1\" and so on; correct these"
            + " cells, or count them as missing (--numeric a, or --missing TEXT for some), or take"
            + " all as categories (--categorical a), or leave the column out (--drop a)");
    assertThat(reader.withNumeric("a").load(file).columns().get(0).missing()).isEqualTo(6);
    assertThat(reader.withTolerance(0.02).load(file).columns().get(0).missing()).isEqualTo(6);
    assertThat(reader.withCategorical("a").load(file).columns().get(0).levels()).isEqualTo(393);
    write("a,b\n" + incomes.stream().map(c -> c + ",1\n").collect(Collectors.joining()));
    assertThat(reader.without("a").read(file).schema().columns()).containsOnlyKeys("b");
    // With these named, one is left, which is few enough.
    assertThat(
            reader
                .withMissingTexts(IntStream.range(0, 5).mapToObj(i -> "none" + i).toList())
                .load(file)
                .warnings())
        .hasSize(1);
  }

  @Test
  void theUsualTextsOfMissingCellsMayBeLevels() {
    write("country,b\nNA,1\nDE,2\nNone,3\n-,4\n");
    CategoricalColumn country = (CategoricalColumn) reader.read(file).column("country");
    assertThat(country.levels()).containsExactly("-", "DE", "None");
    assertThat(country.isMissing(0)).isTrue();
    country =
        (CategoricalColumn) reader.withPresentTexts(List.of("NA")).read(file).column("country");
    assertThat(country.levels()).containsExactly("-", "DE", "NA", "None");
  }

  @Test
  void datesAreRefusedOrBecomeNumbers() {
    write("day,b\n1970-01-02,1\n1969-12-31 12:00,2\n,3\n");
    fails(() -> reader.read(file), "column \"day\": it has dates", "--dates day", "--drop day");
    assertThat(numbers(reader.withDates("day").read(file), "day"))
        .containsExactly(1, -0.5, Double.NaN);
    write("day,b\n31.1.1970,1\n2.2.1970,2\n");
    assertThat(numbers(reader.withDates("day").read(file), "day")).containsExactly(30, 32);
    write("day,b\n1/31/1970,1\n2/2/1970,2\n");
    assertThat(numbers(reader.withDates("day").read(file), "day")).containsExactly(30, 32);
    write("day,b\n1/3/1970,1\n2/2/1970,2\n");
    fails(() -> reader.withDates("day").read(file), "day and month of its dates may change places");
    fails(() -> reader.read(file), "write them as 2024-01-31, or take them as categories");
    write("day,b\n1970-02-30,1\n1970-01-01,2\n");
    fails(() -> reader.withDates("day").read(file), "row 1 (line 2) has \"1970-02-30\"");
  }

  @ParameterizedTest
  @CsvSource({
    "2020-01, 2020-03",
    "2020/01, 2020/03",
    "01/2020, 03/2020",
    "\u0662\u0660\u0662\u0660-\u0660\u0661, 2020-03"
  })
  void monthsAreDatesOfTheirFirstDays(String first, String second) {
    write("day,b\n" + first + ",1\n" + second + ",2\n");
    fails(() -> reader.read(file), "column \"day\": it has dates (2 of 2 cells", "--dates day");
    assertThat(numbers(reader.withDates("day").read(file), "day")).containsExactly(18262, 18322);
    assertThat(numbers(reader.withTimes("day").read(file), "day")).containsExactly(18262, 18322);
  }

  @ParameterizedTest
  @CsvSource({
    "2020-0%d, 0%d/2020",
    "2020-01-0%d, 0%d.01.2020",
    "2020-01-0%d, 2020-0%d",
    "2%d/01/2020, 01/2%d/2020"
  })
  void datesInTwoFormsAreSaidToBe(String even, String odd) {
    writeColumn(
        IntStream.range(0, 80)
            .mapToObj(i -> (i % 2 == 0 ? even : odd).formatted(1 + i % 8))
            .toList());
    String[] said = {
      "its dates are written in two forms",
      "(40 cells: row 1 (line 2) has \"" + even.formatted(1),
      "(40 cells: row 2 (line 3) has \"" + odd.formatted(2),
      "write all alike",
      "--categorical a"
    };
    fails(() -> reader.read(file), said);
    fails(() -> reader.withDates("a").read(file), said);
    fails(() -> reader.withTimes("a").read(file), Arrays.copyOf(said, 4));
    assertThat(((CategoricalColumn) reader.withCategorical("a").read(file).column("a")).levels())
        .hasSize(8);
  }

  @Test
  void aFewDatesInAnotherFormAreMissing() {
    writeColumn(IntStream.range(0, 200).mapToObj(i -> i == 7 ? "08/1970" : "1970-02").toList());
    assertThat(numbers(reader.withDates("a").read(file), "a")).endsWith(31).contains(Double.NaN);
    fails(() -> reader.read(file), "it has dates (199 of 200 cells", "--dates a");
  }

  @ParameterizedTest
  @CsvSource({"%tY%<tm%<td, 7", "%tY%<tm%<td.0, 7", "%tY%<tm, 31"})
  void datesOfDigitsAreNoNumbersBySurprise(String form, long step) {
    List<String> cells =
        new ArrayList<>(
            IntStream.range(0, 200)
                .mapToObj(i -> form.formatted(LocalDate.ofEpochDay(step * i)))
                .toList());
    cells.set(3, "");
    writeColumn(cells);
    fails(
        () -> reader.read(file),
        "it has dates (199 of 199 cells, written in digits only); --dates a makes them days",
        "--numeric a takes them as numbers");
    double[] days = numbers(reader.withDates("a").read(file), "a");
    assertThat(days).contains(0).doesNotContain(19700101);
    assertThat(days[199]).isCloseTo(199.0 * step, within(31.0));
    assertThat(reader.withDates("a").inferSchema(file).toJson()).contains("digits");
    assertThat(numbers(reader.withNumeric("a").read(file), "a")[0])
        .isEqualTo(step == 31 ? 197001 : 19700101);
    assertThat(numbers(reader.withTimes("a").read(file), "a")).containsExactly(days);
  }

  @Test
  void codesWithLeadingZerosAreNoNumbersWithoutAWord() {
    writeColumn(IntStream.range(0, 40).mapToObj(i -> "0%d067".formatted(i % 9)).toList());
    String said =
        "column \"a\": 40 of 40 cells begin with a zero or have more than 15 digits, as codes do (row 1 (line 2) has \"00067\", ";
    assertThat(reader.load(file).warnings()).singleElement().asString().startsWith(said);
    assertThat(reader.withNumeric("a").load(file).warnings()).isEmpty();
    assertThat(reader.withCategorical("a").load(file).warnings()).isEmpty();
    writeColumn(List.of("7879933831137198", "1", "2"));
    assertThat(reader.load(file).warnings())
        .singleElement()
        .asString()
        .contains("1 of 3 cells begins");
    writeColumn(List.of("0.5", "0", "00.5", "10"));
    assertThat(reader.load(file).warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-999, true", "9999, true", "-998, false", "33, false"})
  void aNumberThatStandsForNothingIsPointedOut(String number, boolean said) {
    writeColumn(
        IntStream.range(0, 60).mapToObj(i -> i % 7 == 0 ? number : "" + (20 + i % 50)).toList());
    List<String> warnings = reader.load(file).warnings();
    if (said) {
      assertThat(warnings)
          .singleElement()
          .asString()
          .startsWith("column \"a\": 9 of 60 cells have %s, far from all others".formatted(number))
          .endsWith("(--missing=%s)".formatted(number));
      assertThat(reader.withMissingTexts(List.of(number)).load(file).warnings()).isEmpty();
    } else {
      assertThat(warnings).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "yes, Yes, true",
    "St. Ives, St.  Ives, true",
    "caf\u00e9, cafe\u0301, true",
    "a, b, false"
  })
  void levelsThatAreAlikeArePointedOut(String one, String other, boolean said) {
    writeColumn(IntStream.range(0, 40).mapToObj(i -> i % 2 == 0 ? one : other).toList());
    assertThat(reader.load(file).warnings()).hasSize(said ? 1 : 0);
    assertThat(((CategoricalColumn) reader.read(file).column("a")).levels()).hasSize(2);
  }

  @Test
  void aSecondHeaderIsNamed() {
    write("town,x\nUlm,1\ntown,x\nRom,2\n");
    fails(() -> reader.read(file), "row 2 (line 3) has the names of the columns again");
    write("x\nx\ny\nx\n");
    assertThat(reader.read(file).rows()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Unnamed: 0.1,Unnamed: 0", "...1,...2"})
  void columnsThatProgramsNamedAreLeftOut(String names) {
    write(names + ",x\n0,0,5\n1,1,6\n");
    TableFile loaded = reader.load(file);
    assertThat(loaded.schema().columns()).containsOnlyKeys("x");
    assertThat(loaded.warnings()).hasSize(2);
    String first = names.substring(0, names.indexOf(','));
    assertThat(reader.withNumeric(first).read(file).column(first).rows()).isEqualTo(2);
    assertThat(reader.withLabel(first).read(file).column(first).rows()).isEqualTo(2);
  }

  @Test
  void aRowOfTotalsIsPointedOut() {
    write("town,x\nUlm,1\nRom,2\nTotal:,3\n");
    assertThat(reader.load(file).warnings())
        .containsExactly(
            "row 3 (line 4), the last one, begins as a row of totals does, and is taken for one like the others; if it is one, delete it");
    write("kind,x\ntotal,1\nnet,2\ntotal,3\n");
    assertThat(reader.load(file).warnings()).isEmpty();
  }

  @Test
  void spacesOfAnyKindAroundCellsDoNotCount() {
    write("\u00a0x\u200b,y\n\u00a05\u202f,\"good\u00a0\"\n6,good\n");
    Table table = reader.read(file);
    assertThat(numbers(table, "x")).containsExactly(5, 6);
    assertThat(((CategoricalColumn) table.column("y")).levels()).containsExactly("good");
  }

  @Test
  void textInUtf16WithoutItsMarkIsNamed() throws IOException {
    Files.write(file, "x,town\n1,K\u00f6ln\n".getBytes(StandardCharsets.UTF_16LE));
    fails(() -> reader.read(file), "--encoding UTF-16LE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+02", " +02", "+02:00", "+0200", "Z", " UTC"})
  void timesMayNameTheirZone(String zone) {
    writeColumn(List.of("1970-01-02 12:00:00.5" + zone, "1970-01-03 12:00" + zone));
    assertThat(numbers(reader.withDates("a").read(file), "a")).containsExactly(1.5, 2.5);
  }

  @Test
  void numbersOfEightDigitsStayNumbers() {
    writeColumn(IntStream.range(0, 200).mapToObj(i -> "" + (20_230_001 + 13 * i)).toList());
    assertThat(numbers(reader.read(file), "a")).contains(20_230_001);
  }

  /** A label can't be left out. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.5 | x | (--numeric a, or --missing TEXT for some) and leave their rows out (--drop-unlabelled), or take all as categories (--categorical a)",
        "1.5 | 2,5 | or take all as categories (--categorical a)",
        "2020-01-31 | 2020-01-30 | --categorical a takes them as categories",
        "2020-01-31 | 31.12.2020 | or take them as categories (--categorical a)",
        "01/02/2020 | 03/04/2020 | or take them as categories (--categorical a)",
      })
  void adviceAboutALabelDoesNotLeaveItOut(String some, String other, String advice) {
    writeColumn(IntStream.range(0, 200).mapToObj(i -> i % 5 == 0 ? other : some).toList());
    fails(() -> reader.read(file), "--drop a");
    assertThatThrownBy(() -> reader.withLabel("a").read(file))
        .hasMessageEndingWith(advice)
        .hasMessageNotContaining("--drop a");
  }

  @Test
  void whatOrdersTheRowsIsADateOrANumber() {
    write("a,b\nUlm,1\nRom,2\n7,3\n");
    fails(
        () -> reader.withTimes("a").read(file),
        "(--time a)",
        "2 of 3 cells are neither numbers nor dates (row 1 (line 2) has \"Ulm\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\" \"", "\u00A0", "\"\t \"", " "})
  void cellsOfSpacesAreMissing(String blank) {
    write("a,b\n" + blank + ",Ulm\n1," + blank + "\n2,Rom\n");
    Table table = reader.read(file);
    assertThat(numbers(table, "a")).containsExactly(Double.NaN, 1, 2);
    assertThat(table.column("b").isMissing(1)).isTrue();
  }

  @Test
  void aNameWithACommaNeedsQuotationMarks() {
    write("\"price, net\",n\n1,2\n3,4\n");
    fails(
        () -> reader.without("price", "net").read(file),
        "there are no columns \"price\", \"net\"",
        "needs quotation marks: '\"price, net\"'");
  }

  @Test
  void aCommaBetweenThousandsIsNoReasonToReadTheOthersOtherwise() {
    write("x;y\n1.5;1\n2.5;2\n");
    TableSchema schema = reader.inferSchema(file);
    write("x;y\n56,438;1\n");
    fails(() -> reader.read(file, schema), "write it without a sign between thousands, or, if all");
  }

  @Test
  void namesThatNobodyUsesMayBeAlike() {
    write("a,b,b\n1,2,3\n4,5,6\n");
    fails(() -> reader.read(file), "found \"b\" twice; rename one, or leave both out (--drop b)");
    assertThat(reader.without("b").read(file).schema().columns()).containsOnlyKeys("a");
    assertThat(reader.read(file, TableSchema.of(Map.of("a", ColumnType.NUMERIC))).rows())
        .isEqualTo(2);
    fails(
        () -> reader.read(file, TableSchema.of(Map.of("b", ColumnType.NUMERIC))),
        "found \"b\" twice");
  }

  @Test
  void anIndexIsLeftOutAndSaid() {
    write("Unnamed: 0,a\n0,5\n1,6\n");
    assertThat(reader.load(file).warnings())
        .containsExactly(
            "column \"Unnamed: 0\" is left out: it has no name of its own, as one that numbers the rows; if it says something, rename it");
  }

  @Test
  void aColumnWithoutANameIsLeftOutAndSaidHowToKeep() {
    write("a,,b\n5,7,0\n6,7,1\n");
    assertThat(reader.load(file).warnings())
        .singleElement()
        .asString()
        .startsWith("a column without a name is left out")
        .endsWith("if it says something, name it in the header");
    write("a,,b,\n5,7,0,3\n6,7,1,3\n");
    assertThat(reader.load(file).warnings())
        .singleElement()
        .asString()
        .startsWith("2 columns without a name are left out");
  }

  @Test
  void aHeaderThatWasNotTakenApartIsSaid() {
    write("a^b\n1^2\n3^4\n");
    fails(
        () -> reader.read(file).column("b"),
        "there is no column \"b\"; only one column was found, \"a^b\"",
        "(--delimiter SIGN)");
    fails(() -> reader.without("b").read(file), "(--delimiter SIGN)");
    assertThat(reader.withDelimiter('^').read(file).column("b").rows()).isEqualTo(2);
  }

  @Test
  void oneLevelWhateverTheZerosWhereTheColumnHeldNumbers() {
    write("zip,code,b\n1,01,1\n2,2,2\n");
    TableSchema schema = reader.withCategorical("zip", "code").inferSchema(file);
    write("zip,code,b\n1.0,01,1\n02,2.0,2\n");
    Table table = reader.read(file, schema);
    assertThat(((CategoricalColumn) table.column("zip")).levels()).containsExactly("1", "2");
    // Zeros before a number are those of a code.
    assertThat(((CategoricalColumn) table.column("code")).levels()).containsExactly("01", "2.0");
  }

  @Test
  void percentSignsAreOfAllNumbersOrOfNone() {
    writeColumn(List.of("12%", "0.12", "3%"));
    fails(() -> reader.read(file), "2 numbers have a percent sign and 1 has none (row 2 (line 3)");
  }

  @Test
  void unknownNamesAreCompared() {
    write("Income,b\n1,2\n");
    fails(
        () -> reader.without("income").read(file),
        "there is no column \"income\"; did you mean \"Income\"?");
    fails(() -> reader.without("p", "q").read(file), "there are no columns \"p\", \"q\"");
  }

  /** The schema is read back as it is, and by a person's hand. */
  @Test
  void schemasAreWrittenAndRead() {
    write("x;town;day;p\n1.234,5;Ulm;1970-01-01;1%\n;York;1970-01-02;2%\n");
    TableSchema schema = reader.withDates("day").inferSchema(file);
    assertThat(TableSchema.fromJson(schema.toJson())).isEqualTo(schema);
    TableSchema byHand =
        TableSchema.fromJson(
            """
            {"format": "xgradient table schema", "version": 1, "columns": [
              {"name": "x", "kind": "numbers", "decimal": ",", "grouped": true},
              {"name": "town", "kind": "levels"}]}
            """);
    assertThat(numbers(reader.load(file, byHand).table(), "x")).containsExactly(1234.5, Double.NaN);
    fails(
        () -> TableSchema.fromJson(schema.toJson().replace("\"dates\"", "\"moons\"")),
        "\"kind\" must be numbers, dates or levels, found \"moons\"");
    write("x;town;day;p\nten;Ulm;1970-01-01;1%\n");
    fails(
        () -> reader.load(file, byHand),
        "1 of 1 cell does not fit how the column is read",
        "(--drop ");
  }

  /** As docs/tables.md says: from half of the cells on, texts make categories. */
  @ParameterizedTest
  @CsvSource({"99, true", "100, false"})
  void textsInHalfOfTheCellsAreCategories(int texts, boolean refused) {
    writeColumn(
        IntStream.range(0, 200)
            .mapToObj(i -> i < texts ? List.of("low", "high").get(i % 2) : "" + i)
            .toList());
    if (refused) {
      fails(() -> reader.read(file), "101 of 200 cells are numbers");
    } else {
      assertThat(reader.read(file).column("a")).isInstanceOf(CategoricalColumn.class);
    }
  }

  /** One that occurs twice, or fewer than 20 of them, may be a name that means something. */
  @ParameterizedTest
  @CsvSource({"20, 20, true", "19, 19, false", "40, 39, false"})
  void textsOfWhichNoTwoAreEqualAreIdentifiers(int rows, int different, boolean refused) {
    writeColumn(IntStream.range(0, rows).mapToObj(i -> "u%04d".formatted(i % different)).toList());
    Table table = reader.read(file);
    ThrowingCallable fit =
        () -> TablePreprocessing.fit(table, ImmutableIntArray.of(0, 1, 2, 3, 4, 5));
    if (refused) {
      fails(fit, "a different text in each of 20 cells", "(--drop a)");
    } else {
      assertThatCode(fit).doesNotThrowAnyException();
    }
  }

  private static List<String> incomes(int rows) {
    return new ArrayList<>(
        IntStream.range(0, rows).mapToObj(i -> Integer.toString(1000 + 7 * i)).toList());
  }

  private void writeColumn(List<String> cells) {
    write("a;b\n" + cells.stream().map(cell -> cell + ";1\n").collect(Collectors.joining()));
  }

  private void write(String text) {
    write(text, StandardCharsets.UTF_8);
  }

  private void write(String text, Charset encoding) {
    try {
      Files.write(file, text.getBytes(encoding));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static double[] numbers(Table table, String column) {
    return IntStream.range(0, table.rows()).mapToDouble(table.numeric(column)::value).toArray();
  }

  private static void fails(ThrowingCallable action, String... messages) {
    assertThatThrownBy(action)
        .isInstanceOf(DataException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(messages).doesNotContain("\n"));
  }
}
