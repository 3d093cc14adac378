package org.xgradient.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.TorchBytes.Storage;
import org.xgradient.data.format.TorchBytes.View;

/** What training programs leave around the weights. */
class CheckpointContentsTest {

  private static final ImmutableMap<String, Storage> STORAGES =
      ImmutableMap.of("0", Storage.floats(1, 2, 3), "1", Storage.floats(9));
  private static final FloatArray EXPECTED = FloatArray.of(new float[] {1, 2, 3}, 3);
  private static final byte[] WEIGHTS = weights("fc.weight", "0", 3);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("epoch=3.ckpt");
  }

  private static byte[] weights(String name, String storage, int size) {
    View view = new View(storage, 0, ImmutableIntArray.of(size), ImmutableIntArray.of(1));
    return TorchBytes.stateDict(ImmutableMap.of(name, view), STORAGES);
  }

  private NamedArrays read(Map<String, byte[]> root) {
    write(TorchBytes.dictionary(root));
    return PyTorchCheckpoint.read(file);
  }

  private void write(byte[] value) {
    Bytes.write(file, TorchBytes.zip(TorchBytes.pickle(value), STORAGES));
  }

  private AbstractStringAssert<?> refusal(byte[] value) {
    write(value);
    return assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> PyTorchCheckpoint.read(file))
        .extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING);
  }

  private static byte[] code(String pickle) {
    return Bytes.bytes().text(pickle).array();
  }

  /** An object as Python's protocol 2 writes it: class, no arguments, its attributes. */
  private static byte[] object(String type, Map<String, byte[]> attributes) {
    return Bytes.bytes()
        .text("c" + type + "\n)")
        .u8(0x81)
        .raw(TorchBytes.dictionary(attributes))
        .text("b")
        .array();
  }

  @ParameterizedTest
  @ValueSource(strings = {"state_dict", "model_state_dict", "model", "net"})
  void areFoundUnderTheUsualNames(String place) {
    NamedArrays read =
        read(ImmutableMap.of("epoch", TorchBytes.whole(7), place, WEIGHTS, "acc", code("N")));
    assertThat(read.arrays()).containsExactly(Map.entry("fc.weight", EXPECTED));
    assertThat(read.metadata()).containsExactly(Map.entry("epoch", "7"));
  }

  /** The name of an architecture may stand where others have the weights. */
  @Test
  void areThoseUnderStateDictWhereThereIsOne() {
    byte[] others = weights("other.weight", "1", 1);
    assertThat(read(ImmutableMap.of("net", others, "state_dict", WEIGHTS)).names())
        .containsExactly("fc.weight");
    NamedArrays read =
        read(ImmutableMap.of("model", TorchBytes.text("resnet18"), "state_dict", WEIGHTS));
    assertThat(read.get("fc.weight")).isEqualTo(EXPECTED);
    assertThat(read.metadata()).containsExactly(Map.entry("model", "resnet18"));
  }

  @Test
  void mayHaveAParameterOfSuchAName() {
    write(weights("net", "0", 3));
    assertThat(PyTorchCheckpoint.read(file).names()).containsExactly("net");
  }

  @Test
  void areNotChosenAmongSeveral() {
    refusal(TorchBytes.dictionary(ImmutableMap.of("model", WEIGHTS, "net", WEIGHTS)))
        .endsWith(
            "checkpoint must be with weights under one name (save the dictionary of one of them"
                + " alone), found model and net");
  }

  /** Callbacks by class, settings, paths, numbers of NumPy, defaults, the optimizer's tensors. */
  @Test
  void leaveWhatLightningPutsBesideThemUnbuilt() {
    byte[] settings =
        object(
            "pytorch_lightning.utilities.parsing\nAttributeDict",
            ImmutableMap.of("lr", TorchBytes.whole(1)));
    byte[] filled =
        Bytes.bytes()
            .text("clightning.fabric.utilities.data\nAttributeDict\n)")
            .u8(0x81)
            .text("(")
            .raw(TorchBytes.text("root"))
            .text("cpathlib\nPosixPath\n(")
            .raw(TorchBytes.text("data"))
            .text("tR")
            .raw(TorchBytes.text("size"))
            .raw(TorchBytes.whole(64))
            .text("u")
            .array();
    byte[] callbacks =
        Bytes.bytes()
            .text("}cpytorch_lightning.callbacks.model_checkpoint\nModelCheckpoint\n")
            .raw(TorchBytes.dictionary(ImmutableMap.of("best", TorchBytes.whole(2))))
            .text("s")
            .array();
    byte[] number =
        Bytes.bytes()
            .text("cnumpy.core.multiarray\nscalar\n(cnumpy\ndtype\n(")
            .raw(TorchBytes.text("f8"))
            .u8(0x89, 0x88)
            .text("tR(K\3")
            .raw(TorchBytes.text("<"))
            .text("NtbNtR")
            .array();
    byte[] defaults = code("ccollections\ndefaultdict\n(c__builtin__\ndict\ntR");
    byte[] type = code("cmy.settings\nWidths\n");
    NamedArrays read =
        read(
            ImmutableMap.<String, byte[]>builder()
                .put("epoch", TorchBytes.whole(3))
                .put("pytorch-lightning_version", TorchBytes.text("2.1.0"))
                .put("hyper_parameters", settings)
                .put("datamodule_hyper_parameters", filled)
                .put("callbacks", callbacks)
                .put("best", number)
                .put("defaults", defaults)
                .put("type", type)
                .put("state_dict", WEIGHTS)
                .put("optimizer_states", weights("exp_avg", "1", 1))
                .buildOrThrow());
    assertThat(read.arrays()).containsExactly(Map.entry("fc.weight", EXPECTED));
    assertThat(read.metadata().keySet()).containsExactly("epoch", "pytorch-lightning_version");
  }

  /** Beside the weights or not, nothing that acts is passed over. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "posix system",
        "__builtin__ eval",
        "builtins getattr",
        "subprocess Popen",
        "my.code Settings",
        "functools partial.__call__"
      })
  void areRefusedBesideACallOfAnyOtherFunction(String function) {
    byte[] call = code("c" + function.replace(' ', '\n') + "\n(K\1tR");
    refusal(TorchBytes.dictionary(ImmutableMap.of("state_dict", WEIGHTS, "hyper", call)))
        .endsWith("(nothing else is trusted or run), found " + function.replace(' ', '.'));
  }

  @Test
  void areNoObjects() {
    byte[] model = object("torchvision.models.alexnet\nAlexNet", ImmutableMap.of("fc", WEIGHTS));
    refusal(model)
        .endsWith(
            "checkpoint must be a dictionary of tensors (of a whole model, save model.state_dict()"
                + " alone), found an object of torchvision.models.alexnet.AlexNet");
    refusal(TorchBytes.dictionary(ImmutableMap.of("epoch", TorchBytes.whole(1), "model", model)))
        .contains("model must be a dictionary of tensors (of a whole model,");
    refusal(
            TorchBytes.dictionary(
                ImmutableMap.of("state_dict", TorchBytes.dictionary(ImmutableMap.of("a", model)))))
        .contains("entry \"a\" must be a tensor with a name", "found an object of torchvision");
  }

  /** A class is made into an object by its name, not by what a file says of it. */
  @Test
  void areDamagedWhereObjectsAreMadeOfValues() {
    refusal(Bytes.bytes().text("N)").u8(0x81).array())
        .contains("object must be of a class by its name, found none");
    refusal(code("}Nb")).contains("attributes of a dictionary must be a dictionary, found none");
  }
}
