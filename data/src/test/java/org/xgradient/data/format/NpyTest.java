package org.xgradient.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.ImmutableMap;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.data.FloatArray;

class NpyTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("array.npy");
  }

  static byte[] npy(int version, String header, byte[] data) {
    byte[] text = (header + "\n").getBytes(StandardCharsets.UTF_8);
    Bytes bytes = Bytes.bytes().u8(0x93).text("NUMPY").u8(version, 0);
    return (version == 1 ? bytes.i16(text.length) : bytes.i32(text.length))
        .raw(text)
        .raw(data)
        .array();
  }

  static String header(String description, boolean fortranOrder, String shape) {
    return "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
        .formatted(description, fortranOrder ? "True" : "False", shape);
  }

  private FloatArray read(String description, String shape, Bytes data) {
    return Npy.read(Bytes.write(file, npy(1, header(description, false, shape), data.array())));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsAllVersions(int version) {
    byte[] data = Bytes.bytes().f32(1, 2, 3, 4, 5, 6).array();
    Bytes.write(file, npy(version, header("<f4", false, "(2, 3)"), data));
    assertThat(Npy.read(file)).isEqualTo(FloatArray.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
  }

  @Test
  void readsAllTypesInBothByteOrders() {
    assertThat(read("<f8", "(2,)", Bytes.bytes().f64(0.1, -2)))
        .isEqualTo(FloatArray.of(new float[] {0.1f, -2}, 2));
    assertThat(read(">f8", "(1,)", Bytes.bytes().bigEndian().f64(0.1)).values())
        .containsExactly(0.1f);
    assertThat(read(">f4", "(2,)", Bytes.bytes().bigEndian().f32(0.1f, 3)).values())
        .containsExactly(0.1f, 3);
    assertThat(read("<f2", "(1,)", Bytes.bytes().i16(0x3c00)).values()).containsExactly(1);
    assertThat(read(">i8", "(1,)", Bytes.bytes().bigEndian().i64(-7)).values()).containsExactly(-7);
    assertThat(read("<u8", "(1,)", Bytes.bytes().i64(-1)).values()).containsExactly(0x1p64f);
    assertThat(read("<i4", "(1,)", Bytes.bytes().i32(-7)).values()).containsExactly(-7);
    assertThat(read("<u4", "(1,)", Bytes.bytes().i32(-1)).values()).containsExactly(0x1p32f);
    assertThat(read(">u2", "(1,)", Bytes.bytes().u8(1, 2)).values()).containsExactly(258);
    assertThat(read("<i2", "(1,)", Bytes.bytes().i16(-2)).values()).containsExactly(-2);
    assertThat(read("|i1", "(1,)", Bytes.bytes().u8(0xfe)).values()).containsExactly(-2);
    assertThat(read("|u1", "(1,)", Bytes.bytes().u8(0xfe)).values()).containsExactly(254);
    assertThat(read("|b1", "(2,)", Bytes.bytes().u8(0, 1)).values()).containsExactly(0, 1);
  }

  @Test
  void readsScalarsEmptyArraysAndPython2() {
    assertThat(read("<f4", "()", Bytes.bytes().f32(5))).isEqualTo(FloatArray.of(new float[] {5}));
    assertThat(read("<f4", "(3, 0)", Bytes.bytes())).isEqualTo(FloatArray.zeros(3, 0));
    assertThat(read("<f4", "(1L, 2L)", Bytes.bytes().f32(5, 6)))
        .isEqualTo(FloatArray.of(new float[] {5, 6}, 1, 2));
  }

  /** Element (i, j, k) holds 100 i + 10 j + k; the first index varies fastest in the file. */
  @Test
  void readsFortranOrder() {
    Bytes data = Bytes.bytes();
    for (int k = 0; k < 4; k++) {
      for (int j = 0; j < 3; j++) {
        data.f32(10 * j + k, 100 + 10 * j + k);
      }
    }
    Bytes.write(file, npy(1, header("<f4", true, "(2, 3, 4)"), data.array()));
    FloatArray array = Npy.read(file);
    assertThat(array.shape().asList()).containsExactly(2, 3, 4);
    for (int n = 0; n < 24; n++) {
      assertThat(array.values()[n]).isEqualTo(100 * (n / 12) + 10 * (n / 4 % 3) + n % 4);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)} ; 12 bytes for shape [3], found 8",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} ; 4 bytes for shape [1], found 8",
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,)} ; found '|O'",
        "{'descr': '<c8', 'fortran_order': False, 'shape': (1,)} ; found '<c8'",
        "{'descr': '|f4', 'fortran_order': False, 'shape': (2,)} ; found '|f4'",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)} ; must be ''', found '[('a',",
        "{'descr': '<f4', 'fortran_order': None, 'shape': (2,)} ; must be True or False",
        "{'descr': '<f4', 'fortran_order': False} ; a dictionary of descr, fortran_order and shape",
        "{'descr': '<f4', 'descr': '<f4'} ; once each",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)} ; an integer of at most 18 digits",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999)} ; at most 2147483639",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999999999999,)} ; at most 18",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} exit() ; the end of the header",
        "{'descr': '\\x3cf4', 'fortran_order': False, 'shape': (2,)} ; without escapes",
        "__import__('os') ; must be '{'",
      })
  void refusesAWrongHeader(String header, String message) {
    Bytes.write(file, npy(1, header, Bytes.bytes().f32(1, 2).array()));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Npy.read(file))
        .withMessageContaining(message)
        .withMessageContaining(file.toString());
  }

  @Test
  void refusesOtherFilesAndVersionsAndLongHeaders() {
    Bytes.bytes().text("PK, not numpy").writeTo(file);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Npy.read(file))
        .withMessageContaining("begins with \\x93NUMPY");
    Bytes.write(file, npy(4, header("<f4", false, "()"), new byte[4]));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Npy.read(file))
        .withMessageContaining("version must be 1, 2 or 3, found 4");
    Bytes.bytes().u8(0x93).text("NUMPY").u8(2, 0).i32(-1).writeTo(file);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Npy.read(file))
        .withMessageContaining("header length must be at most 10000, found 4294967295");
  }

  @Test
  void copesWithDamage() {
    byte[] data = Bytes.bytes().f64(1, 2, 3, 4, 5, 6).array();
    Mutations.check(npy(1, header("<f8", true, "(2, 3)"), data), folder, Npy::read);
  }

  @Test
  void readsAnArchive() {
    byte[] a = npy(1, header("<f4", false, "(2,)"), Bytes.bytes().f32(1, 2).array());
    byte[] b = npy(1, header("|u1", false, "(1, 1)"), new byte[] {3});
    Bytes.write(file, Bytes.zip(ImmutableMap.of("fire/conv:0.npy", a, "b.npy", b)));
    NamedArrays read = Npz.read(file);
    assertThat(read.names()).containsExactly("fire/conv:0", "b");
    assertThat(read.get("fire/conv:0")).isEqualTo(FloatArray.of(new float[] {1, 2}, 2));
    assertThat(read.get("b")).isEqualTo(FloatArray.of(new float[] {3}, 1, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../up.npy", "/root.npy", "a/../../up.npy", "a\\b.npy", "script.py"})
  void refusesOddNamesInAnArchive(String name) {
    byte[] array = npy(1, header("<f4", false, "()"), new byte[4]);
    Bytes.write(file, Bytes.zip(ImmutableMap.of(name, array)));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Npz.read(file))
        .withMessageContaining(name);
  }

  /** 100 million zeros deflate to about 100 kB; as floats they would take 400 MB. */
  @Test
  void refusesAZipBomb() {
    byte[] array = npy(1, header("|b1", false, "(100000000,)"), new byte[100_000_000]);
    Bytes.write(file, Bytes.zip(ImmutableMap.of("bomb.npy", array)));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Npz.read(file))
        .withMessageContaining("array bomb: memory of all arrays so far must be at most 67108864")
        .withMessageContaining("found 400000000");
  }

  @Test
  void refusesADamagedEntry() {
    byte[] array = npy(1, header("|u1", false, "(3,)"), new byte[] {1, 2, 3});
    byte[] zip = Bytes.zip(ImmutableMap.of("a.npy", array));
    // The checksum in the central directory stands 16 bytes after its signature PK 1 2.
    int directory = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    zip[directory + 16] ^= 1;
    Bytes.write(file, zip);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Npz.read(file))
        .withMessageContaining("zip entry a.npy: checksum must be");
  }

  @Test
  void copesWithDamagedArchives() {
    byte[] a = npy(1, header("<f4", false, "(4,)"), Bytes.bytes().f32(1, 2, 3, 4).array());
    byte[] zip = Bytes.zip(ImmutableMap.of("a.npy", a, "b.npy", a));
    Mutations.check(zip, folder, Npz::read);
  }
}
