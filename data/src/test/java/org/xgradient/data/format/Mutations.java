package org.xgradient.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assertions;

/** Damages a valid file in seeded random ways and checks that a reader copes. */
public final class Mutations {

  private static final int CASES = 200;
  private static final Duration HANG = Duration.ofSeconds(10);

  private final SplittableRandom random;
  private final byte[] valid;

  private Mutations(long seed, byte[] valid) {
    this.random = new SplittableRandom(seed);
    this.valid = valid;
  }

  /** Every damaged file must give a FormatException or be read, and some must be refused. */
  public static void check(byte[] valid, Path folder, Consumer<Path> reader) {
    Path file = folder.resolve("mutated");
    assertThatCode(() -> reader.accept(Bytes.write(file, valid))).doesNotThrowAnyException();
    Mutations mutations = new Mutations(20210711L, valid);
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      Bytes.write(file, mutations.next(i));
      refused += refuses(reader, file, "case " + i) ? 1 : 0;
    }
    assertThat(refused).as("refused files").isGreaterThan(CASES / 10);
  }

  private static boolean refuses(Consumer<Path> reader, Path file, String name) {
    return Assertions.assertTimeoutPreemptively(
        HANG,
        () -> {
          try {
            reader.accept(file);
            return false;
          } catch (FormatException e) {
            assertThat(e.getMessage()).as(name).contains(file.toString(), "must be", "found");
            return true;
          } catch (RuntimeException | Error e) {
            throw new AssertionError(name + " must give a FormatException", e);
          }
        },
        name);
  }

  private byte[] next(int kind) {
    byte[] bytes = valid.clone();
    int at = random.nextInt(valid.length);
    return switch (kind % 5) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> flipped(bytes, 1 + random.nextInt(4));
      case 2 -> overwritten(bytes, at, random.nextBoolean() ? 0xff : 0x7f);
      case 3 -> spliced(at, random.nextInt(valid.length));
      default -> flipped(bytes, 40);
    };
  }

  private byte[] flipped(byte[] bytes, int flips) {
    for (int i = 0; i < flips; i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  /** Makes a size huge or negative. */
  private static byte[] overwritten(byte[] bytes, int at, int value) {
    Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) value);
    return bytes;
  }

  private byte[] spliced(int end, int start) {
    byte[] bytes = Arrays.copyOf(valid, end + valid.length - start);
    System.arraycopy(valid, start, bytes, end, valid.length - start);
    return bytes;
  }
}
