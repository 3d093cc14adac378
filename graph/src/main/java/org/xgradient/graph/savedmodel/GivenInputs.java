package org.xgradient.graph.savedmodel;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableIntArray;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ModelInput.Kind;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.graphdef.Borders;
import org.xgradient.graph.graphdef.Cut;
import org.xgradient.graph.graphdef.TensorName;

/**
 * The inputs of a signature in a live graph: placeholders of few types, and behind them casts to
 * the types that the graph takes.
 */
final class GivenInputs {

  private final Ops tf;
  private final ImmutableMap<String, Given> byName;

  /**
   * An input, and what is fed for it.
   *
   * @param placeholder of shape {@code [rows, ...]}
   * @param blank a text that stands for nothing
   */
  private record Given(
      SignatureInput input, TensorName tensor, Operand<?> placeholder, ByteString blank) {}

  private GivenInputs(Ops tf, ImmutableMap<String, Given> byName) {
    this.tf = tf;
    this.byName = byName;
  }

  /**
   * Adds the placeholders.
   *
   * @param tf the operations of the live graph
   * @param inputs the inputs, by the operations that are fed
   * @param needed the names of those that are needed
   * @param blanks texts that stand for nothing, by operations, where that is not the empty text
   * @throws SavedModelException if the shape of one is not known
   */
  static GivenInputs create(
      Ops tf,
      Map<String, SignatureInput> inputs,
      Set<String> needed,
      Map<String, ByteString> blanks) {
    ImmutableMap.Builder<String, Given> byName = ImmutableMap.builder();
    inputs.forEach(
        (operation, input) -> {
          if (needed.contains(input.name())) {
            Operand<?> placeholder =
                tf.placeholder(
                    fedType(input.type()), Placeholder.shape(Shapes.batchOf(input.exampleShape())));
            byName.put(
                input.name(),
                new Given(
                    input,
                    TensorName.of(operation),
                    placeholder,
                    blanks.getOrDefault(operation, ByteString.EMPTY)));
          }
        });
    return new GivenInputs(tf, byName.buildOrThrow());
  }

  private static Class<? extends TType> fedType(DataType type) {
    return switch (type) {
      case DT_FLOAT, DT_HALF, DT_BFLOAT16 -> TFloat32.class;
      case DT_DOUBLE -> TFloat64.class;
      case DT_STRING -> TString.class;
      default -> TInt64.class;
    };
  }

  /** {@return values of some inputs, by their names instead of the operations that are fed} */
  ImmutableMap<String, InputValues> byName(Map<String, InputValues> byOperation) {
    ImmutableMap.Builder<String, InputValues> named = ImmutableMap.builder();
    byName.forEach(
        (name, of) -> {
          InputValues values = byOperation.get(of.tensor().operation());
          if (values != null) {
            named.put(name, values);
          }
        });
    return named.buildOrThrow();
  }

  /** {@return the names of the inputs that are fed} */
  ImmutableSet<String> names() {
    return byName.keySet();
  }

  /** {@return what is fed for some inputs, by their names} */
  ImmutableMap<String, Operand<?>> placeholders(Set<String> names) {
    ImmutableMap.Builder<String, Operand<?>> placeholders = ImmutableMap.builder();
    names.forEach(name -> placeholders.put(name, requireNonNull(byName.get(name)).placeholder()));
    return placeholders.buildOrThrow();
  }

  /** {@return what the graph takes for each input} */
  ImmutableMap<TensorName, Operand<?>> operands() {
    return operands(byName.keySet());
  }

  /**
   * What the graph takes for some inputs.
   *
   * @param names the names of the inputs
   * @param like the rows of a path, of which there are as many for each row that is given
   * @param batch the rows that a path starts from
   */
  ImmutableMap<TensorName, Operand<?>> alongPath(
      Set<String> names, Operand<TFloat32> like, Operand<TFloat32> batch) {
    var points = tf.math.div(Shapes.rows(tf, like), Shapes.rows(tf, batch));
    return operands(names, points);
  }

  /** {@return what the graph takes for some inputs} */
  ImmutableMap<TensorName, Operand<?>> operands(Set<String> names) {
    return operands(names, null);
  }

  private ImmutableMap<TensorName, Operand<?>> operands(
      Set<String> names, @Nullable Operand<TInt32> points) {
    ImmutableMap.Builder<TensorName, Operand<?>> operands = ImmutableMap.builder();
    for (String name : names) {
      Given given = requireNonNull(byName.get(name));
      Operand<?> value = given.placeholder();
      if (points != null) {
        value = Borders.tiled(tf, value, points, given.input().exampleShape().length());
      }
      operands.put(given.tensor(), bordered(given.input(), value));
    }
    return operands.buildOrThrow();
  }

  private Operand<?> bordered(SignatureInput input, Operand<?> value) {
    Operand<?> one = input.batched() ? value : Borders.unbatched(tf, value, input.exampleShape());
    return Borders.cast(tf, one, input.type());
  }

