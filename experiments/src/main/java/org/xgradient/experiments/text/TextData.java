package org.xgradient.experiments.text;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.xgradient.data.Checksums;
import org.xgradient.data.DataException;
import org.xgradient.data.RandomSplit;
import org.xgradient.data.text.LabelledTexts;
import org.xgradient.data.text.LineForm;
import org.xgradient.data.text.TextClasses;
import org.xgradient.data.text.TextReader;
import org.xgradient.data.text.Tokenizer;

/**
 * Labelled texts to train and to judge on.
 *
 * @param name what they are called
 * @param checksum tells their files from others
 * @param tokenizer what makes words
 * @param texts all texts
 * @param test the rows that judge; empty if they are drawn for each repetition
 */
record TextData(
    String name,
    String checksum,
    Tokenizer tokenizer,
    LabelledTexts texts,
    Optional<ImmutableIntArray> test) {

  private static final double DRAWN = 0.2;

  static final String TREC = "trec";
  static final String SMS = "sms";

  /** The training and test rows of a repetition. */
  record Parts(ImmutableIntArray train, ImmutableIntArray test) {}

  Parts parts(long seed) {
    if (test.isPresent()) {
      ImmutableIntArray.Builder train = ImmutableIntArray.builder();
      for (int row = 0; row < texts.size(); row++) {
        if (!test.get().contains(row)) {
          train.add(row);
        }
      }
      return new Parts(train.build(), test.get());
    }
    float[] classes = classes().encode(texts).values();
    int[] ofRow = new int[classes.length];
    for (int i = 0; i < ofRow.length; i++) {
      ofRow[i] = (int) classes[i];
    }
    var split = RandomSplit.withDefaults().withFractions(0, DRAWN).withSeed(seed).split(ofRow);
    return new Parts(split.train(), split.test());
  }

  TextClasses classes() {
    return TextClasses.of(texts);
  }

  /**
   * Reads what is in a folder: {@code TREC.train} and {@code TREC.test}, {@code SMSSpamCollection}.
   *
   * @throws DataException if there is none of them, or one can't be read
   */
  static ImmutableList<TextData> in(Path folder) {
    ImmutableList.Builder<TextData> found = ImmutableList.builder();
    if (Files.exists(folder.resolve("TREC.train"))) {
      found.add(trec(folder.resolve("TREC.train"), folder.resolve("TREC.test")));
    }
    if (Files.exists(folder.resolve("SMSSpamCollection"))) {
      found.add(sms(folder.resolve("SMSSpamCollection")));
    }
    ImmutableList<TextData> all = found.build();
    if (all.isEmpty()) {
      throw new DataException(
          ("%s must have the files TREC.train and TREC.test, or SMSSpamCollection, found none of"
                  + " them; give their folder with --texts DIR")
              .formatted(folder));
    }
    return all;
  }

  private static TextData trec(Path train, Path test) {
    TextReader reader =
        TextReader.withDefaults()
            .withEncoding(StandardCharsets.ISO_8859_1)
            .withForm(LineForm.FIRST_WORD)
            .withLabelUntil(":");
    LabelledTexts first = reader.readLines(train);
    LabelledTexts second = reader.readLines(test);
    ImmutableIntArray.Builder lines = ImmutableIntArray.builder();
    ImmutableIntArray.Builder rows = ImmutableIntArray.builder();
    lines.addAll(first.lines()).addAll(second.lines());
    for (int i = 0; i < second.size(); i++) {
      rows.add(first.size() + i);
    }
    var both =
        new LabelledTexts(
            join(first.texts(), second.texts()),
            Optional.of(join(first.labels().orElseThrow(), second.labels().orElseThrow())),
            lines.build(),
            first.unit());
    return new TextData(
        TREC,
        Checksums.sha256(train) + Checksums.sha256(test),
        new Tokenizer(Tokenizer.Kind.WHITESPACE, Locale.ENGLISH, true),
        both,
        Optional.of(rows.build()));
  }

  private static TextData sms(Path file) {
    return new TextData(
        SMS,
        Checksums.sha256(file),
        new Tokenizer(Tokenizer.Kind.WORDS, Locale.ENGLISH, true),
        TextReader.withDefaults().withForm(LineForm.TAB).readLines(file),
        Optional.empty());
  }

  private static ImmutableList<String> join(
      ImmutableList<String> first, ImmutableList<String> second) {
    return ImmutableList.<String>builder().addAll(first).addAll(second).build();
  }
}
