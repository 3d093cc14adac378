package org.xgradient.data.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.xgradient.data.format.PickleValue.Storage;

/**
 * The zip form of a checkpoint: under one folder a file {@code data.pkl}, a file for each storage
 * in {@code data/}, and perhaps the byte order in {@code byteorder}.
 */
final class TorchZip implements TensorReader.StorageReader, AutoCloseable {

  private static final String PICKLE = "data.pkl";

  private final Path file;
  private final CheckedZip zip;
  private final String folder;
  private final ByteOrder order;

  TorchZip(Path file) throws IOException {
    this.file = file;
    this.zip = CheckedZip.open(file);
    try {
      this.folder = folder();
      this.order = byteOrder();
    } catch (RuntimeException | IOException e) {
      zip.close();
      throw e;
    }
  }

  private String folder() {
    List<String> pickles =
        zip.names().stream()
            .filter(
                name -> name.endsWith("/" + PICKLE) && name.indexOf('/') == name.lastIndexOf('/'))
            .toList();
    if (pickles.size() != 1) {
      throw new FormatException(file, "zip entries", "with one FOLDER/" + PICKLE, zip.names());
    }
    return pickles.get(0).substring(0, pickles.get(0).indexOf('/') + 1);
  }

  private ByteOrder byteOrder() throws IOException {
    String entry = folder + "byteorder";
    if (zip.size(entry).isEmpty()) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    String name = new String(bytes(entry, 16), StandardCharsets.UTF_8);
    return switch (name) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw new FormatException(file, "zip entry " + entry, "little or big", name);
    };
  }

  PickleValue pickle() throws IOException {
    byte[] bytes = bytes(folder + PICKLE, PyTorchCheckpoint.MAXIMUM_PICKLE_BYTES);
    return Unpickler.read(file, ByteBuffer.wrap(bytes)).value();
  }

  private byte[] bytes(String entry, int maximum) throws IOException {
    return zip.read(
        entry,
        (in, size) -> {
          if (size > maximum) {
            throw new FormatException(
                file, "zip entry " + entry + ": size", "at most " + maximum, size);
          }
          byte[] bytes = new byte[(int) size];
          ArrayReader.fill(in, ByteBuffer.wrap(bytes));
          return bytes;
        });
  }

  @Override
  public float[] read(Storage storage, AllocationBudget budget) throws IOException {
    String entry = folder + "data/" + storage.key();
    return zip.read(
        entry,
        (in, size) -> {
          int count = PyTorchCheckpoint.checkSize(file, storage, size);
          budget.take("storage " + storage.key(), count);
          return ArrayReader.read(in, storage.type(), order, count);
        });
  }

  @Override
  public void close() {
    zip.close();
  }
}
