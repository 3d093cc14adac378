package org.xgradient.graph.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Adds zeros around images: linear.
 *
 * @param top the number of rows above, at least 0
 * @param bottom the number of rows below, at least 0
 * @param left the number of columns on the left, at least 0
 * @param right the number of columns on the right, at least 0
 */
public record ZeroPadding2d(int top, int bottom, int left, int right) implements Layer {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public ZeroPadding2d {
    checkArgument(
        top >= 0 && bottom >= 0 && left >= 0 && right >= 0,
        "paddings must be at least 0, found top %s, bottom %s, left %s, right %s",
        top,
        bottom,
        left,
        right);
  }

  /**
   * As many zeros on each side.
   *
   * @param padding the number of rows and columns, at least 0
   * @return the layer
   */
  public static ZeroPadding2d of(int padding) {
    return new ZeroPadding2d(padding, padding, padding, padding);
  }

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    Window.checkImage(input);
    return ImmutableIntArray.of(
        input.get(0) + top + bottom, input.get(1) + left + right, input.get(2));
  }

  @Override
  public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
    return Padding.around(scope.ops(), inputs, top, bottom, left, right, 0);
  }
}
