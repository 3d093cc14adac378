package org.xgradient.data.format;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableLongArray;
import java.util.List;
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

  /** What training leaves beside the weights: makers of plain values, none of which is called. */
  private static final ImmutableSet<String> PASSED_OVER =
      ImmutableSet.of(
          "__builtin__.bytearray",
          "__builtin__.complex",
          "__builtin__.frozenset",
          "__builtin__.set",
          "__builtin__.slice",
          "__builtin__.xrange",
          "_codecs.encode",
          "builtins.bytearray",
          "builtins.complex",
          "builtins.frozenset",
          "builtins.range",
          "builtins.set",
          "builtins.slice",
          "collections.Counter",
          "collections.defaultdict",
          "collections.deque",
          "copy_reg._reconstructor",
          "copyreg._reconstructor",
          "datetime.date",
          "datetime.datetime",
          "datetime.timedelta",
          "functools.partial",
          "numpy._core.multiarray._reconstruct",
          "numpy._core.multiarray.scalar",
          "numpy.core.multiarray._reconstruct",
          "numpy.core.multiarray.scalar",
          "numpy.dtype",
          "pathlib.PosixPath",
          "pathlib.PurePosixPath",
          "pathlib.WindowsPath",
          "torch.Size",
          "torch.device");

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

  /** {@return the function or type of a global name; of one that is not known, no more than it} */
  static PickleValue global(String name) {
    PickleFunction function = FUNCTIONS.get(name);
    if (function != null) {
      return new PickleValue.Function(function);
    }
    ElementType type = STORAGES.get(name);
    return type == null ? new PickleValue.Foreign(name) : new PickleValue.StorageType(type);
  }

  /** {@return whether a call of what is not known makes a plain value, which may be left out} */
  static boolean isPassedOver(PickleValue.Foreign function) {
    return PASSED_OVER.contains(function.name());
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
