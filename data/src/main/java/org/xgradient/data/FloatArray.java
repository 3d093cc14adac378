package org.xgradient.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Floats;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.Objects;

/**
 * A dense array of floats with a shape, in row-major order: what enters and leaves a TensorFlow
 * session.
 *
 * <p>The values are held by reference and never copied, because they may be large. Whoever hands an
 * array over gives it up.
 */
public final class FloatArray {

  private final float[] values;
  private final ImmutableIntArray shape;

  private FloatArray(float[] values, ImmutableIntArray shape) {
    this.values = values;
    this.shape = shape;
  }

  /**
   * Wraps values in a shape.
   *
   * @param values the values in row-major order, not copied
   * @param shape the sizes of the dimensions, each at least 0; none for a scalar
   * @return the array
   * @throws IllegalArgumentException if the shape does not hold as many values
   */
  public static FloatArray of(float[] values, int... shape) {
    long size = 1;
    for (int dimension : shape) {
      checkArgument(
          dimension >= 0, "dimensions must be at least 0, found %s", Arrays.toString(shape));
      size = Math.multiplyExact(size, (long) dimension);
    }
    checkArgument(
        size == values.length,
        "shape %s holds %s values, found %s",
        Arrays.toString(shape),
        size,
        values.length);
    return new FloatArray(values, ImmutableIntArray.copyOf(shape));
  }

  /**
   * An array of zeros.
   *
   * @param shape the sizes of the dimensions, each at least 0
   * @return the array
   * @throws IllegalArgumentException if a dimension is negative
   * @throws ArithmeticException if there would be more than {@code Integer.MAX_VALUE} values
   */
  public static FloatArray zeros(int... shape) {
    int size = 1;
    for (int dimension : shape) {
      checkArgument(
          dimension >= 0, "dimensions must be at least 0, found %s", Arrays.toString(shape));
      size = Math.multiplyExact(size, dimension);
    }
    return of(new float[size], shape);
  }

  /** {@return the values in row-major order; not a copy} */
  public float[] values() {
    return values;
  }

  /** {@return the sizes of the dimensions} */
  public ImmutableIntArray shape() {
    return shape;
  }

  /** {@return the number of values} */
  public int size() {
    return values.length;
  }

  /**
   * {@return the size of the first dimension}
   *
   * @throws IllegalStateException if this is a scalar
   */
  public int rows() {
    if (shape.isEmpty()) {
      throw new IllegalStateException("a scalar has no rows");
    }
    return shape.get(0);
  }

  /**
   * {@return the number of values in one row}
   *
   * @throws IllegalStateException if this is a scalar
   */
  public int rowSize() {
    int rows = rows();
    return rows == 0
        ? shape.subArray(1, shape.length()).stream().reduce(1, (a, b) -> a * b)
        : values.length / rows;
  }

  /** {@return the shape of one row: the shape without its first dimension} */
  public ImmutableIntArray rowShape() {
    return shape.subArray(1, shape.length());
  }

  /**
   * Copies some rows.
   *
   * @param rows the indices of the rows, each in {@code [0, rows())}
   * @return the rows in the order given, of shape {@code [rows.length, ...]}
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public FloatArray gather(int... rows) {
    int rowSize = rowSize();
    float[] gathered = new float[Math.multiplyExact(rows.length, rowSize)];
    for (int i = 0; i < rows.length; i++) {
      Objects.checkIndex(rows[i], rows());
      System.arraycopy(values, rows[i] * rowSize, gathered, i * rowSize, rowSize);
    }
    return new FloatArray(gathered, withRows(rows.length));
  }

  /**
   * Copies a range of rows.
   *
   * @param from the first row, inclusive
   * @param to the last row, exclusive
   * @return the rows, of shape {@code [to - from, ...]}
   * @throws IndexOutOfBoundsException if there are no such rows
   */
  public FloatArray rows(int from, int to) {
    Objects.checkFromToIndex(from, to, rows());
    int rowSize = rowSize();
    return new FloatArray(
        Arrays.copyOfRange(values, from * rowSize, to * rowSize), withRows(to - from));
  }

  /**
   * These rows and others behind them.
   *
   * @param others the others
   * @return the rows of both
   * @throws IllegalArgumentException if the shape of one row is another
   */
  public FloatArray followedBy(FloatArray others) {
    checkArgument(
        rowShape().equals(others.rowShape()),
        "rows must be of one shape, found %s and %s",
        rowShape(),
        others.rowShape());
    return new FloatArray(Floats.concat(values, others.values), withRows(rows() + others.rows()));
  }

  /**
   * Sums over the last dimension, in double precision.
   *
   * @return the sums, of the shape of this array without its last dimension
   * @throws IllegalStateException if this is a scalar
   */
  public FloatArray sumOverLast() {
    if (shape.isEmpty()) {
      throw new IllegalStateException("a scalar has no last dimension");
    }
    int last = shape.get(shape.length() - 1);
    FloatArray sums = zeros(shape.subArray(0, shape.length() - 1).toArray());
    for (int i = 0; i < sums.size(); i++) {
      double sum = 0;
      for (int j = 0; j < last; j++) {
        sum += values[i * last + j];
      }
      sums.values[i] = (float) sum;
    }
    return sums;
  }

  private ImmutableIntArray withRows(int rows) {
    return ImmutableIntArray.builder(shape.length()).add(rows).addAll(rowShape()).build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatArray that
        && shape.equals(that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "FloatArray" + shape;
  }
}
