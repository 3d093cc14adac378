package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableMap;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * Looks for the row on which a model fails.
 *
 * @param values what is given, by the names of inputs
 * @param inputs the names of the inputs that are computed from
 * @param keys a key of a table that an input is looked up in, by the names of inputs
 */
record FailedRow(
    Map<String, InputValues> values,
    Collection<String> inputs,
    ImmutableMap<String, InputValues> keys) {

  /** Where in its graph TensorFlow was. */
  private static final Pattern WHERE = Pattern.compile("\\s*\\[\\[\\{\\{node [^\\]]*]]");

  private static final int MOST_INPUTS = 4;

  private static final int MOST_CHARACTERS = 40;

  /**
   * Looks for it.
   *
   * @param failure what TensorFlow said
   * @param run computes rows, as many as those that failed
   * @param rows the indices of the rows that failed together
   * @return what to throw
   */
  IllegalArgumentException of(RuntimeException failure, Consumer<int[]> run, int... rows) {
    int[] suspects = rows;
    RuntimeException last = failure;
    while (suspects.length > 1) {
      int half = suspects.length / 2;
      int[] first = Arrays.copyOf(suspects, half);
      int[] second = Arrays.copyOfRange(suspects, half, suspects.length);
      Optional<RuntimeException> ofFirst = failure(run, first, rows.length);
      Optional<RuntimeException> either =
          ofFirst.isPresent() ? ofFirst : failure(run, second, rows.length);
      if (either.isEmpty()) {
        return new IllegalArgumentException(
            "the inputs %s can't be taken: %s".formatted(inputs, said(failure)), failure);
      }
      last = either.get();
      suspects = ofFirst.isPresent() ? first : second;
    }
    int row = suspects[0];
    return new RowFailedException(
        row,
        "the model fails on ",
        " (%s): %s; %s".formatted(given(row), said(last), advice()),
        last);
  }

  private static Optional<RuntimeException> failure(Consumer<int[]> run, int[] some, int count) {
    int[] filled = new int[count];
    Arrays.setAll(filled, i -> some[i % some.length]);
    try {
      run.accept(filled);
      return Optional.empty();
    } catch (TensorFlowException | IllegalArgumentException e) {
      return Optional.of(e);
    }
  }

  private String given(int row) {
    String more = inputs.size() > MOST_INPUTS ? ", ..." : "";
    return inputs.stream()
            .limit(MOST_INPUTS)
            .map(input -> input + value(values.get(input), row))
            .collect(Collectors.joining(", "))
        + more;
  }

  private static String value(@Nullable InputValues values, int row) {
    if (values == null || values.shape().length() > 1) {
      return "";
    }
    InputValues one = values.gather(row);
    if (one instanceof InputValues.Texts texts) {
      String text = new String(texts.values().get(0), StandardCharsets.UTF_8);
      // Serialized records are no texts.
      if (text.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
        return "";
      }
      return "=\"%s\""
          .formatted(
              text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...");
    }
    return "=" + number(GivenInputs.doubles(one)[0]);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 0x1p53
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  private String advice() {
    String known =
        inputs.stream()
            .filter(keys::containsKey)
            .map(input -> input + value(keys.get(input), 0))
            .collect(Collectors.joining(", "));
    return known.isEmpty()
        ? "correct the row, or leave it out"
        : "it may be looked up in a table that does not have it: give a key that is there, such as "
            + known;
  }

  private static String said(RuntimeException e) {
    return ModelProbe.oneLine(WHERE.matcher(String.valueOf(e.getMessage())).replaceAll(""));
  }
}
