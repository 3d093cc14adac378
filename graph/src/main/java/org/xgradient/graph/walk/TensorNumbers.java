package org.xgradient.graph.walk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.tensorflow.RawTensor;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.ShortDataBuffer;
import org.tensorflow.ndarray.buffer.layout.DataLayouts;

/** Copies the numbers out of tensors of several types. */
public final class TensorNumbers {

  private TensorNumbers() {}

  /**
   * The numbers of a tensor.
   *
   * @param tensor the tensor
   * @return the numbers in row-major order; nothing if the tensor is not one of floats of 16 to 64
   *     bits or integers of 32 or 64 bits
   */
  public static Optional<double[]> of(Tensor tensor) {
    RawTensor raw = tensor.asRawTensor();
    return switch (raw.dataType()) {
      case DT_FLOAT -> read(raw, Float.BYTES, bytes -> bytes.asFloatBuffer()::get);
      case DT_DOUBLE -> read(raw, Double.BYTES, bytes -> bytes.asDoubleBuffer()::get);
      case DT_HALF -> read(raw, Short.BYTES, bytes -> i -> half(bytes.getShort(Short.BYTES * i)));
      case DT_BFLOAT16 ->
          read(
              raw,
              Short.BYTES,
              bytes -> i -> Float.intBitsToFloat(bytes.getShort(Short.BYTES * i) << Short.SIZE));
      case DT_INT32 -> read(raw, Integer.BYTES, bytes -> bytes.asIntBuffer()::get);
      case DT_INT64 -> read(raw, Long.BYTES, bytes -> bytes.asLongBuffer()::get);
      default -> Optional.empty();
    };
  }

  private static float half(short bits) {
    ShortDataBuffer buffer = DataBuffers.of(new short[] {bits});
    return DataLayouts.FLOAT16.readFloat(buffer, 0);
  }

  private static Optional<double[]> read(RawTensor tensor, int width, View view) {
    byte[] bytes = new byte[Math.toIntExact(tensor.data().size())];
    tensor.data().copyTo(DataBuffers.of(bytes), bytes.length);
    IntToDoubleFunction number = view.of(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()));
    return Optional.of(IntStream.range(0, bytes.length / width).mapToDouble(number).toArray());
  }

  /** Reads bytes as numbers, by their index. */
  @FunctionalInterface
  private interface View {
    IntToDoubleFunction of(ByteBuffer bytes);
  }
}
