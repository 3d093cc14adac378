package org.xgradient.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.data.DataException;

class ClassNamesTest {

  @TempDir private Path folder;

  @Test
  void areReadAsTheyWereWritten() throws IOException {
    ClassNames names =
        new ClassNames(ImmutableList.of("crane", "bull mastiff, \"dog\"", "crane", " Köter "));
    Path file = folder.resolve("classes.csv");
    names.write(file);
    assertThat(Files.readAllLines(file)).startsWith("index,name", "0,crane");
    assertThat(ClassNames.read(file)).isEqualTo(names);
  }

  @Test
  void areTheLinesOfAText() throws IOException {
    Path file = Files.writeString(folder.resolve("classes.txt"), "tench\r\n goldfish \n\n");
    assertThat(ClassNames.read(file).names()).containsExactly("tench", "goldfish");
  }

  @Test
  void mayBeNumbers() {
    assertThat(ClassNames.numbered(2).names()).containsExactly("class 0", "class 1");
    assertThatThrownBy(() -> ClassNames.numbered(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be a name for at least one class, found none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "index,label;0,cat | must have a column \"name\", found [index, label]",
        "index,name;1,cat;0,dog | must be 0, 1, 2 and so on, found \"1\" instead of 0",
        "index,name;0,cat,dog | line 2 of",
        "index,name | must have the names of classes, found none",
      })
  void sayWhatIsWrongWithAFile(String lines, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("classes.csv"), lines.replace(';', '\n'));
    assertThatThrownBy(() -> ClassNames.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("classes.csv");
  }
}
