package org.xgradient.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
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

  /** One line without a text must not make words of the labels of all others. */
  @Test
  void namesTheLineThatIsNotAsMostAre() throws IOException {
    TextReader optional = TextReader.withDefaults().withLabelsOptional();
    Path words = file("NUM:count How many ?\nNUM:x\nLOC:city Where ?\n");
    assertThatThrownBy(() -> optional.readLines(words))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 2 of")
        .hasMessageContaining("as 2 of 3 lines have, found \"NUM:x\"")
        .hasMessageContaining("--lines none");
    Path tabs = file("ham\tone\nham\ttwo\n\nspam three\n");
    assertThatThrownBy(() -> optional.readLines(tabs)).hasMessageContaining("line 4 of");
    Path texts = file("note: one text\nanother\nand a third\n");
    assertThat(optional.readLines(texts).labels()).isEmpty();
    assertThat(optional.withForm(LineForm.NONE).readLines(words).texts()).hasSize(3);
  }

  @Test
  void namesTheLineOfAnEmptyLabel() throws IOException {
    Path blank = file("ham\tone\n \ttwo\n");
    assertThatThrownBy(() -> TextReader.withDefaults().withForm(LineForm.TAB).readLines(blank))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 2 of")
        .hasMessageContaining("has an empty label");
    Path cut = file("DESC:manner How ?\n:count How many ?\n");
    assertThatThrownBy(
            () ->
                TextReader.withDefaults()
                    .withForm(LineForm.FIRST_WORD)
                    .withLabelUntil(":")
                    .readLines(cut))
        .hasMessageContaining("line 2 of")
        .hasMessageContaining("has an empty label before \":\"");
    Path table = file("kind,said\na:x,one\n :y,two\n");
    assertThatThrownBy(
            () ->
                TextReader.withDefaults()
                    .withLabelUntil(":")
                    .readTable(table, "said", Optional.of("kind")))
        .hasMessageContaining("row 2 of")
        .hasMessageContaining("has an empty label before \":\"");
  }

  @Test
  void saysLineOrRowOfALabelThatIsNoClass() throws IOException {
    var classes = new TextClasses(ImmutableList.of("ham", "spam"));
    var lines = TextReader.withDefaults().readLines(file("ham\tone\n\neggs\ttwo\n"));
    assertThatThrownBy(() -> classes.encode(lines)).hasMessageStartingWith("line 3: ");
    Path table = file("kind,said\nham,\"one\nand more\"\neggs,two\n");
    var rows = TextReader.withDefaults().readTable(table, "said", Optional.of("kind"));
    assertThatThrownBy(() -> classes.encode(rows)).hasMessageStartingWith("row 2: ");
    assertThatThrownBy(() -> classes.encode(rows.subset(ImmutableIntArray.of(1))))
        .hasMessageStartingWith("row 2: ");
  }

  /** One byte of this encoding becomes two characters, more than its decoder says. */
  @Test
  void takesMoreCharactersThanBytes() throws IOException {
    Charset encoding = new TwiceAsMany();
    var texts =
        TextReader.withDefaults()
            .withForm(LineForm.NONE)
            .withEncoding(encoding)
            .readLines(file("ab".repeat(100)));
    assertThat(texts.texts()).containsExactly("aabb".repeat(100));
  }

  /** Each byte is two characters. */
  private static final class TwiceAsMany extends Charset {
    TwiceAsMany() {
      super("x-twice", new String[0]);
    }

    @Override
    public boolean contains(Charset other) {
      return false;
    }

    @Override
    public CharsetEncoder newEncoder() {
      throw new UnsupportedOperationException();
    }

    @Override
    public CharsetDecoder newDecoder() {
      return new CharsetDecoder(this, 1, 1) {
        @Override
        protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
          while (in.hasRemaining()) {
            if (out.remaining() < 2) {
              return CoderResult.OVERFLOW;
            }
            char letter = (char) in.get();
            out.put(letter).put(letter);
          }
          return CoderResult.UNDERFLOW;
        }
      };
    }
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
