package org.xgradient.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.FloatArray;

class IdxTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("images-idx3-ubyte");
  }

  private static Bytes header(int type, int... shape) {
    return Bytes.bytes().bigEndian().u8(0, 0, type, shape.length).i32(shape);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private FloatArray read(Bytes bytes) {
    return Idx.read(bytes.writeTo(file));
  }

  private void assertRefused(byte[] bytes, String message) {
    Bytes.write(file, bytes);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Idx.read(file))
        .withMessageContaining(file.toString())
        .withMessageContaining(message);
  }

  @Test
  void readsAllTypes() {
    assertThat(read(header(0x08, 1, 2, 2).u8(0, 1, 128, 255)))
        .isEqualTo(FloatArray.of(new float[] {0, 1, 128, 255}, 1, 2, 2));
    assertThat(read(header(0x09, 1).u8(255)).values()).containsExactly(-1);
    assertThat(read(header(0x0b, 1).i16(-2)).values()).containsExactly(-2);
    assertThat(read(header(0x0c, 1).i32(70_000)).values()).containsExactly(70_000);
    assertThat(read(header(0x0d, 1).f32(0.1f)).values()).containsExactly(0.1f);
    assertThat(read(header(0x0e, 1).f64(0.1)).values()).containsExactly(0.1f);
  }

  @Test
  void readsCompressedFiles() {
    Bytes.write(file, gzip(header(0x08, 3).u8(7, 8, 9).array()));
    assertThat(Idx.read(file)).isEqualTo(FloatArray.of(new float[] {7, 8, 9}, 3));
  }

  @Test
  void refusesWhatIsNoWholeIdxFile() {
    assertRefused(
        Bytes.bytes().text("label,x\n").array(),
        "header must be two zero bytes and a type from 0x8 to 0xe, found 0x6c616265");
    assertRefused(header(0x08, 3).u8(1, 2).array(), "whole idx file, found 1 bytes are missing");
    assertRefused(header(0x08, 1).u8(1, 2).array(), "at its end after its numbers");
    assertRefused(header(0x08, -1, -1).array(), "at most 2147483639 values");
    assertRefused(new byte[0], "a whole idx file");
    byte[] cut = gzip(header(0x08, 3).u8(1, 2, 3).array());
    assertRefused(Arrays.copyOf(cut, cut.length - 9), "a whole idx file");
  }

  /** A header alone may not make the reader allocate two gigabytes. */
  @Test
  void refusesAClaimBeyondTheFile() {
    String message = "memory of all arrays so far must be at most 67108864 bytes";
    assertRefused(header(0x08, 500_000_000).array(), message);
    assertRefused(gzip(header(0x08, 500_000_000).array()), message);
  }

  @Test
  void copesWithDamage() {
    byte[] plain = header(0x0c, 2, 3).i32(1, 2, 3, 4, 5, 6).array();
    Mutations.check(plain, folder, Idx::read);
    Mutations.check(gzip(plain), folder, Idx::read);
  }
}
