package org.xgradient.data.table.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.data.DataException;

class OtherFormatsTest {

  @TempDir private Path folder;

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("table"), content);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PK\u0003\u0004 and so on | is a zip archive or a workbook",
        "\u00d0\u00cf\u0011\u00e0\u00a1 | is a workbook of an older kind",
        "'PAR1\u0015\u0004' | is a Parquet file",
        "'\u0080\u0004\u0095\u0000\u0000\u0000\u0000\u0000\u008c' | is a pickle of Python",
        "'RDX3\nX\n' | is data of R",
        "'Rar!\u001a\u0007' | is an archive (rar)",
        "\u0089HDF | is an HDF5 file",
        "'  [ { \"a\": 1 }' | is JSON",
        "'{\"a\": 1}' | is JSON",
        "'<!DOCTYPE html>' | is a page of the web",
        "'@RELATION iris' | is an ARFF file",
        "'Obj\u0001' | is an Avro file",
        "'$FL2@(#) SPSS' | is a file of SPSS",
      })
  void aFileOfAnotherFormatIsNamed(String content, String message) throws IOException {
    Path file = file(bytes(content + "\n1\n"));
    assertThatThrownBy(() -> TableReader.withDefaults().read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("must be a CSV file; ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void anArchiveIsNamed() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var archive = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      byte[] table = bytes("a,b\n1,2\n");
      var entry = new TarArchiveEntry("table.csv");
      entry.setSize(table.length);
      archive.putArchiveEntry(entry);
      archive.write(table);
      archive.closeArchiveEntry();
    }
    Path file = file(bytes.toByteArray());
    assertThatThrownBy(() -> TableReader.withDefaults().read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s is an archive (tar), must be a CSV file; unpack it (tar -xf %s) and give the file that was in it",
            file, file);
  }

  @Test
  void compressedOnesToo() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(bytes("[{\"a\": 1}]"));
    }
    Path file = file(bytes.toByteArray());
    assertThatThrownBy(() -> TableReader.withDefaults().read(file)).hasMessageContaining("is JSON");
  }

  @Test
  void textWithoutAMarkIsSaidToBeOfAnotherEncoding() throws IOException {
    byte[] text = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE);
    Path file = file(text);
    assertThatThrownBy(() -> TableReader.withDefaults().read(file))
        .hasMessageContaining("name its encoding (--encoding UTF-16LE or UTF-16BE)");
    TableReader reader = TableReader.withDefaults().withEncoding(StandardCharsets.UTF_16LE);
    assertThat(reader.read(file).rows()).isEqualTo(1);
  }

  @Test
  void namesOfColumnsMayBeginAlike() throws IOException {
    for (String name : new String[] {"PK", "PAR1", "ARROW1", "html", "relation"}) {
      Path file = file(bytes(name + ",b\n1,2\n3,4\n"));
      assertThat(TableReader.withDefaults().read(file).rows()).as(name).isEqualTo(2);
    }
  }
}
