package org.xgradient.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.report.text.Estimate;
import org.xgradient.report.text.ReportTable;

class FilesTest {

  @TempDir Path folder;

  @Test
  void csvIsReadBackBitByBit() throws IOException {
    Path file = folder.resolve("out.csv");
    float value = 0.1f + 0.2f;

    CsvFile.write(
        file,
        List.of("row", "a, \"b\""),
        out -> {
          out.row(List.of(1, value));
          out.row(List.of("x\ny", Double.NaN));
        });

    try (Reader reader = Files.newBufferedReader(file)) {
      List<CSVRecord> records = CSVFormat.DEFAULT.parse(reader).getRecords();
      assertThat(records.get(0).toList()).containsExactly("row", "a, \"b\"");
      assertThat(Float.parseFloat(records.get(1).get(1))).isEqualTo(value);
      assertThat(records.get(2).toList()).containsExactly("x\ny", "NaN");
    }
    assertThat(Files.readString(file)).doesNotContain("\r");
  }

  @Test
  void aRowThatDoesNotFitLeavesTheEarlierFile() throws IOException {
    Path file = Files.writeString(folder.resolve("out.csv"), "earlier");

    assertThatThrownBy(
            () -> CsvFile.write(file, List.of("a", "b"), out -> out.row(List.of(1, 2, 3))))
        .hasMessage("a row must have 2 cells, one for each column, found 3: [1, 2, 3]");

    assertThat(file).hasContent("earlier");
    assertThat(folder)
        .isDirectoryContaining(p -> p.equals(file))
        .isDirectoryNotContaining("glob:**tmp");
  }

  @Test
  void tablesAreWrittenAsTheyAreShown() throws IOException {
    Path file = folder.resolve("out.csv");

    CsvFile.write(
        file,
        ReportTable.titled("t").text("m").number("n").row("XG", "0.8 ± 0.1").footnote("f").build());

    assertThat(Files.readString(file)).isEqualTo("m,n\nXG,0.8 ± 0.1\n");
  }

  @Test
  void jsonHoldsRecordsAndMaps() throws IOException {
    Path file = folder.resolve("out.json");

    JsonFile.write(
        file,
        ImmutableMap.of(
            "estimate", Estimate.within(2, 1, 3), "missing", Double.NaN, "rows", List.of(1, 2)));

    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.at("/estimate/low").doubleValue()).isEqualTo(1);
    assertThat(Double.parseDouble(json.at("/missing").textValue())).isNaN();
    assertThat(json.at("/rows/1").intValue()).isEqualTo(2);
    assertThat(Files.readString(file)).endsWith("}\n");
  }

  @Test
  void whatHasNoFormInJsonLeavesTheEarlierFile() throws IOException {
    Path file = Files.writeString(folder.resolve("out.json"), "earlier");

    assertThatThrownBy(() -> JsonFile.write(file, ImmutableMap.of("a", new Object())))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(file).hasContent("earlier");
  }

  @Test
  void formulasAreTextIfAsked() throws IOException {
    Path file = folder.resolve("formulas.csv");
    List<Object> cells =
        List.of("=1+1", " @SUM(A1)", "+a", "-b", "\t=x", "-1.5e3", "+7", -0.5f, "a=b", "");
    List<String> header = List.of("=h", "b", "c", "d", "e", "f", "g", "h", "i", "j");

    CsvFile.write(file, Formulas.ESCAPED, header, rows -> rows.row(cells));

    assertThat(Files.readAllLines(file))
        .containsExactly(
            "'=h,b,c,d,e,f,g,h,i,j", "'=1+1,' @SUM(A1),'+a,'-b,'\t=x,-1.5e3,+7,-0.5,a=b,");

    CsvFile.write(file, header, rows -> rows.row(cells));

    assertThat(Files.readAllLines(file)).first().isEqualTo("=h,b,c,d,e,f,g,h,i,j");
    assertThat(Files.readAllLines(file)).last().asString().startsWith("=1+1,");
  }
}
