package org.xgradient.graph.savedmodel;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Shapes;

/** Values of one input of some examples, of shape {@code [rows, ...]}. */
public sealed interface InputValues {

  /** {@return the shape, with the rows} */
  ImmutableIntArray shape();

  /** {@return the number of rows} */
  default int rows() {
    return shape().get(0);
  }

  /**
   * Copies some rows.
   *
   * @param rows the indices of the rows
   * @return the rows in the order given
   */
  InputValues gather(int... rows);

  /**
   * Floats.
   *
   * @param array the values, of shape {@code [rows, ...]}
   */
  static InputValues of(FloatArray array) {
    return new Floats(array);
  }

  /**
   * Numbers of any type: floats of 64 bits, integers, or 1 and 0 for true and false.
   *
   * @param values the values in row-major order, not copied
   * @param shape the sizes of the dimensions, the rows first
   * @throws IllegalArgumentException if the shape does not hold as many values
   */
  static InputValues of(double[] values, int... shape) {
    return new Numbers(values, checked(values.length, shape));
  }

  /**
   * Texts, in UTF-8.
   *
   * @param values the texts in row-major order
   * @param shape the sizes of the dimensions, the rows first
   * @throws IllegalArgumentException if the shape does not hold as many values
   */
  static InputValues of(List<String> values, int... shape) {
    return new Texts(
        values.stream()
            .map(value -> value.getBytes(StandardCharsets.UTF_8))
            .collect(ImmutableList.toImmutableList()),
        checked(values.size(), shape));
  }

  /**
   * Bytes, such as serialized examples.
   *
   * @param values the bytes of each, in row-major order, not copied
   * @param shape the sizes of the dimensions, the rows first
   * @throws IllegalArgumentException if the shape does not hold as many values
   */
  static InputValues ofBytes(List<byte[]> values, int... shape) {
    return new Texts(ImmutableList.copyOf(values), checked(values.size(), shape));
  }

  private static ImmutableIntArray checked(int size, int... shape) {
    ImmutableIntArray checked = ImmutableIntArray.copyOf(shape);
    checkArgument(
        shape.length > 0 && Shapes.size(checked) == size,
        "values must be of shape [rows, ...], found %s values of shape %s",
        size,
        checked);
    return checked;
  }

  private static ImmutableIntArray withRows(ImmutableIntArray shape, int rows) {
    return ImmutableIntArray.builder().add(rows).addAll(shape.subArray(1, shape.length())).build();
  }

  private static int rowSize(ImmutableIntArray shape) {
    return Shapes.size(shape.subArray(1, shape.length()));
  }

  /**
   * Floats of 32 bits.
   *
   * @param array the values
   */
  record Floats(FloatArray array) implements InputValues {
    @Override
    public ImmutableIntArray shape() {
      return array.shape();
    }

    @Override
    public InputValues gather(int... rows) {
      return new Floats(array.gather(rows));
    }
  }

  /** Numbers of any type. */
  final class Numbers implements InputValues {
    private final double[] values;
    private final ImmutableIntArray shape;

    private Numbers(double[] values, ImmutableIntArray shape) {
      this.values = values;
      this.shape = shape;
    }

    /** {@return the values in row-major order; not a copy} */
    public double[] values() {
      return values;
    }

    @Override
    public ImmutableIntArray shape() {
      return shape;
    }

    @Override
    public InputValues gather(int... rows) {
      int size = rowSize(shape);
      double[] gathered = new double[Math.multiplyExact(rows.length, size)];
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(values, rows[i] * size, gathered, i * size, size);
      }
      return new Numbers(gathered, withRows(shape, rows.length));
    }
  }

  /**
   * Texts, or bytes.
   *
   * @param values the values in row-major order
   * @param shape the sizes of the dimensions
   */
  record Texts(ImmutableList<byte[]> values, ImmutableIntArray shape) implements InputValues {
    @Override
    public InputValues gather(int... rows) {
      int size = rowSize(shape);
      ImmutableList.Builder<byte[]> gathered = ImmutableList.builder();
      for (int row : rows) {
        gathered.addAll(values.subList(row * size, (row + 1) * size));
      }
      return new Texts(gathered.build(), withRows(shape, rows.length));
    }
  }
}
