package org.xgradient.benchmarks.campaign.damage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages bytes in random ways. */
final class ByteDamage {

  /** What readers of text and of names in files trip over. */
  private static final List<String> TEXTS =
      List.of(
          "[".repeat(20_000),
          "{\"a\":".repeat(20_000),
          "(".repeat(5_000),
          "9".repeat(400),
          "-1",
          "1e999",
          "NaN",
          "null",
          "true",
          "\"",
          "\u0000",
          ",".repeat(3_000),
          "\n\n",
          "../../../escaped",
          "/escaped",
          "99999999999999999999",
          "4294967295",
          "2147483648");

  private static final long[] SIZES = {
    -1, 0, 1, 0x7f, 0xff, 0x7fff, 0xffff, Integer.MAX_VALUE, 0xffffffffL, 1L << 40, Long.MAX_VALUE
  };

  private final SplittableRandom random;

  ByteDamage(SplittableRandom random) {
    this.random = random;
  }

  /** Damages once to three times. */
  byte[] damage(byte[] bytes) {
    byte[] damaged = bytes;
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times; i++) {
      damaged = damageOnce(damaged);
    }
    return damaged;
  }

  private byte[] damageOnce(byte[] bytes) {
    if (bytes.length == 0) {
      return random(random.nextInt(64));
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(10)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> flipped(bytes, 1 + random.nextInt(4));
      case 2 -> flipped(bytes, 1 + bytes.length / 20);
      case 3, 4 -> withSize(bytes, at);
      case 5 -> spliced(bytes, at, bytes, random.nextInt(bytes.length), bytes.length);
      case 6 -> spliced(bytes, at, text(), 0, -1);
      case 7 -> replaced(bytes, at, text());
      case 8 -> spliced(bytes, at, random(1 + random.nextInt(200)), 0, -1);
      default -> zeroed(bytes, at, 1 + random.nextInt(100));
    };
  }

  private byte[] text() {
    return TEXTS.get(random.nextInt(TEXTS.size())).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] random(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] flipped(byte[] bytes, int flips) {
    byte[] damaged = bytes.clone();
    for (int i = 0; i < flips; i++) {
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return damaged;
  }

  /** Writes a number that may be taken for a size, in one of the usual widths and orders. */
  private byte[] withSize(byte[] bytes, int at) {
    int width = 1 << random.nextInt(4);
    long value = SIZES[random.nextInt(SIZES.length)];
    byte[] number =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    byte[] damaged = bytes.clone();
    boolean bigEndian = random.nextBoolean();
    for (int i = 0; i < width && at + i < damaged.length; i++) {
      damaged[at + i] = number[bigEndian ? width - 1 - i : i];
    }
    return damaged;
  }

  private static byte[] zeroed(byte[] bytes, int at, int count) {
    byte[] damaged = bytes.clone();
    Arrays.fill(damaged, at, Math.min(damaged.length, at + count), (byte) 0);
    return damaged;
  }

  private static byte[] replaced(byte[] bytes, int at, byte[] text) {
    byte[] damaged = Arrays.copyOf(bytes, Math.max(bytes.length, at + text.length));
    System.arraycopy(text, 0, damaged, at, text.length);
    return damaged;
  }

  /** The first bytes, then a part of others; up to the end of {@code bytes} if it has no end. */
  private static byte[] spliced(byte[] bytes, int at, byte[] part, int from, int to) {
    int end = to < 0 ? part.length : to;
    byte[] rest = to < 0 ? Arrays.copyOfRange(bytes, at, bytes.length) : new byte[0];
    ByteBuffer spliced = ByteBuffer.allocate(at + end - from + rest.length);
    return spliced.put(bytes, 0, at).put(part, from, end - from).put(rest).array();
  }
}
