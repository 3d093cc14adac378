package org.xgradient.experiments.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Locale;
import java.util.Optional;
import org.xgradient.data.Checksums;
import org.xgradient.data.DataRandom;
import org.xgradient.data.Seeds;
import org.xgradient.data.text.LabelledTexts;
import org.xgradient.data.text.Tokenizer;

/**
 * Questions of four kinds, made of a few patterns and words: enough to see what there is to see,
 * without a file of others. Of one in twenty the kind is drawn, whatever the words say.
 */
final class GeneratedQuestions {

  private static final int COUNT = 1500;
  private static final int ODD = 20;

  private static final ImmutableMap<String, ImmutableList<String>> PATTERNS =
      ImmutableMap.of(
          "number",
          ImmutableList.of(
              "how old is the T of P ?",
              "how long is the T of P ?",
              "what year did P find the A T ?"),
          "person",
          ImmutableList.of(
              "who made the A T ?", "who is the A friend of P ?", "what man took the T to L ?"),
          "place",
          ImmutableList.of(
              "where is the T of P ?", "what city has the A T ?", "where did P take the A T ?"),
          "thing",
          ImmutableList.of(
              "what is the A T of P ?", "what did P bring to L ?", "which T is A in L ?"));

  private static final ImmutableMap<Character, ImmutableList<String>> WORDS =
      ImmutableMap.of(
          'T',
          ImmutableList.of(
              "river", "book", "house", "ship", "song", "garden", "clock", "bridge", "road",
              "letter", "horse", "lamp", "tower", "coin", "map", "boat", "door", "bell"),
          'A',
          ImmutableList.of(
              "old", "blue", "small", "famous", "first", "large", "red", "new", "long", "lost"),
          'P',
          ImmutableList.of(
              "Anna", "Bruno", "Clara", "David", "Emil", "Frida", "Gustav", "Hanna", "Ivo",
              "Julia"),
          'L',
          ImmutableList.of("Oldtown", "Greenhill", "Northport", "Lakeside", "Millbrook"));

  private GeneratedQuestions() {}

  static TextData draw(long seed) {
    DataRandom random = new DataRandom(Seeds.derive(seed, "questions"));
    ImmutableList<String> kinds = PATTERNS.keySet().asList();
    ImmutableList.Builder<String> texts = ImmutableList.builder();
    ImmutableList.Builder<String> labels = ImmutableList.builder();
    ImmutableIntArray.Builder lines = ImmutableIntArray.builder();
    for (int i = 0; i < COUNT; i++) {
      int kind = random.nextInt(kinds.size());
      ImmutableList<String> patterns = PATTERNS.values().asList().get(kind);
      texts.add(fill(patterns.get(random.nextInt(patterns.size())), random));
      boolean odd = random.nextInt(ODD) == 0;
      labels.add(kinds.get(odd ? random.nextInt(kinds.size()) : kind));
      lines.add(i + 1);
    }
    ImmutableList<String> all = texts.build();
    return new TextData(
        "generated",
        Checksums.sha256(String.join("\n", all).getBytes(UTF_8)),
        new Tokenizer(Tokenizer.Kind.WHITESPACE, Locale.ENGLISH, true),
        new LabelledTexts(all, Optional.of(labels.build()), lines.build(), LabelledTexts.Unit.LINE),
        Optional.empty());
  }

  private static String fill(String pattern, DataRandom random) {
    StringBuilder text = new StringBuilder();
    for (String word : pattern.split(" ", -1)) {
      ImmutableList<String> choices = word.length() == 1 ? WORDS.get(word.charAt(0)) : null;
      text.append(text.isEmpty() ? "" : " ");
      text.append(choices == null ? word : choices.get(random.nextInt(choices.size())));
    }
    return text.toString();
  }
}
