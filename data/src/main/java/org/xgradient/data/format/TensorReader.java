package org.xgradient.data.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.PickleValue.Storage;
import org.xgradient.data.format.PickleValue.Tensor;

/** Turns references to tensors into arrays. Storages that several tensors share are read once. */
final class TensorReader {

  private final Path file;
  private final StorageReader storages;
  private final AllocationBudget budget;
  private final Map<String, Integer> uses = new HashMap<>();
  private final Map<String, float[]> shared = new HashMap<>();

  /** Where the numbers of a checkpoint are. */
  @FunctionalInterface
  interface StorageReader {

    /**
     * Finds all numbers under the storage's key and reads them.
     *
     * @param storage which numbers
     * @param budget what may be allocated, to be asked once the numbers are known to be there
     * @throws FormatException if they are not all there
     */
    float[] read(Storage storage, AllocationBudget budget) throws IOException;
  }

  TensorReader(Path file, StorageReader storages, AllocationBudget budget) {
    this.file = file;
    this.storages = storages;
    this.budget = budget;
  }

  /** Says beforehand that a tensor will be read, so that its storage is kept as long as needed. */
  void announce(Tensor tensor) {
    uses.merge(tensor.storage().key(), 1, Integer::sum);
  }

  /**
   * Reads an announced tensor.
   *
   * @param place what the tensor is called in messages
   */
  FloatArray read(String place, Tensor tensor) throws IOException {
    int[] shape = ArrayShapes.check(file, place, tensor.shape().asList());
    float[] values = take(tensor.storage());
    boolean shares = shared.containsKey(tensor.storage().key());
    if (!shares && isWhole(tensor, values, shape)) {
      return FloatArray.of(values, shape);
    }
    budget.take(place, ArrayShapes.size(shape));
    long[] strides = tensor.strides().toArray();
    return FloatArray.of(Strides.copy(values, (int) tensor.offset(), strides, shape), shape);
  }

  private static boolean isWhole(Tensor tensor, float[] values, int[] shape) {
    return ArrayShapes.size(shape) == values.length
        && Strides.rowMajor(tensor.strides().toArray(), shape);
  }

  /** Whoever takes the last reference may keep the array. */
  private float[] take(Storage storage) throws IOException {
    int left = uses.merge(storage.key(), -1, Integer::sum);
    float @Nullable [] values = shared.get(storage.key());
    if (values == null) {
      values = storages.read(storage, budget);
    }
    if (left > 0) {
      shared.put(storage.key(), values);
    } else {
      shared.remove(storage.key());
    }
    return values;
  }
}
