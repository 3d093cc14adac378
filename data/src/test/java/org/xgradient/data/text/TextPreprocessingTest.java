package org.xgradient.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;
import org.xgradient.data.text.Tokenizer.Kind;

class TextPreprocessingTest {

  @TempDir private Path folder;

  @Test
  void wordsAreThoseOfUnicode() {
    Tokenizer words = Tokenizer.withDefaults();
    assertThat(words.words("Don't stop, Zo\u00eb:  3.5 km!"))
        .containsExactly("Don't", "stop", ",", "Zo\u00eb", ":", "3.5", "km", "!");
    assertThat(new Tokenizer(Kind.WHITESPACE, Locale.ROOT, true).words(" How many ? "))
        .containsExactly("How", "many", "?");
    assertThat(words.words("  ")).isEmpty();
    assertThat(new Tokenizer(Kind.WHITESPACE, Locale.ROOT, true).words("  ")).isEmpty();
  }

  @Test
  void charactersAreWordsWhereThereAreNoSpaces() {
    String apples = "\u6211\u559c\u6b22 \u82f9\u679c\u3002";
    assertThat(new Tokenizer(Kind.CHARACTERS, Locale.CHINESE, true).words(apples))
        .containsExactly("\u6211", "\u559c", "\u6b22", "\u82f9", "\u679c", "\u3002");
    assertThat(new Tokenizer(Kind.CHARACTERS, Locale.ROOT, true).words("e\u0301\ud83d\ude00"))
        .as("an accent stays with its letter, and a pair of surrogates together")
        .containsExactly("e\u0301", "\ud83d\ude00");
  }

  @Test
  void lowerCaseIsThatOfTheLanguage() {
    var turkish = Locale.forLanguageTag("tr");
    assertThat(new Tokenizer(Kind.WORDS, turkish, true).normalize("IN")).isEqualTo("\u0131n");
    assertThat(new Tokenizer(Kind.WORDS, Locale.ROOT, true).normalize("IN")).isEqualTo("in");
    assertThat(new Tokenizer(Kind.WORDS, Locale.ROOT, false).normalize("IN")).isEqualTo("IN");
  }

  private static TextPreprocessing fitted() {
    return TextPreprocessing.fit(
        List.of("The cat and the dog", "the CAT", "a bird"),
        Tokenizer.withDefaults(),
        new VocabularyOptions(2, 2, 4));
  }

  @Test
  void theVocabularyHasTheMostFrequentWordsThatAreThereOftenEnough() {
    assertThat(fitted().vocabulary().words()).containsExactly("the", "cat");
    assertThat(fitted().vocabulary().size()).isEqualTo(5);
    assertThat(fitted().steps()).isEqualTo(4);
    var all =
        TextPreprocessing.fit(
            List.of("b a c a"), Tokenizer.withDefaults(), new VocabularyOptions(9, 1, 9));
    assertThat(all.vocabulary().words()).containsExactly("a", "b", "c");
    assertThatThrownBy(
            () ->
                TextPreprocessing.fit(
                    List.of("a b"), Tokenizer.withDefaults(), new VocabularyOptions(9, 2, 9)))
        .hasMessageContaining("a word at least 2 times, found none");
  }

  @Test
  void textsAreNumberedFilledUpAndCut() {
    TextPreprocessing preprocessing = fitted();
    EncodedText encoded = preprocessing.encode("The small Cat ate the fish");
    assertThat(encoded.words()).containsExactly("The", "small", "Cat", "ate");
    assertThat(encoded.numbers()).isEqualTo(ImmutableIntArray.of(3, 2, 4, 2));
    assertThat(encoded.unknown()).isEqualTo(2);
    assertThat(encoded.leftOut()).isEqualTo(2);
    FloatArray tokens = preprocessing.tokens(List.of(encoded, preprocessing.encode("cat")));
    assertThat(tokens.shape()).isEqualTo(ImmutableIntArray.of(2, 4));
    assertThat(tokens.values()).containsExactly(3, 2, 4, 2, 4, 0, 0, 0);
  }

