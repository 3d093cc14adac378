package org.xgradient.graph.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.homogeneity.Homogeneity;
import org.xgradient.graph.homogeneity.Homogeneity.NotProven;
import org.xgradient.graph.rows.MixedRowsException;
import org.xgradient.graph.rows.RowIndependence;
import org.xgradient.graph.rows.RowIndependence.Mixed;
import org.xgradient.graph.rows.RowIndependence.NotFollowed;
import org.xgradient.graph.rows.RowIndependence.Proven;
import org.xgradient.graph.runtime.SessionOptions;

/** Rows of integers that meet before the tensor that is explained. */
class RowsBeforeCutTest {

  private static final int ROWS = 4;
  private static final int COLUMNS = 3;

  /** What integers of shape {@code [rows, 3]} become before they are cast. */
  private interface Integers extends BiFunction<Ops, Operand<TInt32>, Operand<TInt32>> {}

  @TempDir Path folder;

  static Stream<Arguments> met() {
    return Stream.of(
        Arguments.of(
            "a maximum",
            (Integers)
                (tf, x) ->
                    tf.math.sub(x, tf.reduceMax(x, tf.constant(0), ReduceMax.keepDims(true)))),
        Arguments.of(
            "a number of rows",
            (Integers) (tf, x) -> tf.math.mul(x, tf.shape.size(tf.shape(x), tf.constant(0)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("met")
  void areKnownToMeet(String name, Integers before) throws Exception {
    export(before);
    try (LoadedModel loaded = load()) {
      assertThat(loaded.notes()).anyMatch(note -> note.contains("know each other"));
      assertThat(RowIndependence.of(loaded)).isInstanceOf(Mixed.class);
      assertThat(Homogeneity.of(loaded)).isInstanceOf(NotProven.class);
      assertThatThrownBy(() -> examples(loaded)).isInstanceOf(MixedRowsException.class);
    }
  }

  /** A maximum over an axis that the proof cannot see. */
  private static Operand<TInt32> hidden(Ops tf, Operand<TInt32> x) {
    var axis = tf.dtypes.cast(tf.math.round(tf.constant(0.1f)), TInt32.class);
    return tf.math.sub(x, tf.reduceMax(x, axis, ReduceMax.keepDims(true)));
  }

  @ParameterizedTest
  @MethodSource("batches")
  void areTriedWhereTheyAreNotFollowed(int rows) throws Exception {
    export(RowsBeforeCutTest::hidden);
    try (LoadedModel loaded = load()) {
      assertThat(RowIndependence.of(loaded)).isInstanceOf(NotFollowed.class);
      assertThat(loaded.notes()).anyMatch(note -> note.contains("may know each other"));
      assertThatThrownBy(() -> examples(loaded, rows))
          .isInstanceOf(MixedRowsException.class)
          .hasMessageContaining("alone in a batch");
    }
  }

  /** A row that changes the others, wherever it stands, and however many there are. */
  @ParameterizedTest
  @CsvSource({"8, 6", "7, 5", "40, 12", "300, 299", "600, 100"})
  void oneRowThatChangesTheOthersIsFound(int rows, int place) throws Exception {
    export(
        (tf, x) -> {
          var axis = tf.dtypes.cast(tf.math.round(tf.constant(0.1f)), TInt32.class);
          var largest = tf.reduceMax(x, axis, ReduceMax.keepDims(true));
          return tf.math.add(x, tf.math.div(largest, tf.constant(1000)));
        });
    double[] values = new double[rows * COLUMNS];
    try (LoadedModel loaded = load()) {
      assertThat(loaded.examples(Map.of("x", InputValues.of(values, rows, COLUMNS))).explained())
          .isNotNull();
      values[place * COLUMNS] = 1000;
      assertThatThrownBy(() -> loaded.examples(Map.of("x", InputValues.of(values, rows, COLUMNS))))
          .isInstanceOf(MixedRowsException.class);
    }
  }

  static IntStream batches() {
    return IntStream.of(2, ROWS);
  }

  /** A row alone has no neighbours, and rows that stay apart are no less explained than before. */
  @ParameterizedTest
  @MethodSource("apart")
  void stayApart(int rows, Integers before) throws Exception {
    export(before);
    try (LoadedModel loaded = load()) {
      assertThat(examples(loaded, rows).explained().rows()).isEqualTo(rows);
    }
  }

  static Stream<Arguments> apart() {
    Integers hidden = RowsBeforeCutTest::hidden;
    Integers remainder = (tf, x) -> tf.math.mod(x, tf.constant(5));
    return Stream.of(
        Arguments.of(1, hidden), Arguments.of(1, remainder), Arguments.of(ROWS, remainder));
  }

  /** What each element becomes by itself needs no trial. */
  @Test
  void areFollowedThroughTexts() throws Exception {
    export((tf, x) -> tf.strings.toNumber(tf.dtypes.asString(x), TInt32.class));
    try (LoadedModel loaded = load()) {
      assertThat(RowIndependence.of(loaded)).isInstanceOf(Proven.class);
      assertThat(loaded.notes()).noneMatch(note -> note.contains("may know each other"));
    }
  }

  @Test
  void areFollowedThroughRecords() throws Exception {
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Ops tf = session.ops();
      var records = tf.placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
      Operand<TString> none = tf.fill(tf.constant(new long[] {0}), tf.constant(""));
      var parsed =
          tf.io.parseExample(
              records,
              none,
              none,
              tf.array("a"),
              none,
              List.<Operand<?>>of(tf.constant(new float[] {0, 0})),
              0L,
              List.of(),
              List.of(),
              List.of(),
              List.of(Shape.of(2)));
      Operand<TFloat32> values = parsed.denseValues().get(0).asOutput().expect(TFloat32.class);
      var y = tf.linalg.matMul(values, tf.constant(new float[][] {{1}, {-2}}));
      SignatureSpec serving = SignatureSpec.of(SignatureSpec.SERVING);
      SavedModels.write(
          folder.resolve("model"),
          session,
          List.of(serving.withInput("records", records).withOutput("y", y)));
    }
    try (LoadedModel loaded = load()) {
      assertThat(RowIndependence.of(loaded)).isInstanceOf(Proven.class);
      assertThat(loaded.notes()).noneMatch(note -> note.contains("may know each other"));
    }
  }

  @Test
  void whereRowsMeetIsNamedIfNoneAreLeft() throws Exception {
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Ops tf = session.ops();
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, COLUMNS)));
      var largest = tf.math.argMax(x, tf.constant(0), TInt32.class);
      var y = tf.math.mul(x, tf.dtypes.cast(largest, TFloat32.class));
      SignatureSpec serving = SignatureSpec.of(SignatureSpec.SERVING);
      SavedModels.write(
          folder.resolve("model"), session, List.of(serving.withInput("x", x).withOutput("y", y)));
    }
    assertThatThrownBy(this::load)
        .hasMessageContaining("to be explained, found [3] for a batch of 1: ")
        .hasMessageContaining("ArgMax compares the rows of the batch; name another (--at)");
  }

  private void export(Integers before) throws Exception {
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Ops tf = session.ops();
      var x = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, COLUMNS)));
      var floats = tf.dtypes.cast(before.apply(tf, x), TFloat32.class);
      var y = tf.reduceSum(tf.math.mul(floats, tf.constant(new float[] {1, -2, 3})), axis(tf));
      SignatureSpec serving = SignatureSpec.of(SignatureSpec.SERVING);
      SavedModels.write(
          folder.resolve("model"),
          session,
          List.of(serving.withInput("x", x).withOutput("y", tf.expandDims(y, axis(tf)))));
    }
  }

  private static Operand<TInt32> axis(Ops tf) {
    return tf.constant(1);
  }

  private LoadedModel load() {
    return SavedModels.load(
        folder.resolve("model"),
        LoadOptions.withDefaults().withSession(SessionOptions.singleThreaded()));
  }

  private static Examples examples(LoadedModel loaded) {
    return examples(loaded, ROWS);
  }

  private static Examples examples(LoadedModel loaded, int rows) {
    double[] values = IntStream.range(0, rows * COLUMNS).mapToDouble(i -> i * 7 % 10).toArray();
    return loaded.examples(Map.of("x", InputValues.of(values, rows, COLUMNS)));
  }
}
