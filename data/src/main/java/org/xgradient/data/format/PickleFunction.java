package org.xgradient.data.format;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.format.PickleValue.Dictionary;
import org.xgradient.data.format.PickleValue.Storage;
import org.xgradient.data.format.PickleValue.Tensor;

/** The functions that a checkpoint may call, re-implemented; none runs anything of the file's. */
enum PickleFunction {
  ORDERED_DICTIONARY {
    @Override
    PickleValue call(PickleArguments arguments) {
      arguments.checkCount(0, 0);
      return new Dictionary();
    }
  },

  /** Storage, offset, sizes, strides, and what only training needs. */
  REBUILD_TENSOR {
    @Override
    PickleValue call(PickleArguments arguments) {
      arguments.checkCount(4, 7);
      Storage storage = arguments.get(0, Storage.class);
      long offset = arguments.whole(1);
      ImmutableLongArray shape = arguments.wholes(2);
      ImmutableLongArray strides = arguments.wholes(3);
      arguments.checkThat(
          fits(storage, offset, shape, strides),
          "inside its storage of " + storage.size() + " numbers",
          "offset " + offset + ", sizes " + shape + ", strides " + strides);
      return new Tensor(storage, storage.offset() + offset, shape, strides);
    }
  },

  /** A tensor, and what only training needs. */
  REBUILD_PARAMETER {
    @Override
    PickleValue call(PickleArguments arguments) {
      arguments.checkCount(1, 4);
      return arguments.get(0, Tensor.class);
    }
  };

  private static final ImmutableMap<String, PickleFunction> FUNCTIONS =
      ImmutableMap.of(
          "collections.OrderedDict", ORDERED_DICTIONARY,
          "torch._utils._rebuild_tensor", REBUILD_TENSOR,
          "torch._utils._rebuild_tensor_v2", REBUILD_TENSOR,
          "torch._utils._rebuild_parameter", REBUILD_PARAMETER);

  private static final ImmutableMap<String, ElementType> STORAGES =
      ImmutableMap.<String, ElementType>builder()
          .put("torch.FloatStorage", ElementType.FLOAT32)
          .put("torch.DoubleStorage", ElementType.FLOAT64)
          .put("torch.HalfStorage", ElementType.FLOAT16)
          .put("torch.BFloat16Storage", ElementType.BFLOAT16)
          .put("torch.LongStorage", ElementType.INT64)
          .put("torch.IntStorage", ElementType.INT32)
          .put("torch.ShortStorage", ElementType.INT16)
          .put("torch.CharStorage", ElementType.INT8)
          .put("torch.ByteStorage", ElementType.UINT8)
          .put("torch.BoolStorage", ElementType.BOOL)
          .buildOrThrow();

  /**
   * Calls the function.
   *
   * @throws FormatException if the arguments are not what it takes
   */
  abstract PickleValue call(PickleArguments arguments);

  /** {@return the function or type of a global name, or null if it is not allowed} */
  static @Nullable PickleValue global(String name) {
    PickleFunction function = FUNCTIONS.get(name);
    if (function != null) {
      return new PickleValue.Function(function);
    }
    ElementType type = STORAGES.get(name);
    return type == null ? null : new PickleValue.StorageType(type);
  }

  private static boolean fits(
      Storage storage, long offset, ImmutableLongArray shape, ImmutableLongArray strides) {
    if (shape.length() != strides.length() || !allAtLeastZero(List.of(shape, strides))) {
      return false;
    }
    if (offset < 0 || offset > storage.size()) {
      return false;
    }
    if (shape.contains(0)) {
      return true;
    }
    long last = offset;
    for (int i = 0; i < shape.length(); i++) {
      // A step beyond the storage is seen before it can overflow.
      long steps = shape.get(i) - 1;
      if (steps > 0 && strides.get(i) > (storage.size() - last) / steps) {
        return false;
      }
      last += steps * strides.get(i);
    }
    return last < storage.size();
  }

  private static boolean allAtLeastZero(List<ImmutableLongArray> arrays) {
    return arrays.stream().allMatch(array -> array.stream().allMatch(number -> number >= 0));
  }
}