  /** {@return whether the graph takes one example at a time: an input has no axis of examples} */
  boolean unbatched() {
    return byName.values().stream().anyMatch(given -> !given.input().batched());
  }

  /** {@return whether a tensor that is explained has no axis of examples} */
  boolean unbatched(Cut.Part part) {
    return part.isInput()
        ? !requireNonNull(byName.get(part.inputs().get(0))).input().batched()
        : unbatched();
  }

  /** {@return the shape of one example of an input} */
  ImmutableIntArray exampleShape(String name) {
    return requireNonNull(byName.get(name)).input().exampleShape();
  }

  /**
   * Adds values.
   *
   * @param values the values by the names of inputs, all of them
   * @param names the names of the inputs to feed
   * @param rows which rows
   */
  Feeds addTo(Feeds feeds, Map<String, InputValues> values, Set<String> names, int... rows) {
    Feeds all = feeds;
    for (String name : names) {
      Given given = requireNonNull(byName.get(name));
      all = add(all, given.placeholder().asOutput(), requireNonNull(values.get(name)).gather(rows));
    }
    return all;
  }

  private static Feeds add(Feeds feeds, Output<?> placeholder, InputValues values) {
    return switch (placeholder.dataType()) {
      case DT_STRING ->
          feeds.withTexts(
              placeholder.expect(TString.class),
              ((InputValues.Texts) values).values(),
              values.shape());
      case DT_INT64 ->
          feeds.withLongs(placeholder.expect(TInt64.class), longs(values), values.shape());
      case DT_DOUBLE ->
          feeds.withDoubles(placeholder.expect(TFloat64.class), doubles(values), values.shape());
      default -> feeds.with(placeholder.expect(TFloat32.class), floats(values));
    };
  }

  /** {@return numbers of any type, as floats of 64 bits} */
  static double[] doubles(InputValues values) {
    if (values instanceof InputValues.Numbers numbers) {
      return numbers.values();
    }
    float[] floats = ((InputValues.Floats) values).array().values();
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }

  private static long[] longs(InputValues values) {
    double[] doubles = doubles(values);
    long[] longs = new long[doubles.length];
    for (int i = 0; i < doubles.length; i++) {
      longs[i] = (long) doubles[i];
    }
    return longs;
  }

  /** {@return numbers as floats of 32 bits} */
  static FloatArray floats(InputValues values) {
    if (values instanceof InputValues.Floats floats) {
      return floats.array();
    }
    double[] doubles = ((InputValues.Numbers) values).values();
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return FloatArray.of(floats, values.shape().toArray());
  }

  /**
   * Checks what a caller gives.
   *
   * @param values the values by the names of inputs
   * @return the number of rows
   * @throws IllegalArgumentException if an input is missing, is of another shape or kind, has a
   *     value that is no number of its type, or has other rows than the others
   */
  int check(Map<String, InputValues> values) {
    int rows = -1;
    for (Given given : byName.values()) {
      SignatureInput input = given.input();
      InputValues of = values.get(input.name());
      if (of == null) {
        throw new IllegalArgumentException(
            "the model needs the inputs %s, found no '%s' among %s"
                .formatted(byName.keySet(), input.name(), values.keySet()));
      }
      InputCheck.check(input, of);
      if (rows >= 0 && of.rows() != rows) {
        throw new IllegalArgumentException(
            "input '%s' must have %s rows as the others, found %s"
                .formatted(input.name(), rows, of.rows()));
      }
      rows = of.rows();
    }
    return rows;
  }

  /**
   * Feeds that stand for nothing: zeros, and empty texts or what they are parsed as.
   *
   * @param rows the number of examples
   * @param known what stands for nothing else, by operations that are fed: one value of a shape of
   *     one row
   */
  Feeds blank(int rows, Map<String, InputValues> known) {
    Map<String, InputValues> blank = new HashMap<>();
    for (Given given : byName.values()) {
      ImmutableIntArray shape =
          ImmutableIntArray.builder().add(rows).addAll(given.input().exampleShape()).build();
      blank.put(
          given.input().name(), repeated(given, known.get(given.tensor().operation()), shape));
    }
    return addTo(Feeds.none(), blank, byName.keySet(), IntStream.range(0, rows).toArray());
  }

  private static InputValues repeated(
      Given given, @Nullable InputValues known, ImmutableIntArray shape) {
    int size = Shapes.size(shape);
    if (given.input().kind() == Kind.TEXTS) {
      byte[] text =
          known instanceof InputValues.Texts texts
              ? texts.values().get(0)
              : given.blank().toByteArray();
      return InputValues.ofBytes(Collections.nCopies(size, text), shape.toArray());
    }
    double[] values = new double[size];
    Arrays.fill(values, known instanceof InputValues.Numbers numbers ? numbers.values()[0] : 0);
    return InputValues.of(values, shape.toArray());
  }
}
