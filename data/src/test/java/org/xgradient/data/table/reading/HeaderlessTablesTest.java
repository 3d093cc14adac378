package org.xgradient.data.table.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.DataException;
import org.xgradient.data.table.NumericColumn;

/** Files whose first line is a row, as many archives of data have them. */
class HeaderlessTablesTest {

  private static final String ROWS = "5.1,3.5,setosa\n4.9,3.0,setosa\n6.3,3.3,virginica\n\n";

  @TempDir private Path folder;
  private final TableReader reader = TableReader.withDefaults().withoutHeader();

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("iris.data"), content);
  }

  @Test
  void theFirstLineIsARow() throws IOException {
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
  }

  @Test
  void numbersAsNamesOfColumnsArePointedOut() throws IOException {
    assertThat(TableReader.withDefaults().load(file(ROWS)).warnings())
        .containsExactly(
            "the first line names columns by numbers, \"5.1\" and \"3.5\" among them: if it is a"
                + " row, read the file without a header (--no-header)");
    Path equal = file("1,1,a\n2,3,b\n");
    assertThatThrownBy(() -> TableReader.withDefaults().load(equal))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found \"1\" twice")
        .hasMessageEndingWith("read the file without a header (--no-header)");
    assertThat(TableReader.withDefaults().load(file("year,2019,x\na,1,2\nb,2,3\n")).warnings())
        .as("one name of three")
        .isEmpty();
  }

  @Test
  void placesAreCountedFromTheFirstLine() throws IOException {
    Path file = file("a,1\nb,2\nc,3,4\n");
    assertThatThrownBy(() -> reader.load(file))
        .hasMessageContaining("row 3 (line 3): must have 2 cells like the first row, found 3");
  }
}
