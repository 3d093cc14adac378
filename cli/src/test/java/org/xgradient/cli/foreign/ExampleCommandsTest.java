package org.xgradient.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableIntArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.xgradient.cli.Commands;
import org.xgradient.cli.Commands.Outcome;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.ModelInput.Kind;
import org.xgradient.graph.ParsedFeature;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.graph.savedmodel.InputValues;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.graph.savedmodel.SerializedExamples;
import org.xgradient.graph.savedmodel.SignatureSpec;

/** Models that parse tf.Examples, as tf.estimator and TFX export them. */
class ExampleCommandsTest {

  @TempDir Path folder;

  private Path model;

  /**
   * {@code z = 2 age + 3 w_0 - w_1 + 10 rooms + 5 [city = Rome]}, where there are 2 rooms if none
   * are given, and any number of cities.
   */
  @BeforeEach
  void export() throws IOException {
    model = folder.resolve("model");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Ops tf = session.ops();
      var bytes =
          tf.withName("in_examples").placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
      var parsed =
          tf.io.parseExample(
              bytes,
              tf.fill(tf.constant(new long[] {0}), tf.constant("")),
              tf.array("city"),
              tf.array("age", "rooms", "w"),
              tf.fill(tf.constant(new long[] {0}), tf.constant("")),
              List.of(
                  tf.constant(new float[0]),
                  tf.constant(new long[] {2}),
                  tf.constant(new float[0])),
              1L,
              List.of(TString.class),
              List.of(),
              List.of(),
              List.of(Shape.of(1), Shape.of(1), Shape.of(2)));
      Operand<TString> cities =
          tf.sparse.sparseToDense(
              parsed.sparseIndices().get(0),
              tf.concat(
                  List.of(tf.shape(bytes, TInt64.class), tf.constant(new long[] {1})),
                  tf.constant(0)),
              parsed.sparseValues().get(0).asOutput().expect(TString.class),
              tf.constant(""));
      var inRome = tf.dtypes.cast(tf.math.equal(cities, tf.constant("Rome")), TFloat32.class);
      Operand<TFloat32> age = parsed.denseValues().get(0).asOutput().expect(TFloat32.class);
      var rooms = tf.dtypes.cast(parsed.denseValues().get(1), TFloat32.class);
      Operand<TFloat32> w = parsed.denseValues().get(2).asOutput().expect(TFloat32.class);
      Operand<TFloat32> z =
          tf.math.addN(
              List.of(
                  tf.math.mul(age, tf.constant(2f)),
                  tf.math.mul(rooms, tf.constant(10f)),
                  tf.linalg.matMul(w, tf.constant(new float[][] {{3}, {-1}})),
                  tf.math.mul(tf.math.square(inRome), tf.constant(5f))));
      SavedModels.write(
          model,
          session,
          List.of(
              SignatureSpec.of("serving_default")
                  .withInput("examples", bytes)
                  .withOutput("price", z)));
    }
  }

  private Path out() {
    return folder.resolve("out.csv");
  }

  private Path table(String... lines) throws IOException {
    return Files.write(folder.resolve("data.csv"), List.of(lines));
  }

  private Outcome attribute(Path data, String... more) {
    return Commands.run(
        Stream.concat(
                Stream.of("attribute", "--model", model, "--data", data, "--out", out()),
                Stream.of(more))
            .map(String::valueOf)
            .toList());
  }

  @Test
  void theColumnsOfATableAreFeatures() throws IOException {
    Path data = table("id,\"w[1]\",\"w[0]\",age,rooms,city", "a,4,2,1,3,Rome", "b,0,1,10,,Oslo");
    assertThat(attribute(data, "--keep", "id").error()).isEmpty();
    // What is not given is 2 rooms: the model's default counts as a value.
    assertThat(Files.readAllLines(out()))
        .containsExactly(
            "row,id,explained,output,output at the baseline,city,age,rooms,w[0],w[1]",
            "1,a,price,39.0,0.0,5.0,2.0,30.0,6.0,-4.0",
            "2,b,price,43.0,0.0,0.0,20.0,20.0,3.0,0.0");
    assertThat(folder.resolve("out.html")).content().contains("Rome").contains("Oslo");
  }

  @Test
  void whatATableLacksIsNamed() throws IOException {
    Path data = table("ages,\"w[0]\",\"w[1]\"", "1,2,4");
    assertThat(attribute(data).error())
        .contains("has no column \"age\"; did you mean \"ages\"?")
        .hasLineCount(1);
    table("age,\"w[0]\",\"w[1]\"", "1,2,4", "2,,1");
    assertThat(attribute(data).error()).contains("row 2, column \"w[0]\": there is no number");
    table("age,rooms,\"w[0]\",\"w[1]\"", "1,2,4,1", "2,2.5,1,1");
    assertThat(attribute(data).error())
        .contains("row 2: feature 'rooms' must be an integer, found 2.5")
        .hasLineCount(1);
    assertThat(out()).doesNotExist();
  }

  /** {@code age}, {@code w_0}, {@code w_1}, {@code city}. */
  private static InputValues examples(LoadedModel loaded) {
    return new SerializedExamples(loaded.features("examples"))
        .of(
            Map.of(
                "age", InputValues.of(FloatArray.of(new float[] {1, 10}, 2, 1)),
                "w", InputValues.of(FloatArray.of(new float[] {2, 4, 1, 0}, 2, 2)),
                "city", InputValues.of(List.of("Rome", ""), 2)));
  }

  private static byte[] checksum(byte[] of) {
    CRC32C crc = new CRC32C();
    crc.update(of);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array();
  }

  private static void write(OutputStream out, byte[] record) throws IOException {
    byte[] length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(record.length).array();
    for (byte[] part : List.of(length, checksum(length), record, checksum(record))) {
      out.write(part);
    }
  }

  private static byte[] records(InputValues examples) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] example : ((InputValues.Texts) examples).values()) {
      write(bytes, example);
    }
    return bytes.toByteArray();
  }

  @Test
  void recordsAreTakenAsTheyAre() throws IOException {
    Path packed = folder.resolve("examples.tfrecord.gz");
    byte[] records;
    try (LoadedModel loaded = SavedModels.load(model);
        OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      assertThat(loaded.features("examples"))
          .containsExactlyInAnyOrder(
              new ParsedFeature("age", Kind.FLOATS, ImmutableIntArray.of(1), true),
              new ParsedFeature("rooms", Kind.INTEGERS, ImmutableIntArray.of(1), false),
              new ParsedFeature("w", Kind.FLOATS, ImmutableIntArray.of(2), true),
              new ParsedFeature("city", Kind.TEXTS, ImmutableIntArray.of(), false));
      records = records(examples(loaded));
      out.write(records);
    }
    List<String> expected =
        List.of(
            "row,explained,output,output at the baseline,city,age,rooms,w[0],w[1]",
            "1,price,29.0,0.0,5.0,2.0,20.0,6.0,-4.0",
            "2,price,43.0,0.0,0.0,20.0,20.0,3.0,0.0");
    Path plain = Files.write(folder.resolve("examples.tfrecord"), records);
    for (Path file : List.of(packed, plain)) {
      assertThat(attribute(file, "--force").error()).isEmpty();
      assertThat(Files.readAllLines(out())).isEqualTo(expected);
    }
    assertThat(folder.resolve("out.html")).content().contains("Rome");
    Outcome predicted =
        Commands.run("predict", "--model", model, "--data", plain, "--out", out(), "--force");
    assertThat(predicted.error()).isEmpty();
    assertThat(Files.readAllLines(out())).containsExactly("row,price", "1,29.0", "2,43.0");
  }

  @Test
  void damagedRecordsAreNamed() throws IOException {
    byte[] records;
    try (LoadedModel loaded = SavedModels.load(model)) {
      records = records(examples(loaded));
    }
    Path file = folder.resolve("examples.tfrecord");
    byte[] cut = Arrays.copyOf(records, records.length - 7);
    assertThat(attribute(Files.write(file, cut)).error())
        .contains("record 2 must be a whole record");
    byte[] changed = records.clone();
    changed[20]++;
    assertThat(attribute(Files.write(file, changed)).error())
        .contains("record 1 must be as its checksum says");
    assertThat(attribute(Files.write(file, new byte[0])).error())
        .contains("content must be at least one record, found none");
    ByteArrayOutputStream other = new ByteArrayOutputStream();
    write(other, new byte[] {1, 2, 3});
    assertThat(attribute(Files.write(file, other.toByteArray())).error())
        .contains("Could not parse example input")
        .hasLineCount(1);
  }

  @Test
  void recordsAreForModelsThatParseThem() throws IOException {
    Path numbers = folder.resolve("numbers");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Ops tf = session.ops();
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
      SavedModels.write(
          numbers,
          session,
          List.of(
              SignatureSpec.of("serving_default")
                  .withInput("x", x)
                  .withOutput("y", tf.math.mul(x, tf.constant(2f)))));
    }
    Path file = Files.write(folder.resolve("examples.tfrecord"), new byte[] {1});
    Outcome refused = Commands.run("attribute", "--model", numbers, "--data", file, "--out", out());
    assertThat(refused.error())
        .contains("records are for models that parse tf.Examples, their only input")
        .hasLineCount(1);
  }
}
