package org.xgradient.data.table.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.data.DataException;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.ColumnType;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TableSchema;

class TableReaderTest {

  @TempDir Path folder;

  private final TableReader reader = TableReader.withDefaults();
  private Path file = Path.of("");

  @BeforeEach
  void nameFile() {
    file = folder.resolve("table.csv");
  }

  @Test
  void readsTypedColumns() {
    write("age, colour ,score\n31,red,-1.5e3\n,\"blue, dark\",NaN\nNA,,+.5\n40, red ,7.\n");
    Table table = reader.read(file);
    assertThat(table.rows()).isEqualTo(4);
    assertThat(table.schema().columns())
        .containsExactly(
            Map.entry("age", ColumnType.NUMERIC),
            Map.entry("colour", ColumnType.CATEGORICAL),
            Map.entry("score", ColumnType.NUMERIC));
    assertThat(numbers(table, "age")).containsExactly(31, Double.NaN, Double.NaN, 40);
    assertThat(numbers(table, "score")).containsExactly(-1500, Double.NaN, 0.5, 7);
    CategoricalColumn colour = (CategoricalColumn) table.column("colour");
    assertThat(colour.levels()).containsExactly("blue, dark", "red");
    assertThat(colour.level(0)).isEqualTo("red");
    assertThat(colour.level(1)).isEqualTo("blue, dark");
    assertThat(colour.level(2)).isNull();
    assertThat(colour.level(3)).isEqualTo("red");
  }

  @Test
  void theSchemaChoosesColumnsAndTypes() {
    write("id,zip,x\na,10,1\nb,9,2\n");
    TableSchema schema = reader.inferSchema(file).withCategorical("zip").without("id");
    Table table = reader.read(file, schema);
    assertThat(table.columns()).extracting(Column::name).containsExactly("zip", "x");
    assertThat(((CategoricalColumn) table.column("zip")).levels()).containsExactly("10", "9");
    assertThat(schema.withNumeric("zip").columns()).containsEntry("zip", ColumnType.NUMERIC);
  }

  @Test
  void readsOtherDelimitersAndMissingTokens() {
    write("a;b\n1,5;?\n?;2\n");
    Table table = reader.withDelimiter(';').read(file);
    assertThat(numbers(table, "a")).containsExactly(1.5, Double.NaN);
    assertThat(numbers(table, "b")).containsExactly(Double.NaN, 2);
  }

  @Test
  void skipsBlankLinesAndByteOrderMarks() {
    write("\uFEFFa,b\r\n1,2\r\n\r\n3,4\r\n\r\n");
    assertThat(numbers(reader.read(file), "a")).containsExactly(1, 3);
  }

  @Test
  void aBlankLineIsAMissingCellInATableOfOneColumn() {
    write("a\n1\n\n3\n");
    assertThat(numbers(reader.read(file), "a")).containsExactly(1, Double.NaN, 3);
  }

  @Test
  void chunksHoldAllRowsInOrder() {
    StringBuilder text = new StringBuilder("a,b\n");
    IntStream.range(0, 1000)
        .forEach(i -> text.append(i).append(",level").append(i % 7).append('\n'));
    write(text.toString());
    int row = 0;
    try (TableChunks chunks = reader.open(file, reader.inferSchema(file), 300)) {
      int count = 0;
      while (chunks.hasNext()) {
        Table chunk = chunks.next();
        assertThat(chunk.rows()).isEqualTo(count++ < 3 ? 300 : 100);
        for (int i = 0; i < chunk.rows(); i++) {
          assertThat(chunk.numeric("a").value(i)).isEqualTo(row);
          assertThat(((CategoricalColumn) chunk.column("b")).level(i))
              .isEqualTo("level" + row++ % 7);
        }
      }
      assertThatThrownBy(chunks::next).isInstanceOf(NoSuchElementException.class);
    }
    assertThat(row).isEqualTo(1000);
  }

