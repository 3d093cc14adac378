package org.xgradient.benchmarks.campaign.damage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Replaces words and numbers of a text, so that it stays a text. */
final class TextDamage {

  private static final Pattern WORD = Pattern.compile("\"[^\"\\n]*\"|[\\w.+-]+");

  private static final List<String> WORDS =
      List.of(
          "NaN",
          "-Infinity",
          "1e999",
          "1e300",
          "1e-320",
          "-1",
          "0",
          "1.5",
          "null",
          "true",
          "{}",
          "[]",
          "\"\"",
          "",
          "9999999999999",
          "9".repeat(400),
          "x".repeat(70_000),
          "a,b",
          "\"a",
          "[".repeat(3_000),
          "\"../escaped\"",
          "\u00e9");

  private static final int SAFETENSORS_LENGTH = 8;

  private final SplittableRandom random;

  TextDamage(SplittableRandom random) {
    this.random = random;
  }

  byte[] damage(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int times = 1 + random.nextInt(2);
    for (int i = 0; i < times; i++) {
      text = damageOnce(text);
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The header of a safetensors file, whose length is made to fit. */
  byte[] damageHeader(byte[] file) {
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int end = SAFETENSORS_LENGTH + (int) buffer.getLong();
    byte[] header = damage(Arrays.copyOfRange(file, SAFETENSORS_LENGTH, end));
    return ByteBuffer.allocate(SAFETENSORS_LENGTH + header.length + file.length - end)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .put(file, end, file.length - end)
        .array();
  }

  private String damageOnce(String text) {
    List<MatchResult> words = WORD.matcher(text).results().toList();
    if (words.isEmpty()) {
      return text;
    }
    MatchResult word = words.get(random.nextInt(words.size()));
    String other =
        random.nextInt(4) == 0
            ? words.get(random.nextInt(words.size())).group()
            : WORDS.get(random.nextInt(WORDS.size()));
    return text.substring(0, word.start()) + other + text.substring(word.end());
  }
}