  @Test
  void goesWithAModel() {
    TextPreprocessing read = TextPreprocessing.fromJson(fitted().toJson(), "text.json");
    assertThat(read.vocabulary()).isEqualTo(fitted().vocabulary());
    assertThat(read.tokenizer()).isEqualTo(fitted().tokenizer());
    assertThat(read.steps()).isEqualTo(4);
    String json = fitted().toJson();
    assertThatThrownBy(() -> TextPreprocessing.fromJson(json.replace("\"cat\"", "\"the\""), "f"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("f is damaged");
    assertThatThrownBy(() -> TextPreprocessing.fromJson(json.replace("WORDS", "?"), "f"))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(
            () ->
                TextPreprocessing.fromJson(json.replace("\"version\" : 1", "\"version\" : 2"), "f"))
        .hasMessageContaining("format version 1, found 2");
    assertThatThrownBy(() -> TextPreprocessing.fromJson("{", "f")).hasMessageContaining("damaged");
    // Room for 2 thousand million words a text.
    assertThatThrownBy(
            () ->
                TextPreprocessing.fromJson(
                    json.replace("\"steps\" : 4", "\"steps\" : 2147483647"), "f"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("f is damaged: steps must be in [1, 65536], found 2147483647");
  }

  private static LabelledTexts labelled(String... labels) {
    ImmutableIntArray.Builder lines = ImmutableIntArray.builder();
    for (int i = 1; i <= labels.length; i++) {
      lines.add(10 * i);
    }
    return new LabelledTexts(
        ImmutableList.copyOf(labels),
        Optional.of(ImmutableList.copyOf(labels)),
        lines.build(),
        LabelledTexts.Unit.LINE);
  }

  @Test
  void classesAreSortedAndTwoHaveOneOutput() {
    TextClasses two = TextClasses.of(labelled("spam", "ham", "spam"));
    assertThat(two.names()).containsExactly("ham", "spam");
    assertThat(two.task()).isEqualTo(Task.BINARY);
    assertThat(two.outputs()).isEqualTo(1);
    assertThat(two.encode(labelled("spam", "ham")).values()).containsExactly(1, 0);
    TextClasses three = TextClasses.of(labelled("c", "a", "b"));
    assertThat(three.task()).isEqualTo(Task.MULTICLASS);
    assertThat(three.outputs()).isEqualTo(3);
    assertThatThrownBy(() -> two.encode(labelled("ham", "eggs")))
        .hasMessageContaining("line 20: label \"eggs\" must be one of ham, spam");
    assertThatThrownBy(() -> TextClasses.of(labelled("ham", "ham")))
        .hasMessageContaining("at least two classes, found only \"ham\"");
  }

  @Test
  void readsVectorsOfWord2vecAndOfGlove() throws IOException {
    Path word2vec = Files.writeString(folder.resolve("a.txt"), "2 3\nthe 1 2 3\ncat -1 0.5 2e-1\n");
    Path glove =
        Files.writeString(folder.resolve("b.txt"), "the 1 2 3\nnew york 1 2 3\ncat -1 .5 .2");
    for (Path file : List.of(word2vec, glove)) {
      WordVectors read = WordVectors.read(file, List.of("cat", "dog"));
      assertThat(read.dimension()).isEqualTo(3);
      assertThat(read.vectors()).containsOnlyKeys("cat");
      assertThat(read.vectors().get("cat")).containsExactly(-1, 0.5f, 0.2f);
    }
    Path packed = folder.resolve("b.txt.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(glove, out);
    }
    assertThat(WordVectors.read(packed, List.of("cat")).dimension()).isEqualTo(3);
    assertThatThrownBy(() -> WordVectors.read(glove, List.of("dog")))
        .hasMessageContaining("none of the 1 words of the vocabulary");
    Path odd = Files.writeString(folder.resolve("c.txt"), "the 1 2 3\ncat 1 x 3\n");
    assertThatThrownBy(() -> WordVectors.read(odd, List.of("cat")))
        .hasMessageContaining("line 2 of")
        .hasMessageContaining("found \"x\"");
    Path shorter = Files.writeString(folder.resolve("d.txt"), "the 1 2 3\ncat 1 3\n");
    assertThatThrownBy(() -> WordVectors.read(shorter, List.of("cat")))
        .hasMessageContaining("line 2 of")
        .hasMessageContaining("a word and 3 numbers, found \"cat 1 3\"");
  }

  /** As readers of word2vec take it; some published files repeat words. */
  @Test
  void ofARepeatedWordTheFirstVectorIsTaken() throws IOException {
    Path file =
        Files.writeString(folder.resolve("f.txt"), "cat 1 2\ndog 3 4\ncat 5 6\nthe 1 1\nthe 2 2\n");
    WordVectors read = WordVectors.read(file, List.of("cat", "dog"));
    assertThat(read.vectors().get("cat")).containsExactly(1, 2);
    assertThat(read.repeated()).containsExactly("cat");
  }

  /** As the vectors of Chinese have it. */
  @Test
  void aSpaceOfAnotherKindIsAWord() throws IOException {
    Path file = Files.writeString(folder.resolve("e.txt"), "\u3000 4 5 6\r\ncat 1 2 3 \r\n");
    WordVectors read = WordVectors.read(file, List.of("cat", "\u3000"));
    assertThat(read.dimension()).isEqualTo(3);
    assertThat(read.vectors().get("cat")).containsExactly(1, 2, 3);
    assertThat(read.vectors().get("\u3000")).containsExactly(4, 5, 6);
  }

  @Test
  void theFirstLineOfWord2vecIsHeldToWhatItSays() throws IOException {
    Path cut = Files.writeString(folder.resolve("cut.txt"), "500 3\nthe 1 2 3\ncat 4 5 6\n\n");
    assertThatThrownBy(() -> WordVectors.read(cut, List.of("cat")))
        .hasMessageContaining("must have the 500 vectors that its first line says, found 2");
    Path wide = Files.writeString(folder.resolve("wide.txt"), "2 7\nthe 1 2 3\ncat 4 5 6\n");
    assertThatThrownBy(() -> WordVectors.read(wide, List.of("cat")))
        .hasMessageContaining("line 2 of")
        .hasMessageContaining("a word and 7 numbers");
    Path latin = folder.resolve("latin.txt");
    Files.write(latin, "the 1 2\ncaf\u00e9 3 4\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> WordVectors.read(latin, List.of("the")))
        .hasMessageContaining("found other bytes in line 2");
    Path empty = Files.writeString(folder.resolve("empty.txt"), "\n");
    assertThatThrownBy(() -> WordVectors.read(empty, List.of("the")))
        .hasMessageContaining("must have vectors of words, found none");
  }
}
