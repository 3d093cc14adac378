package org.xgradient.cli.foreign;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.xgradient.data.FloatArray;
import org.xgradient.data.PredictedClass;
import org.xgradient.graph.Target;
import org.xgradient.graph.savedmodel.ModelOutput;

/**
 * Which output of a SavedModel is explained.
 *
 * @param name what it is called; empty if it differs from row to row
 * @param target the output
 * @param index its index; empty if it differs from row to row, or is a sum
 */
record ForeignTarget(String name, Target target, OptionalInt index) {

  private static final String PREDICTED = "predicted";
  private static final String ALL = "all";
  private static final String SUM = "*";

  /**
   * Reads an option.
   *
   * @param output the output of the signature
   * @param given places such as {@code 3}, {@code 1,2} or {@code *,2}, {@value #PREDICTED} or
   *     {@value #ALL}; empty for the only output, or the largest
   * @throws IllegalArgumentException if there is no such output
   */
  static ImmutableList<ForeignTarget> of(ModelOutput output, Optional<String> given) {
    int size = output.size();
    if (given.isEmpty() || given.get().equals(PREDICTED)) {
      return ImmutableList.of(
          size == 1
              ? one(output, 0)
              : new ForeignTarget("", Target.predicted(), OptionalInt.empty()));
    }
    if (given.get().equals(ALL)) {
      return IntStream.range(0, size)
          .mapToObj(i -> one(output, i))
          .collect(ImmutableList.toImmutableList());
    }
    ImmutableIntArray indices = indices(output, given.get());
    return ImmutableList.of(
        indices.length() == 1
            ? one(output, indices.get(0))
            : new ForeignTarget(
                "%s[%s]".formatted(output.name(), given.get()),
                Target.sum(indices),
                OptionalInt.empty()));
  }

  /** {@return whether one output is explained of a row, and not a sum} */
  boolean isOne() {
    return index.isPresent() || name.isEmpty();
  }

  /** {@return the output that is explained of a row: where they differ the largest one} */
  int indexIn(FloatArray logits, int row) {
    if (index.isPresent()) {
      return index.getAsInt();
    }
    return PredictedClass.ofLogits(logits.rows(row, row + 1).values());
  }

  private static ForeignTarget one(ModelOutput output, int index) {
    return new ForeignTarget(name(output, index), Target.index(index), OptionalInt.of(index));
  }

  /** {@return what one of the outputs is called} */
  static String name(ModelOutput output, int index) {
    return output.size() == 1 ? output.name() : output.name() + Places.of(index, output.shape());
  }

  /** The places that fit, of which those with a star are summed over. */
  private static ImmutableIntArray indices(ModelOutput output, String given) {
    ImmutableIntArray shape = output.shape();
    List<String> places = Splitter.on(',').trimResults().splitToList(given);
    if (places.size() != shape.length()) {
      throw refused(output, given);
    }
    List<Integer> indices = new ArrayList<>(List.of(0));
    for (int i = 0; i < shape.length(); i++) {
      List<Integer> longer = new ArrayList<>();
      for (int index : indices) {
        for (int place : places(places.get(i), shape.get(i), output, given)) {
          longer.add(index * shape.get(i) + place);
        }
      }
      indices = longer;
    }
    return ImmutableIntArray.copyOf(indices);
  }

  private static List<Integer> places(String text, int size, ModelOutput output, String given) {
    if (text.equals(SUM)) {
      return IntStream.range(0, size).boxed().toList();
    }
    Integer place = Ints.tryParse(text);
    if (place == null || place < 0 || place >= size) {
      throw refused(output, given);
    }
    return List.of(place);
  }

  private static IllegalArgumentException refused(ModelOutput output, String given) {
    if (output.shape().isEmpty()) {
      return new IllegalArgumentException(
          "--target has nothing to choose in the output %s, which is one number; leave it out, found \"%s\""
              .formatted(output.name(), given));
    }
    return new IllegalArgumentException(
        "--target must be a place in the output %s of shape %s, counted from 0, such as %s, with *"
                .formatted(output.name(), output.shape(), example(output.shape()))
            + " for the sum over an axis, or predicted, or all; found \"%s\"".formatted(given));
  }

  private static String example(ImmutableIntArray shape) {
    List<String> places = new ArrayList<>();
    shape.forEach(size -> places.add(Integer.toString(size - 1)));
    return String.join(",", places);
  }
}