  @Test
  void aChunkWithABadCellNamesItsPlace() {
    write("a\n1\n2\n3\nfour\n");
    TableSchema schema = reader.withNumeric("a").inferSchema(file);
    try (TableChunks chunks = reader.open(file, schema, 2)) {
      assertThat(chunks.next().rows()).isEqualTo(2);
      assertFails(
          chunks::next,
          ", row 4 (line 5), column \"a\": must be a number, found \"four\"; correct the cell");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "1d", "0x1p3", "1,5", "--1", "1e", "nano"})
  void refusesTextInANumericColumn(String text) {
    write("a,b\n1,1\n2,\"" + text + "\"\n");
    TableSchema schema = reader.inferSchema(file).withNumeric("b");
    assertFails(
        () -> reader.read(file, schema),
        ", row 2 (line 3), column \"b\": must be a number, found \"" + text + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inf", "-inf", "Infinity", "+INF", "1e999", "-1e999"})
  void refusesInfinityInANumericColumn(String text) {
    write("a,b\n1,1\n" + text + ",2\n");
    assertThat(reader.inferSchema(file).columns()).containsEntry("a", ColumnType.NUMERIC);
    assertFails(
        () -> reader.read(file),
        ", row 2 (line 3), column \"a\": must be a finite number, found \"" + text + "\"; correct");
  }

  @Test
  void infinityMayBeALevel() {
    write("a\nInf\nbrand\n");
    assertThat(((CategoricalColumn) reader.read(file).column("a")).levels())
        .containsExactly("Inf", "brand");
  }

  @Test
  void refusesRaggedRows() {
    write("a,b\n1,2\n3\n");
    assertFails(
        () -> reader.read(file),
        ", row 2 (line 3): must have 2 cells like the header, found 1; correct the row");
    write("a,b\n1,2,3\n");
    assertFails(
        () -> reader.read(file),
        ", row 1 (line 2): must have 2 cells like the header, found 3; correct the row");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|is empty or begins with a blank line; its first line must name the columns",
        "'\n1'|is empty or begins with a blank line; its first line must name the columns",
        "'a,b\n'|has a header but no rows; it must have at least one",
        "'a,b, a\n1,2,3'|columns must have different names, found \"a\" twice; rename one",
        "'a,b\n1,\"2\n'|after row 0, from line 2 on (EOF reached before encapsulated token finished); check",
        "'a,b\n1,2\n1,\"2\"3\n'|after row 1, from line 3 on (Invalid character between encapsulated token and delimiter); check"
      })
  void refusesBadFiles(String text, String message) {
    write(text);
    assertFails(() -> reader.read(file), message);
    assertFails(() -> reader.inferSchema(file), message);
  }

  @Test
  void refusesFilesThatAreNotThereOrNotText() throws IOException {
    Path missing = folder.resolve("missing.csv");
    assertFails(
        () -> reader.read(missing),
        "cannot read " + missing + " (there is no such file); check the path");
    assertFails(() -> reader.read(folder), "is a folder, must be a CSV file; check the path");
    Files.write(file, "a,b\n1,2\n3,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertFails(
        () -> reader.read(file), "must be UTF-8, line 3 has the byte 0xE9; save the file as UTF-8");
  }

  @Test
  void refusesUnknownColumns() {
    write("a,b\n1,2\n");
    TableSchema schema = reader.inferSchema(file);
    String message = "there is no column \"c\"; the columns are \"a\", \"b\"";
    assertFails(() -> schema.without("c"), message);
    assertFails(() -> schema.withNumeric("c"), message);
    assertFails(() -> reader.read(file).column("c"), message);
    assertFails(() -> schema.without("a", "b"), "must have at least one column, found none");
    TableSchema other = TableSchema.of(ImmutableMap.of("c", ColumnType.NUMERIC));
    assertFails(() -> reader.read(file, other), message);
  }

  @Test
  void refusesEmptyChunks() {
    write("a\n1\n");
    TableSchema schema = reader.inferSchema(file);
    assertThatThrownBy(() -> reader.open(file, schema, 0).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a chunk must have at least 1 row, found 0");
  }

  private void write(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static double[] numbers(Table table, String column) {
    return IntStream.range(0, table.rows()).mapToDouble(table.numeric(column)::value).toArray();
  }

  private static void assertFails(ThrowingCallable action, String message) {
    assertThatThrownBy(action)
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }
}
