package org.xgradient.benchmarks.campaign.prove;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.benchmarks.campaign.compare.Tape;
import org.xgradient.data.DataRandom;

/**
 * Any expression of one tensor and a few constants, drawn without a thought of degrees: some are
 * homogeneous by luck, most are not.
 *
 * @param steps how each value comes from those before it; the last is the result
 */
record DrawnExpression(ImmutableList<Step> steps) {

  /** How many numbers a row has. */
  static final int WIDTH = 6;

  private static final int MOST_STEPS = 8;

  /** How one value comes from those before it, of which the first is the input. */
  private sealed interface Step {}

  private record Unary(UnaryStep step, int of) implements Step {}

  private record Binary(BinaryStep step, int first, int second) implements Step {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Constant(float[] numbers) implements Step {
    @Override
    public String toString() {
      return Arrays.toString(numbers);
    }
  }

  /** A function of the input. */
  static DrawnExpression of(UnaryStep step) {
    return new DrawnExpression(ImmutableList.of(new Unary(step, 0)));
  }

  /** A function of the input and of what another makes of it. */
  static DrawnExpression of(BinaryStep step, UnaryStep ofInput) {
    return new DrawnExpression(ImmutableList.of(new Unary(ofInput, 0), new Binary(step, 0, 1)));
  }

  static DrawnExpression draw(long seed) {
    DataRandom random = new DataRandom(seed);
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    int latest = 0;
    int values = 1;
    int operations = 1 + random.nextInt(MOST_STEPS);
    for (int i = 0; i < operations; i++) {
      if (random.nextInt(2) == 0) {
        steps.add(new Unary(anyOf(random, UnaryStep.values()), latest));
      } else {
        int other = random.nextInt(values);
        if (random.nextInt(3) == 0) {
          steps.add(constant(random));
          other = values++;
        }
        BinaryStep step = anyOf(random, BinaryStep.values());
        steps.add(
            random.nextInt(2) == 0
                ? new Binary(step, latest, other)
                : new Binary(step, other, latest));
      }
      latest = values++;
    }
    return new DrawnExpression(steps.build());
  }

  private static <T> T anyOf(DataRandom random, T[] things) {
    return things[random.nextInt(things.length)];
  }

  private static Constant constant(DataRandom random) {
    float[] numbers = new float[WIDTH];
    int kind = random.nextInt(3);
    for (int i = 0; i < WIDTH; i++) {
      numbers[i] = kind < 2 ? kind : (float) random.nextGaussian();
    }
    return new Constant(numbers);
  }

  /** The expression of a tensor of shape {@code [rows, WIDTH]}. */
  Operand<TFloat32> inGraph(Ops tf, Operand<TFloat32> x) {
    List<Operand<TFloat32>> values = new ArrayList<>(List.of(x));
    for (Step step : steps) {
      if (step instanceof Unary unary) {
        values.add(unary.step().inGraph(tf, values.get(unary.of())));
      } else if (step instanceof Binary binary) {
        values.add(
            binary.step().inGraph(tf, values.get(binary.first()), values.get(binary.second())));
      } else if (step instanceof Constant constant) {
        values.add(tf.constant(constant.numbers()));
      }
    }
    return values.get(values.size() - 1);
  }

  /** {@return the functions that it is made of} */
  ImmutableSet<Enum<?>> functions() {
    ImmutableSet.Builder<Enum<?>> functions = ImmutableSet.builder();
    for (Step step : steps) {
      if (step instanceof Unary unary) {
        functions.add(unary.step());
      } else if (step instanceof Binary binary) {
        functions.add(binary.step());
      }
    }
    return functions.build();
  }

  /** The expression of the numbers of one row. */
  int[] onTape(Tape tape, int[] x) {
    List<int[]> values = new ArrayList<>(List.of(x));
    for (Step step : steps) {
      if (step instanceof Unary unary) {
        values.add(unary.step().onTape(tape, values.get(unary.of())));
      } else if (step instanceof Binary binary) {
        values.add(
            binary.step().onTape(tape, values.get(binary.first()), values.get(binary.second())));
      } else if (step instanceof Constant constant) {
        int[] nodes = new int[WIDTH];
        Arrays.setAll(nodes, i -> tape.constant(constant.numbers()[i]));
        values.add(nodes);
      }
    }
    return values.get(values.size() - 1);
  }
}
