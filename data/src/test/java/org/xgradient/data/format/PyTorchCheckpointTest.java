package org.xgradient.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.TorchBytes.Storage;
import org.xgradient.data.format.TorchBytes.View;

class PyTorchCheckpointTest {

  private static final ImmutableMap<String, Storage> STORAGES =
      ImmutableMap.of(
          "0",
          Storage.floats(1, 2, 3, 4, 5, 6),
          "1",
          new Storage("HalfStorage", 2, Bytes.bytes().i16(0x3c00, 0xc000)),
          "2",
          new Storage("LongStorage", 1, Bytes.bytes().i64(41)),
          "unused",
          Storage.floats(7));

  /** Two names share storage 0; one of them sees a transposed part of it. */
  private static final ImmutableMap<String, View> VIEWS =
      ImmutableMap.of(
          "module.weight",
          view("0", 0, 2, 3, 3, 1),
          "module.part",
          view("0", 1, 2, 2, 1, 3),
          "module.half",
          new View("1", 0, ImmutableIntArray.of(2), ImmutableIntArray.of(1)),
          "module.steps",
          new View("2", 0, ImmutableIntArray.of(), ImmutableIntArray.of()));

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("net.pth.tar");
  }

  private static View view(String storage, int offset, int m, int n, int strideM, int strideN) {
    return new View(
        storage, offset, ImmutableIntArray.of(m, n), ImmutableIntArray.of(strideM, strideN));
  }

  private static byte[] checkpoint() {
    return TorchBytes.pickle(
        TorchBytes.dictionary(
            ImmutableMap.of(
                "epoch", TorchBytes.whole(300),
                "arch", TorchBytes.text("x_alexnet"),
                "best", Bytes.bytes().text("G").bigEndian().f64(0.5).array(),
                "nothing", Bytes.bytes().text("N").array(),
                "state_dict", TorchBytes.stateDict(VIEWS, STORAGES),
                "optimizer", TorchBytes.tensor(view("unused", 0, 1, 1, 1, 1), STORAGES))));
  }

  private static void assertRight(NamedArrays read) {
    assertThat(read.names())
        .containsExactly("module.weight", "module.part", "module.half", "module.steps");
    assertThat(read.get("module.weight"))
        .isEqualTo(FloatArray.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
    assertThat(read.get("module.part")).isEqualTo(FloatArray.of(new float[] {2, 5, 3, 6}, 2, 2));
    assertThat(read.get("module.half")).isEqualTo(FloatArray.of(new float[] {1, -2}, 2));
    assertThat(read.get("module.steps")).isEqualTo(FloatArray.of(new float[] {41}));
  }

  private NamedArrays read(byte[] bytes) {
    return PyTorchCheckpoint.read(Bytes.write(file, bytes));
  }

  private AbstractStringAssert<?> refusal(byte[] bytes) {
    Bytes.write(file, bytes);
    return assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> PyTorchCheckpoint.read(file))
        .withMessageContaining(file.toString())
        .extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING);
  }

  @Test
  void readsTheZipForm() {
    NamedArrays read = read(TorchBytes.zip(checkpoint(), STORAGES));
    assertRight(read);
    assertThat(read.metadata())
        .isEqualTo(Map.of("epoch", "300", "arch", "x_alexnet", "best", "0.5"));
    assertThat(read.withoutModuleParts().names())
        .containsExactly("weight", "part", "half", "steps");
  }

  @Test
  void readsTheStreamForm() {
    assertRight(read(TorchBytes.stream(checkpoint(), STORAGES)));
  }

  @Test
  void readsABareStateDict() {
    byte[] pickle = TorchBytes.pickle(TorchBytes.stateDict(VIEWS, STORAGES));
    NamedArrays read = read(TorchBytes.zip(pickle, STORAGES));
    assertRight(read);
    assertThat(read.metadata()).isEmpty();
  }

  @Test
  void settingsUnderTheNameOfWeightsAreNoWeights() {
    byte[] settings = TorchBytes.dictionary(ImmutableMap.of("depth", TorchBytes.whole(18)));
    byte[] weights = TorchBytes.stateDict(VIEWS, STORAGES);
    assertRight(
        read(
            TorchBytes.zip(
                TorchBytes.pickle(
                    TorchBytes.dictionary(
                        ImmutableMap.of("model", settings, "model_state_dict", weights))),
                STORAGES)));
  }

  @Test
  void givesSharedTensorsArraysOfTheirOwn() {
    ImmutableMap<String, View> tied =
        ImmutableMap.of("a", view("0", 0, 2, 3, 3, 1), "b", view("0", 0, 2, 3, 3, 1));
    NamedArrays read =
        read(TorchBytes.zip(TorchBytes.pickle(TorchBytes.stateDict(tied, STORAGES)), STORAGES));
    assertThat(read.get("a")).isEqualTo(read.get("b"));
    assertThat(read.get("a").values()).isNotSameAs(read.get("b").values());
  }

  @Test
  void readsParametersAndBigEndianStorages() {
    byte[] tensor = TorchBytes.tensor(view("0", 0, 1, 2, 2, 1), STORAGES);
    byte[] parameter =
        Bytes.bytes()
            .text("ctorch._utils\n_rebuild_parameter\n(")
            .raw(tensor)
            .u8(0x88)
            .text("NtR")
            .array();
    byte[] pickle = TorchBytes.pickle(TorchBytes.dictionary(Map.of("w", parameter)));
    byte[] data = Bytes.bytes().bigEndian().f32(1, 2, 3, 4, 5, 6).array();
    byte[] zip =
        Bytes.zip(
            ImmutableMap.of(
                "net/data.pkl", pickle,
                "net/byteorder", Bytes.bytes().text("big").array(),
                "net/data/0", data));
    assertThat(read(zip).get("w")).isEqualTo(FloatArray.of(new float[] {1, 2}, 1, 2));
  }

  /** Protocol 4 as Python 3 writes it: frames, short strings, a numbered memo, globals from it. */
  @Test
  void readsProtocol4() {
    byte[] pickle =
        Bytes.bytes()
            .u8(0x80, 4, 0x95)
            .i64(30)
            .u8(0x8c, 11)
            .text("collections")
            .u8(0x94, 0x8c, 11)
            .text("OrderedDict")
            .u8(0x94, 0x93, 0x94)
            .text(")R.")
            .array();
    assertThat(read(TorchBytes.zip(pickle, Map.of())).size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "posix system",
        "__builtin__ eval",
        "builtins exec",
        "torch load",
        "torch._utils _rebuild_sparse_tensor",
        "collections OrderedDict.fromkeys",
        "java.lang.Runtime getRuntime"
      })
  void refusesAnyOtherGlobalByName(String global) {
    byte[] pickle =
        Bytes.bytes()
            .text("c" + global.replace(' ', '\n') + "\n(")
            .raw(TorchBytes.text("id"))
            .text("tR.")
            .array();
    String message =
        "pickle: global must be a dictionary, tensor or storage of PyTorch (nothing else is trusted"
            + " or run), found "
            + global.replace(' ', '.');
    refusal(TorchBytes.zip(pickle, Map.of())).contains(message);
    refusal(TorchBytes.stream(pickle, Map.of())).contains(message);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 2, 3, 3, 1, 'offset -1, sizes [2, 3], strides [3, 1]'",
    "1, 2, 3, 3, 1, inside its storage of 6 numbers",
    "0, 2, 3, 4, 1, inside its storage of 6 numbers",
    "0, 2147483647, 2147483647, 2147483647, 2147483647, inside its storage of 6 numbers",
    "5, 2, 2, -3, -1, inside its storage of 6 numbers",
    "0, -2, 3, 3, 1, inside its storage of 6 numbers",
    "0, 2147483647, 2, 0, 0, at most 2147483639 values",
    "0, 20000000, 1, 0, 0, memory of all arrays so far must be at most 67108864 bytes",
  })
  void refusesViewsBeyondTheirStorage(
      int offset, int m, int n, int strideM, int strideN, String message) {
    ImmutableMap<String, View> views =
        ImmutableMap.of("w", view("0", offset, m, n, strideM, strideN));
    byte[] pickle = TorchBytes.pickle(TorchBytes.stateDict(views, STORAGES));
    refusal(TorchBytes.zip(pickle, STORAGES)).contains(message);
  }

  @Test
  void refusesStoragesThatAreNotThere() {
    ImmutableMap<String, Storage> claimed =
        ImmutableMap.of("0", new Storage("FloatStorage", 1 << 30, Bytes.bytes().f32(1, 2)));
    ImmutableMap<String, View> views = ImmutableMap.of("w", view("0", 0, 1, 1, 1, 1));
    byte[] pickle = TorchBytes.pickle(TorchBytes.stateDict(views, claimed));
    refusal(TorchBytes.zip(pickle, claimed))
        .contains("storage 0: length must be 1073741824 numbers of 4 bytes, found 8 bytes");
    refusal(TorchBytes.stream(pickle, claimed))
        .contains("storage 0 must be inside the file's last 8 bytes, found 1073741824 numbers");
    refusal(TorchBytes.zip(pickle, Map.of())).contains("zip entries must be with net/data/0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "K~ followed by 1 bytes, found 0",
        "). ~ checkpoint must be a dictionary, found tuple",
        "}X\5\0\0\0epochK\3s. ~ entry \"epoch\" must be a tensor with a name",
        "}(K\1NNu. ~ keys with values, found 3 items",
        "}])s. ~ key of a dictionary must be a string or an integer, found list",
        "h\3. ~ memo must be set before it is used, found nothing under 3",
        "i. ~ an opcode that checkpoints need, found 0x69",
        "t. ~ marked where a group begins",
        ". ~ not empty when a value is taken",
        ")). ~ checkpoint must be a dictionary",
        "}(s. ~ not empty when a value is taken",
        "N)R. ~ value must be a Function, found none",
        "ccollections|OrderedDict|(NtR. ~ 0 to 0 arguments, found 1",
        "\u007f. ~ found 0x7f",
      })
  void refusesAWrongPickle(String pickle, String message) {
    refusal(TorchBytes.zip(Bytes.bytes().text(pickle.replace('|', '\n')).array(), Map.of()))
        .contains(message);
  }

  @Test
  void refusesDeepAndEndlessNesting() {
    refusal(TorchBytes.zip(Bytes.bytes().text("(".repeat(100_000)).array(), Map.of()))
        .contains("nesting must be at most 1000, found more");
    refusal(TorchBytes.zip(Bytes.bytes().text("N".repeat(1_000_001)).array(), Map.of()))
        .contains("stack must be at most 1000000 values");
    String selfContaining = "}q\0" + "X\1\0\0\0ah\0s" + ".";
    refusal(TorchBytes.zip(Bytes.bytes().text(selfContaining).array(), Map.of()))
        .contains("entry \"a\" must be a tensor", "found dictionary");
    byte[] nested = Bytes.bytes().text("N").raw(repeated(0x85, 500_000)).text(".").array();
    refusal(TorchBytes.zip(nested, Map.of())).contains("found tuple");
  }

  private static byte[] repeated(int value, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Test
  void refusesAPickleOfUnusualSize() {
    refusal(TorchBytes.zip(new byte[(8 << 20) + 1], Map.of()))
        .contains("zip entry net/data.pkl: size must be at most 8388608, found 8388609");
  }

  @Test
  void refusesOtherFiles() {
    refusal(Bytes.zip(Map.of("readme.txt", new byte[3]))).contains("one FOLDER/data.pkl");
    refusal(new byte[] {'P', 'K', 3, 4}).contains("file must be a zip archive");
    refusal(new byte[0]).contains("pickle at byte 0 must be followed by 1 bytes, found 0");
    refusal(Bytes.bytes().text("N.").array()).contains("PyTorch's magic number");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> PyTorchCheckpoint.read(folder.resolve("none.pth")))
        .withMessageContaining("none.pth (there is no such file); check the path");
  }

  @Test
  void copesWithDamage() {
    Mutations.check(TorchBytes.zip(checkpoint(), STORAGES), folder, PyTorchCheckpoint::read);
    Mutations.check(TorchBytes.stream(checkpoint(), STORAGES), folder, PyTorchCheckpoint::read);
  }
}
