package org.xgradient.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.DataException;

class TextReaderTest {

  @TempDir private Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("texts.txt"), content);
  }

  @Test
  void findsALabelBeforeATab() throws IOException {
    var texts = TextReader.withDefaults().readLines(file("ham\tHi, \"you\n\nspam\tWIN  now\n"));
    assertThat(texts.texts()).containsExactly("Hi, \"you", "WIN  now");
    assertThat(texts.labels().orElseThrow()).containsExactly("ham", "spam");
    assertThat(texts.lines().asList()).containsExactly(1, 3);
  }

  @Test
  void findsALabelInTheFirstWordAndTakesItsPrefix() throws IOException {
    Path file = file("\uFEFFDESC:manner How did it go ?\nNUM:count How many ?\n");
    var whole = TextReader.withDefaults().readLines(file);
    assertThat(whole.labels().orElseThrow()).containsExactly("DESC:manner", "NUM:count");
    var coarse = TextReader.withDefaults().withLabelUntil(":").readLines(file);
    assertThat(coarse.labels().orElseThrow()).containsExactly("DESC", "NUM");
    assertThat(coarse.texts()).containsExactly("How did it go ?", "How many ?");
  }

  @Test
  void readsTextsWithoutLabels() throws IOException {
    Path file = file("one text\nanother\n");
    var texts = TextReader.withDefaults().withForm(LineForm.NONE).readLines(file);
    assertThat(texts.labels()).isEmpty();
    assertThat(texts.texts()).containsExactly("one text", "another");
    assertThatThrownBy(() -> TextReader.withDefaults().readLines(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("say which with --lines tab, first-word or none");
  }

  @Test
  void namesTheLineWithoutALabelOrAText() throws IOException {
    Path file = file("ham\tone\nno label\n");
    assertThatThrownBy(() -> TextReader.withDefaults().withForm(LineForm.TAB).readLines(file))
        .hasMessageContaining("line 2 of")
        .hasMessageContaining("found no tab");
    Path empty = file("ham\tone\nham\t  \n");
    assertThatThrownBy(() -> TextReader.withDefaults().readLines(empty))
        .hasMessageContaining("line 2 of")
        .hasMessageContaining("has a label and no text");
    Path nothing = file("\n \n");
    assertThatThrownBy(() -> TextReader.withDefaults().readLines(nothing))
        .hasMessageContaining("has no texts");
  }

  @Test
  void namesLineAndOffsetOfWhatIsNotOfTheEncoding() throws IOException {
    Path file = folder.resolve("latin.txt");
    Files.write(
        file, "a\tcaf\u00e9\nb\tna\u00efve \u00fcber\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> TextReader.withDefaults().readLines(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is not UTF-8: line 1, byte offset 5 has 0xE9")
        .hasMessageContaining("--encoding");
    var read = TextReader.withDefaults().withEncoding(StandardCharsets.ISO_8859_1).readLines(file);
    assertThat(read.texts()).containsExactly("caf\u00e9", "na\u00efve \u00fcber");
  }

  @Test
  void namesWhatIsCutOffInTheMiddleOfACharacter() throws IOException {
    Path file = folder.resolve("cut.txt");
    Files.write(file, new byte[] {'a', '\t', 'b', '\n', 'a', '\t', (byte) 0xC3});
    assertThatThrownBy(() -> TextReader.withDefaults().readLines(file))
        .hasMessageContaining("line 2, byte offset 6 has 0xC3");
  }

  @Test
  void readsColumnsOfATable() throws IOException {
    Path file = file("id;kind;said\n1;a:x;\"one; two\nthree\"\n2;b;four\n");
    var texts =
        TextReader.withDefaults().withLabelUntil(":").readTable(file, "said", Optional.of("kind"));
    assertThat(texts.texts()).containsExactly("one; two\nthree", "four");
    assertThat(texts.labels().orElseThrow()).containsExactly("a", "b");
    assertThatThrownBy(() -> TextReader.withDefaults().readTable(file, "text", Optional.of("kind")))
        .hasMessageContaining("must have a column \"text\", found id, kind, said");
    Path hole = file("kind,said\na,\n");
    assertThatThrownBy(() -> TextReader.withDefaults().readTable(hole, "said", Optional.empty()))
        .hasMessageContaining("row 1 of")
        .hasMessageContaining("has nothing in column \"said\"");
  }
}
