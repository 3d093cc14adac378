package org.xgradient.data.format;

import com.google.common.primitives.ImmutableIntArray;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Writes checkpoints as PyTorch does, opcode by opcode. */
final class TorchBytes {

  private TorchBytes() {}

  /** Numbers of a storage as they stand in the file. */
  record Storage(String type, int count, Bytes bytes) {

    static Storage floats(float... values) {
      return new Storage("FloatStorage", values.length, Bytes.bytes().f32(values));
    }
  }

  /** A view of a storage. */
  record View(String storage, int offset, ImmutableIntArray shape, ImmutableIntArray strides) {}

  static byte[] zip(byte[] pickle, Map<String, Storage> storages) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("net/data.pkl", pickle);
    storages.forEach((key, storage) -> entries.put("net/data/" + key, storage.bytes().array()));
    entries.put("net/version", "3\n".getBytes(StandardCharsets.UTF_8));
    return Bytes.zip(entries);
  }

  static byte[] stream(byte[] pickle, Map<String, Storage> storages) {
    Bytes bytes =
        Bytes.bytes()
            .u8(0x80, 2, 0x8a, 10)
            .u8(0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)
            .text(".")
            .u8(0x80, 2)
            .text("M")
            .i16(1001)
            .text(".")
            .raw(pickle(dictionary(Map.of("little_endian", Bytes.bytes().u8(0x88).array()))))
            .raw(pickle)
            .u8(0x80, 2)
            .text("](");
    storages.keySet().forEach(key -> bytes.raw(text(key)));
    bytes.text("e.");
    storages.values().forEach(storage -> bytes.i64(storage.count()).raw(storage.bytes().array()));
    return bytes.array();
  }

  static byte[] pickle(byte[] value) {
    return Bytes.bytes().u8(0x80, 2).raw(value).text(".").array();
  }

  /** A dictionary of tensors, with the versions that PyTorch hangs on it. */
  static byte[] stateDict(Map<String, View> views, Map<String, Storage> storages) {
    Bytes bytes = Bytes.bytes().text("ccollections\nOrderedDict\n").u8('q', 0).text(")R(");
    views.forEach((name, view) -> bytes.raw(text(name)).raw(tensor(view, storages)));
    return bytes.text("u}").raw(text("_metadata")).u8('h', 0).text(")Rsb").array();
  }

  static byte[] tensor(View view, Map<String, Storage> storages) {
    Storage storage = Objects.requireNonNull(storages.get(view.storage()));
    return Bytes.bytes()
        .text("ctorch._utils\n_rebuild_tensor_v2\n((")
        .raw(text("storage"))
        .text("ctorch\n" + storage.type() + "\n")
        .raw(text(view.storage()))
        .raw(text("cpu"))
        .raw(whole(storage.count()))
        .text("tQ")
        .raw(whole(view.offset()))
        .raw(tuple(view.shape()))
        .raw(tuple(view.strides()))
        .u8(0x89)
        .text("ccollections\nOrderedDict\n)RtR")
        .array();
  }

  static byte[] dictionary(Map<String, byte[]> items) {
    Bytes bytes = Bytes.bytes().text("}(");
    items.forEach((key, value) -> bytes.raw(text(key)).raw(value));
    return bytes.text("u").array();
  }

  static byte[] text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Bytes.bytes().text("X").i32(bytes.length).raw(bytes).array();
  }

  static byte[] whole(int value) {
    return value >= 0 && value < 256
        ? Bytes.bytes().u8('K', value).array()
        : Bytes.bytes().text("J").i32(value).array();
  }

  private static byte[] tuple(ImmutableIntArray values) {
    Bytes bytes = Bytes.bytes().text("(");
    values.forEach(value -> bytes.raw(whole(value)));
    return bytes.text("t").array();
  }
}
