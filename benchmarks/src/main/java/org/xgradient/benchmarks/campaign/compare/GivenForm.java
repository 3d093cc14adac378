package org.xgradient.benchmarks.campaign.compare;

import java.util.Optional;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.ShortDataBuffer;
import org.tensorflow.ndarray.buffer.layout.DataLayouts;
import org.tensorflow.ndarray.buffer.layout.FloatDataLayout;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;

/** What the library is given: a network of its own, or a SavedModel that computes in some type. */
enum GivenForm {
  NETWORK(DataType.DT_FLOAT, 24, 1e-3),
  FLOAT(DataType.DT_FLOAT, 24, 1e-3),
  /** What comes in and goes out of it is in single precision all the same. */
  DOUBLE(DataType.DT_DOUBLE, 24, 1e-3),
  HALF(DataType.DT_HALF, 11, 0.1),
  BFLOAT16(DataType.DT_BFLOAT16, 8, 0.2);

  private final DataType type;
  private final int digits;
  private final double tolerance;

  /**
   * A form.
   *
   * @param digits the binary digits of a number
   * @param tolerance see {@link #tolerance}
   */
  GivenForm(DataType type, int digits, double tolerance) {
    this.type = type;
    this.digits = digits;
    this.tolerance = tolerance;
  }

  DataType type() {
    return type;
  }

  /**
   * How far two numbers may be from each other, as a share of the largest.
   *
   * <p>Both sides add up some hundred products, each rounded by 2 to the power of minus the digits,
   * through up to a dozen layers, and values that cancel lose some digits more. A wrong gradient is
   * off by whole percents, and where types are too coarse for that, a missing one still shows. The
   * farthest of hundreds of networks were 2e-4 in floats, 0.07 in half and 0.04 in bfloat16, all of
   * them logits that cancel.
   */
  double tolerance() {
    return tolerance;
  }

  /** {@return by how much coarser its numbers are than those of single precision} */
  double coarseness() {
    return Math.pow(2, 24 - digits);
  }

  /** {@return the number of this type that is nearest} */
  float rounded(double value) {
    return layout()
        .map(
            layout -> {
              ShortDataBuffer bits = DataBuffers.ofShorts(1);
              layout.writeFloat(bits, (float) value, 0);
              return layout.readFloat(bits, 0);
            })
        .orElse((float) value);
  }

  /** Adds a number to a constant of this type. */
  void add(TensorProto.Builder constant, float value) {
    layout()
        .ifPresentOrElse(
            layout -> {
              ShortDataBuffer bits = DataBuffers.ofShorts(1);
              layout.writeFloat(bits, value, 0);
              constant.addHalfVal(bits.getShort(0) & 0xFFFF);
            },
            () -> {
              if (type == DataType.DT_DOUBLE) {
                constant.addDoubleVal(value);
              } else {
                constant.addFloatVal(value);
              }
            });
  }

  private Optional<FloatDataLayout<ShortDataBuffer>> layout() {
    return switch (this) {
      case HALF -> Optional.of(DataLayouts.FLOAT16);
      case BFLOAT16 -> Optional.of(DataLayouts.BFLOAT16);
      default -> Optional.empty();
    };
  }
}
