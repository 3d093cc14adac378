package org.xgradient.data.table.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.DataException;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;

/** Files that begin without a header, below a title, or have blanks between their cells. */
class FileFormTest {

  private static final String ROWS = "5.1,3.5,setosa\n4.9,3.0,setosa\n6.3,3.3,virginica\n\n";

  @TempDir private Path folder;
  private final TableReader usual = TableReader.withDefaults();

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("iris.data"), content);
  }

  @Test
  void withoutAHeaderTheFirstLineIsARow() throws IOException {
    TableReader reader = usual.withoutHeader();
    Path file = file(ROWS);
    TableFile read = reader.load(file);
    assertThat(reader.header(file)).containsExactly("V1", "V2", "V3");
    NumericColumn first = (NumericColumn) read.table().column("V1");
    assertThat(first.rows()).isEqualTo(3);
    assertThat(first.value(0)).isEqualTo(5.1);
    assertThat(read.warnings()).isEmpty();
    try (TableChunks chunks = reader.open(file, read.schema(), 2)) {
      assertThat(chunks.next().rows()).isEqualTo(2);
      assertThat(chunks.next().rows()).isEqualTo(1);
    }
    assertThatThrownBy(() -> usual.read(file, read.schema()))
        .hasMessageContaining("if the file has no header, read it with --no-header");
    Path broken = file("a,1\nb,2\nc,3,4\n");
    assertThatThrownBy(() -> reader.load(broken))
        .hasMessageContaining("row 3 (line 3): must have 2 cells like the first row, found 3");
  }

  @Test
  void numbersAsNamesOfColumnsArePointedOut() throws IOException {
    assertThat(usual.load(file(ROWS)).warnings())
        .containsExactly(
            "the first line names columns by numbers, \"5.1\" and \"3.5\" among them: if it is a"
                + " row, read the file without a header (--no-header)");
    Path equal = file("1,1,a\n2,3,b\n");
    assertThatThrownBy(() -> usual.load(equal))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found \"1\" twice")
        .hasMessageEndingWith("read the file without a header (--no-header)");
    assertThat(usual.load(file("year,2019,x\na,1,2\nb,2,3\n")).warnings())
        .as("one name of three")
        .isEmpty();
  }

  @Test
  void titlesAboveTheHeaderAreSaidAndLeftOut() throws IOException {
    String table = "size;kind\n1,5;a\n2,5;b\n3,5;b\n";
    Path file = file("# of 2024 by us\n\n" + table);
    assertThatThrownBy(() -> usual.load(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("all rows from line 3 on, which have \";\" between them")
        .hasMessageContaining("--skip-lines 2");
    Table read = usual.withSkippedLines(2).read(file);
    assertThat(((NumericColumn) read.column("size")).value(2)).isEqualTo(3.5);
    Path broken = file("a title\n" + table + "4;5;6\n");
    assertThatThrownBy(() -> usual.withSkippedLines(1).read(broken))
        .hasMessageContaining("row 4 (line 6)");
    assertThat(usual.read(file("size\n1,5\n2,5\n3,5\n4,5\n")).columns()).hasSize(1);
  }

  @Test
  void blanksStandBetweenCellsWhereNothingElseDoes() throws IOException {
    Table of = usual.read(file("\"mpg\" \"name\"\n21.5 \"Mazda  RX4\"\n18 \"Fiat\"\n"));
    assertThat(((CategoricalColumn) of.column("name")).levels()).contains("Mazda  RX4", "Fiat");
    Table lines =
        usual
            .withoutHeader()
            .withDelimiter(' ')
            .read(
                file(
                    "  18.0   8   307.0\t\"chevrolet chevelle\"\n  9.5  16     1.0\t\"fiat\"  \n"));
    assertThat(((NumericColumn) lines.column("V3")).value(1)).isEqualTo(1.0);
    assertThat(lines.column("V4").rows()).isEqualTo(2);
    assertThat(usual.withDelimiter(' ').read(file("a  b\nx  y\nz  y\n")).columns()).hasSize(2);
    Table texts = usual.read(file("a text\nof words\ntwo words\nmore words\n"));
    assertThat(texts.columns()).as("words are no numbers").hasSize(1);
  }
}
