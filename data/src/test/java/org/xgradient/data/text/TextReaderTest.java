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
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.DataException;
import org.xgradient.data.table.reading.TableReader;

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
        .hasMessageContaining(
            "say where labels stand with --lines tab, tab-at-end, first-word or none");
  }

  @Test
  void findsALabelBehindATabOrAMark() throws IOException {
    var behind =
        TextReader.withDefaults().readLines(file("a film\t0\nanother\t1\na third one\t1\n"));
    assertThat(behind.texts()).containsExactly("a film", "another", "a third one");
    assertThat(behind.labels().orElseThrow()).containsExactly("0", "1", "1");
    var marked =
        TextReader.withDefaults().readLines(file("__label__good a film\n__label__bad another\n"));
    assertThat(marked.texts()).containsExactly("a film", "another");
    assertThat(marked.labels().orElseThrow()).containsExactly("good", "bad");
    var before = TextReader.withDefaults().readLines(file("0\ta film\n1\tanother\n"));
    assertThat(before.labels().orElseThrow()).as("as many of both").containsExactly("0", "1");
  }

  @Test
  void aTableOfTextsIsWrittenAsItsReaderSays() throws IOException {
    Path table = file("a title\ngood^a film, fine\nbad^another\n");
    var rows = TableReader.withDefaults().withDelimiter('^').withoutHeader().withSkippedLines(1);
    var texts =
        TextReader.withDefaults().withTables(rows).readTable(table, "V2", Optional.of("V1"));
    assertThat(texts.texts()).containsExactly("a film, fine", "another");
    assertThat(texts.labels().orElseThrow()).containsExactly("good", "bad");
  }

  @Test
  void linesOfJsonAreSaidToBeThat() throws IOException {
    Path lines = file("{\"text\": \"a\", \"label\": 1}\n{\"text\": \"b\", \"label\": 0}\n");
    assertThatThrownBy(() -> TextReader.withDefaults().readLines(lines))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has JSON on each line; write a table of it");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void readsWhatComesThroughAPipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    new ProcessBuilder("sh", "-c", "echo 'a text' > pipe").directory(folder.toFile()).start();
    assertThat(TextReader.withDefaults().withForm(LineForm.NONE).readLines(pipe).texts())
        .containsExactly("a text");
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
    TextReader optional = optional("NUM:count", "LOC:city", "ham", "spam");
    Path words = file("NUM:count How many ?\nNUM:x\nLOC:city Where ?\n");
    assertThatThrownBy(() -> optional.readLines(words))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 2 of")
        .hasMessageContaining("as 2 other lines have, found \"NUM:x\"")
        .hasMessageContaining("--lines none");
    Path tabs = file("ham\tone\nham\ttwo\n\nspam three\n");
    assertThatThrownBy(() -> optional.readLines(tabs)).hasMessageContaining("line 4 of");
    Path half = file("\tno label\nham\tyes\n");
    assertThatThrownBy(() -> optional.readLines(half)).hasMessageContaining("line 1 of");
    assertThat(optional.withForm(LineForm.NONE).readLines(half).texts()).hasSize(2);
  }

  private static TextReader optional(String... classes) {
    return TextReader.withDefaults()
        .withOptionalLabels(new TextClasses(ImmutableList.copyOf(classes)));
  }

  /** What begins with a word and a colon need not be labelled. */
  @Test
  void onlyClassesAreLabels() throws IOException {
    TextReader optional = optional("ham", "spam");
    for (String text : List.of("10:30 who came ?", "Re: what city", "note:\tone text")) {
      var read = optional.readLines(file(text + "\n"));
      assertThat(read.labels()).isEmpty();
      assertThat(read.texts()).containsExactly(text);
    }
    assertThat(optional.readLines(file("ham\tone\neggs\ttwo\n")).labels().orElseThrow())
        .containsExactly("ham", "eggs");
    assertThat(optional.withLabelUntil(":").readLines(file("ham:x one\n")).labels().orElseThrow())
        .containsExactly("ham");
  }

  @Test
  void labelsOfAnotherModelAreNoWords() throws IOException {
    TextReader optional = optional("NUM", "LOC");
    Path messages = file("ham\tone\nspam\ttwo\n\nham\tthree\nham\tfour\n");
    assertThatThrownBy(() -> optional.readLines(messages))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("labels that the model does not have: ham, spam, not NUM, LOC")
        .hasMessageContaining("--lines none");
    Path questions = file("HUM:ind Who ?\nNUM:date When ?\nHUM:ind Who ?\nNUM:date When ?\n");
    assertThatThrownBy(() -> optional("ham", "spam").readLines(questions))
        .hasMessageContaining("labels that the model does not have: HUM:ind, NUM:date, not ham");
    Path mails = file("Re: who\nRe: when\n10:30 no\n10:30 yes\n");
    assertThat(optional("ham", "spam").readLines(mails).texts()).hasSize(4);
    Path two = file("ham\tone\nspam\ttwo\n");
    assertThat(optional.withForm(LineForm.TAB).readLines(two).texts().get(0)).isEqualTo("one");
    assertThat(optional.withForm(LineForm.NONE).readLines(two).texts().get(0))
        .isEqualTo("ham\tone");
    assertThat(optional.readLines(file("one\ta\ntwo\tb\nthree\tc\n")).labels()).isEmpty();
  }

  /** UTF-16 read as something else is letters with NUL between them. */
  @Test
  void aMarkNamesTheEncodingAndNulIsNoText() throws IOException {
    Path file = folder.resolve("utf16.txt");
    Files.write(file, "\uFEFFham\tone\nspam\ttwo\n".getBytes(StandardCharsets.UTF_16LE));
    assertThat(TextReader.withDefaults().readLines(file).texts()).containsExactly("one", "two");
    Files.write(file, "ham\tone\nspam\ttwo\n".getBytes(StandardCharsets.UTF_16LE));
    assertThatThrownBy(() -> TextReader.withDefaults().readLines(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is no text in UTF-8: character 2 is NUL")
        .hasMessageContaining("--encoding, such as UTF-16LE");
    var named = TextReader.withDefaults().withEncoding(StandardCharsets.UTF_16LE);
    assertThat(named.readLines(file).texts()).containsExactly("one", "two");
  }

  @Test
  void compressedTextsAreDecompressed() throws IOException {
    Path lines = folder.resolve("texts.txt.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(lines))) {
      out.write("ham\tone\nspam\ttwo\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(TextReader.withDefaults().readLines(lines).texts()).containsExactly("one", "two");
    Path table = folder.resolve("texts.csv.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(table))) {
      out.write("kind,said\na,one\n".getBytes(StandardCharsets.UTF_8));
    }
    var rows = TextReader.withDefaults().readTable(table, "said", Optional.of("kind"));
    assertThat(rows.texts()).containsExactly("one");
  }

  /** A comma in a text without quotation marks would cut it. */
  @Test
  void aRowOfMoreCellsThanTheHeaderIsNamed() throws IOException {
    Path file = file("kind,said\na,\"yes, it is\"\na,yes, it really is bad\n");
    assertThatThrownBy(() -> TextReader.withDefaults().readTable(file, "said", Optional.empty()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row 2 (line 3): must have 2 cells");
    Path twice = file("kind,said,said\na,b,c\n");
    assertThatThrownBy(() -> TextReader.withDefaults().readTable(twice, "said", Optional.empty()))
        .hasMessageContaining("found \"said\" twice");
    Path one = file("kind,said\na,b\n");
    assertThatThrownBy(() -> TextReader.withDefaults().readTable(one, "said", Optional.of("said")))
        .hasMessageContaining("texts and labels must be different columns");
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
        .hasMessageContaining("there is no column \"text\"");
    Path hole = file("kind,said\na,\n");
    assertThatThrownBy(() -> TextReader.withDefaults().readTable(hole, "said", Optional.empty()))
        .hasMessageContaining("row 1 of")
        .hasMessageContaining("has nothing in column \"said\"");
  }
}
