package org.xgradient.graph.savedmodel;

import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.proto.DataType;
import org.xgradient.graph.ModelInput.Kind;

/** Whether values fit an input. */
final class InputCheck {

  /** From here on the next integer may have been rounded to this one. */
  private static final double EXACT_FLOATS = 0x1p24;

  private static final double EXACT_DOUBLES = 0x1p53;

  private InputCheck() {}

  /**
   * Checks values.
   *
   * @throws IllegalArgumentException if they are of another shape or kind
   * @throws RowFailedException if one is no number of the input's type
   */
  static void check(SignatureInput input, InputValues values) {
    ImmutableIntArray shape = values.shape();
    ImmutableIntArray example = shape.subArray(1, shape.length());
    if (!example.equals(input.exampleShape())) {
      throw new IllegalArgumentException(
          "input '%s' must be of shape [rows, ...] with rows of shape %s, found %s"
              .formatted(input.name(), input.exampleShape(), shape));
    }
    boolean texts = values instanceof InputValues.Texts;
    if (texts != (input.kind() == Kind.TEXTS)) {
      throw new IllegalArgumentException(
          "input '%s' must be of %s, found %s"
              .formatted(input.name(), texts ? "numbers" : "texts", texts ? "texts" : "numbers"));
    }
    if (input.kind() == Kind.INTEGERS || input.kind() == Kind.FLAGS) {
      checkIntegers(input, values);
    }
  }

  private static void checkIntegers(SignatureInput input, InputValues values) {
    boolean floats = values instanceof InputValues.Floats;
    double exact = floats ? EXACT_FLOATS : EXACT_DOUBLES;
    for (int i = 0; i < size(values); i++) {
      double value = at(values, i);
      if (!(value == Math.rint(value) && value >= least(input.type()) && value <= most(input))) {
        throw unfit(
            values,
            i,
            "input '%s' must be of %s, found %s%s; correct it"
                .formatted(
                    input.name(),
                    input.kind() == Kind.FLAGS
                        ? "flags (1 or 0)"
                        : "integers (" + input.type() + ")",
                    value,
                    place(values, i)));
      }
      if (!(Math.abs(value) < exact)) {
        throw unfit(
            values,
            i,
            "input '%s' must be of integers that are exact, below %s, found %s%s%s"
                .formatted(
                    input.name(),
                    floats ? "2^24 as floats of 32 bits" : "2^53",
                    (long) value,
                    place(values, i),
                    floats ? "; give them in a table, or as doubles" : ""));
      }
    }
  }

  private static RowFailedException unfit(InputValues values, int index, String problem) {
    return new RowFailedException(index / valuesOfRow(values), "", ": " + problem, null);
  }

  /** Which of the values of its row it is, if there are several. */
  private static String place(InputValues values, int index) {
    int each = valuesOfRow(values);
    return each == 1 ? "" : " as value %s of %s".formatted(index % each + 1, each);
  }

  private static int valuesOfRow(InputValues values) {
    return size(values) / values.rows();
  }

  private static int size(InputValues values) {
    return values instanceof InputValues.Floats floats
        ? floats.array().size()
        : ((InputValues.Numbers) values).values().length;
  }

  private static double at(InputValues values, int index) {
    return values instanceof InputValues.Floats floats
        ? floats.array().values()[index]
        : ((InputValues.Numbers) values).values()[index];
  }

  private static double least(DataType type) {
    return switch (type) {
      case DT_INT64 -> Long.MIN_VALUE;
      case DT_INT32 -> Integer.MIN_VALUE;
      case DT_INT16 -> Short.MIN_VALUE;
      case DT_INT8 -> Byte.MIN_VALUE;
      default -> 0;
    };
  }

  private static double most(SignatureInput input) {
    return switch (input.type()) {
      case DT_INT64 -> Long.MAX_VALUE;
      case DT_INT32 -> Integer.MAX_VALUE;
      case DT_INT16 -> Short.MAX_VALUE;
      case DT_INT8 -> Byte.MAX_VALUE;
      case DT_UINT8 -> 255;
      case DT_BOOL -> 1;
      default -> Long.MAX_VALUE;
    };
  }
}
