package org.xgradient.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;

class SafetensorsTest {

  private static final NamedArrays ARRAYS =
      NamedArrays.of(
              ImmutableMap.of(
                  "z.weight", FloatArray.of(new float[] {1, -2, 3.5f, Float.MIN_VALUE, 0, 6}, 2, 3),
                  "empty", FloatArray.zeros(0, 4),
                  "a \"quoted\" bias", FloatArray.of(new float[] {Float.NaN}, 1),
                  "scalar", FloatArray.of(new float[] {7})))
          .withMetadata(ImmutableMap.of("step", "12", "architecture", "x-mlp ü"));

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("weights.safetensors");
  }

  private Path write(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return Bytes.bytes().i64(json.length).raw(json).raw(data).writeTo(file);
  }

  @Test
  void readsWhatItWroteInTheSameOrder() {
    Safetensors.write(file, ARRAYS);
    NamedArrays read = Safetensors.read(file);
    assertThat(read).isEqualTo(ARRAYS);
    assertThat(read.names()).containsExactlyElementsOf(ARRAYS.names());
    assertThat(read.metadata().keySet()).containsExactly("step", "architecture");
  }

  @Test
  void readsArraysLargerThanItsBuffer() {
    float[] values = new float[200_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    NamedArrays large = NamedArrays.of(ImmutableMap.of("w", FloatArray.of(values, values.length)));
    Safetensors.write(file, large);
    assertThat(Safetensors.read(file)).isEqualTo(large);
  }

  @Test
  void writesTheSameBytesAgainAndLeavesNothingElse() throws IOException {
    Safetensors.write(file, ARRAYS);
    byte[] first = Files.readAllBytes(file);
    Safetensors.write(file, ARRAYS);
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void writesTheDocumentedLayout() throws IOException {
    Safetensors.write(
        file, NamedArrays.of(ImmutableMap.of("w", FloatArray.of(new float[] {1, 2}, 2))));
    String header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    String padded = header + " ".repeat(-header.length() & 7);
    assertThat(Files.readAllBytes(file))
        .isEqualTo(Bytes.bytes().i64(padded.length()).text(padded).f32(1, 2).array());
  }

  @Test
  void saysWhatItCouldNotWrite() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Safetensors.write(folder, ARRAYS))
        .withMessageContaining("cannot write " + folder);
  }

  @Test
  void refusesAReservedName() {
    NamedArrays reserved = NamedArrays.of(ImmutableMap.of("__metadata__", FloatArray.zeros(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Safetensors.write(file, reserved))
        .withMessage("a tensor's name must not be __metadata__");
  }

  /** Known bit patterns of IEEE 754 halves, and bfloat16 as the upper half of a float. */
  @Test
  void readsHalfPrecision() {
    int[] halves = {0x3c00, 0xc000, 0x7bff, 0x0001, 0x8000, 0x7c00, 0xfe00, 0x3555};
    byte[] data = Bytes.bytes().i16(halves).i16(0x3f80, 0xc049).array();
    write(
        "{\"h\":{\"dtype\":\"F16\",\"shape\":[8],\"data_offsets\":[0,16]},"
            + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[16,20]}}",
        data);
    NamedArrays read = Safetensors.read(file);
    assertThat(read.get("h").values())
        .containsExactly(
            1, -2, 65504, 0x1p-24f, -0f, Float.POSITIVE_INFINITY, Float.NaN, 1365f / 4096);
    assertThat(read.get("b").values()).containsExactly(1, -3.140625f);
  }

  @Test
  void readsDoublesAndIntegersOutOfOrder() {
    byte[] data = Bytes.bytes().f64(0.1).i64(-5).i64(-1).i32(-1).i16(-1).u8(0xff, 0xff, 2).array();
    write(
        "{\"bool\":{\"dtype\":\"BOOL\",\"shape\":[],\"data_offsets\":[32,33]},"
            + "\"f64\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"i64\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[8,16]},"
            + "\"u64\":{\"dtype\":\"U64\",\"shape\":[1],\"data_offsets\":[16,24]},"
            + "\"u32\":{\"dtype\":\"U32\",\"shape\":[1],\"data_offsets\":[24,28]},"
            + "\"i16\":{\"dtype\":\"I16\",\"shape\":[1],\"data_offsets\":[28,30]},"
            + "\"u8\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[30,31]},"
            + "\"i8\":{\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[31,32]}}  ",
        data);
    NamedArrays read = Safetensors.read(file);
    assertThat(read.names().iterator().next()).isEqualTo("bool");
    assertThat(read.get("bool")).isEqualTo(FloatArray.of(new float[] {1}));
    assertThat(read.get("f64").values()).containsExactly(0.1f);
    assertThat(read.get("i64").values()).containsExactly(-5);
    assertThat(read.get("u64").values()).containsExactly(0x1p64f);
    assertThat(read.get("u32").values()).containsExactly(0x1p32f);
    assertThat(read.get("i16").values()).containsExactly(-1);
    assertThat(read.get("u8").values()).containsExactly(255);
    assertThat(read.get("i8").values()).containsExactly(-1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} | [0, 8], without gap and overlap",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | [0, 4], without gap and overlap",
        "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 4 bytes for its tensors, found 8",
        "{'w':{'dtype':'F32','shape':[1,2],'data_offsets':[0,8]},'v':{'dtype':'F32','shape':[1],"
            + "'data_offsets':[4,8]}} | tensor \"v\" of shape [1]: data_offsets must be [8, 12]",
        "{'w':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | integers from 0 to 2^63 - 1",
        "{'w':{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,8]}} | at most 2147483639",
        "{'w':{'dtype':'F32','shape':[9223372036854775808],'data_offsets':[0,8]}} | 2^63 - 1",
        "{'w':{'dtype':'F32','shape':[0,65536,65536],'data_offsets':[0,0]}} | at most 2147483639",
        "{'w':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}} | an array of integers",
        "{'w':{'dtype':'F8_E4M3','shape':[2],'data_offsets':[0,8]}} | found F8_E4M3",
        "{'w':{'dtype':'F32','shape':[2]}} | two data_offsets",
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'more':1}} | found more",
        "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'w':{}} | Duplicate field 'w'",
        "{'w':3} | tensor \"w\" must be start object, found value number int",
        "{'__metadata__':{'k':1}} | \"k\" must be value string",
        "[] | header must be start object, found start array",
        "{} {} | one JSON object",
        "nonsense | header must be JSON",
      })
  void refusesAWrongHeader(String header, String message) {
    write(header.replace('\'', '"'), Bytes.bytes().f32(1, 2).array());
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Safetensors.read(file))
        .withMessageContaining(message.replace('\'', message.contains("Dup") ? '\'' : '"'))
        .withMessageContaining(file.toString());
  }

  @Test
  void refusesAHeaderLongerThanTheFile() {
    Bytes.bytes().i64(Long.MAX_VALUE).text("{}").writeTo(file);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Safetensors.read(file))
        .withMessage(
            file
                + ": header length must be at most 2 bytes in a file of 10, found"
                + " 9223372036854775807");
    Bytes.bytes().u8(1, 2).writeTo(file);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Safetensors.read(file))
        .withMessage(file + ": length must be at least 8 bytes, found 2");
  }

  @Test
  void refusesDeepNesting() {
    write("{\"w\":" + "[".repeat(100_000), new byte[0]);
    assertThatExceptionOfType(FormatException.class).isThrownBy(() -> Safetensors.read(file));
  }

  @Test
  void namesAMissingFile() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Safetensors.read(file))
        .withMessage("cannot read " + file + " (there is no such file); check the path");
  }

  @Test
  void copesWithDamage() throws IOException {
    Safetensors.write(file, ARRAYS);
    Mutations.check(Files.readAllBytes(file), folder, Safetensors::read);
  }
}
