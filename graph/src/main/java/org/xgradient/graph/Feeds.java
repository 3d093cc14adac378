package org.xgradient.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;
import org.xgradient.data.FloatArray;

/** Values for placeholders: what a run of a {@link GraphSession} is fed. Immutable. */
public final class Feeds {

  private static final Feeds NONE = new Feeds(ImmutableList.of());

  private final ImmutableList<Feed> entries;

  /** The tensor is made when the run starts and closed when it ends. */
  record Feed(Operand<?> placeholder, Supplier<Tensor> tensor) {}

  private Feeds(ImmutableList<Feed> entries) {
    this.entries = entries;
  }

  /** {@return no values} */
  public static Feeds none() {
    return NONE;
  }

  /**
   * One value.
   *
   * @param placeholder what to feed
   * @param value the value
   * @return the feeds
   */
  public static Feeds of(Operand<TFloat32> placeholder, FloatArray value) {
    return NONE.with(placeholder, value);
  }

  /**
   * Adds an array.
   *
   * @param placeholder what to feed
   * @param value the value
   * @return the feeds with it
   */
  public Feeds with(Operand<TFloat32> placeholder, FloatArray value) {
    return with(
        placeholder,
        () -> TFloat32.tensorOf(Shapes.of(value.shape()), DataBuffers.of(value.values())));
  }

  /** One value that is written where TensorFlow reads it, without an array of Java's. */
  static Feeds filled(
      Operand<TFloat32> placeholder, ImmutableIntArray shape, Consumer<FloatDataBuffer> fill) {
    return NONE.with(
        placeholder,
        () ->
            TFloat32.tensorOf(
                Shapes.of(shape), tensor -> fill.accept(tensor.asRawTensor().data().asFloats())));
  }

  /**
   * Adds a scalar.
   *
   * @param placeholder what to feed
   * @param value the value
   * @return the feeds with it
   */
  public Feeds withScalar(Operand<TFloat32> placeholder, float value) {
    return with(placeholder, () -> TFloat32.scalarOf(value));
  }

  /**
   * Adds an integer.
   *
   * @param placeholder what to feed
   * @param value the value
   * @return the feeds with it
   */
  public Feeds withInt(Operand<TInt32> placeholder, int value) {
    return with(placeholder, () -> TInt32.scalarOf(value));
  }

  /**
   * Adds a vector of integers.
   *
   * @param placeholder what to feed
   * @param values the values
   * @return the feeds with it
   */
  public Feeds withInts(Operand<TInt32> placeholder, int... values) {
    return with(
        placeholder, () -> TInt32.tensorOf(Shape.of(values.length), DataBuffers.of(values)));
  }

  /**
   * Adds the seed of what is drawn in a run.
   *
   * @param placeholder what to feed, of shape {@code [2]}
   * @param seed the seed
   * @return the feeds with it
   */
  public Feeds withSeed(Operand<TInt64> placeholder, long seed) {
    return with(placeholder, () -> TInt64.tensorOf(NdArrays.vectorOf(seed, 0L)));
  }

  /**
   * Adds values of any type of a fixed size, which are written where TensorFlow reads them.
   *
   * @param placeholder what to feed
   * @param type the type of the values
   * @param shape their shape
   * @param fill writes their bytes, as the machine orders them
   * @return the feeds with it
   */
  public <T extends TType> Feeds withBytes(
      Operand<T> placeholder, Class<T> type, Shape shape, Consumer<ByteDataBuffer> fill) {
    return with(
        placeholder,
        () -> Tensor.of(type, shape, tensor -> fill.accept(tensor.asRawTensor().data())));
  }

  /**
   * Adds integers of 64 bits.
   *
   * @param placeholder what to feed
   * @param values the values in row-major order
   * @param shape their shape
   * @return the feeds with them
   */
  public Feeds withLongs(Operand<TInt64> placeholder, long[] values, ImmutableIntArray shape) {
    return with(
        placeholder, () -> TInt64.tensorOf(Shapes.of(shape), DataBuffers.of(values, true, false)));
  }

  /**
   * Adds floats of 64 bits.
   *
   * @param placeholder what to feed
   * @param values the values in row-major order
   * @param shape their shape
   * @return the feeds with them
   */
  public Feeds withDoubles(
      Operand<TFloat64> placeholder, double[] values, ImmutableIntArray shape) {
    return with(
        placeholder,
        () -> TFloat64.tensorOf(Shapes.of(shape), DataBuffers.of(values, true, false)));
  }

  /**
   * Adds texts.
   *
   * @param placeholder what to feed
   * @param values the bytes of each text, in row-major order
   * @param shape their shape
   * @return the feeds with it
   */
  public Feeds withTexts(
      Operand<TString> placeholder, List<byte[]> values, ImmutableIntArray shape) {
    return with(
        placeholder,
        () -> {
          NdArray<byte[]> texts = NdArrays.ofObjects(byte[].class, Shapes.of(shape));
          int[] next = {0};
          texts.scalars().forEach(text -> text.setObject(values.get(next[0]++)));
          return TString.tensorOfBytes(texts);
        });
  }

  private Feeds with(Operand<?> placeholder, Supplier<Tensor> tensor) {
    return new Feeds(
        ImmutableList.<Feed>builderWithExpectedSize(entries.size() + 1)
            .addAll(entries)
            .add(new Feed(placeholder, tensor))
            .build());
  }

  ImmutableList<Feed> entries() {
    return entries;
  }
}
