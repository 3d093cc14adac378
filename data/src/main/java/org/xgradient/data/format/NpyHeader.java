package org.xgradient.data.format;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * What stands before the numbers in an npy file.
 *
 * @param type how one number is stored
 * @param order the byte order of the numbers
 * @param fortranOrder whether the first dimension varies fastest
 * @param shape the sizes of the dimensions
 */
record NpyHeader(ElementType type, ByteOrder order, boolean fortranOrder, ImmutableIntArray shape) {

  private static final ImmutableMap<String, ElementType> TYPES =
      ImmutableMap.<String, ElementType>builder()
          .put("b1", ElementType.BOOL)
          .put("i1", ElementType.INT8)
          .put("u1", ElementType.UINT8)
          .put("i2", ElementType.INT16)
          .put("u2", ElementType.UINT16)
          .put("i4", ElementType.INT32)
          .put("u4", ElementType.UINT32)
          .put("i8", ElementType.INT64)
          .put("u8", ElementType.UINT64)
          .put("f2", ElementType.FLOAT16)
          .put("f4", ElementType.FLOAT32)
          .put("f8", ElementType.FLOAT64)
          .buildOrThrow();

  /** {@return the number of bytes that must follow the header} */
  long dataBytes() {
    return (long) size() * type.bytes();
  }

  /** {@return the number of values} */
  int size() {
    return ArrayShapes.size(shape.toArray());
  }

  /**
   * Checks the three entries of the header's dictionary.
   *
   * @param description byte order and type, such as {@code <f4}
   * @throws FormatException if the type is not one of numbers or booleans
   */
  static NpyHeader of(
      Path file, String place, String description, boolean fortranOrder, int[] shape) {
    ElementType type = description.length() == 3 ? TYPES.get(description.substring(1)) : null;
    char order = description.isEmpty() ? ' ' : description.charAt(0);
    boolean valid =
        type != null && (order == '<' || order == '>' || (order == '|' && type.bytes() == 1));
    if (type == null || !valid) {
      throw new FormatException(
          file,
          place + ": descr",
          "< or > (| for single bytes) and one of " + TYPES.keySet(),
          "'" + description + "'");
    }
    return new NpyHeader(
        type,
        order == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
        fortranOrder,
        ImmutableIntArray.copyOf(shape));
  }
}
