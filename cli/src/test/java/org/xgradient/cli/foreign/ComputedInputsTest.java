package org.xgradient.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.xgradient.cli.Commands;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.network.Sequential;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.graph.savedmodel.Examples;
import org.xgradient.graph.savedmodel.InputValues;
import org.xgradient.graph.savedmodel.LoadOptions;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.graph.savedmodel.SignatureSpec;

/** What is made of a model that computes what is explained takes what that model takes. */
class ComputedInputsTest {

  private static final Map<String, InputValues> ROWS =
      Map.of(
          "age", InputValues.of(new double[] {10, 20, 30}, 3),
          "city", InputValues.of(List.of("Oslo", "Rome", "elsewhere"), 3));

  @TempDir Path folder;

  private Path model;

  /** {@code z = 0.1 age + 3 [Oslo] - 3 [Rome] + 0.5 [neither] + 1}; cities stand in a table. */
  @BeforeEach
  void export() throws IOException {
    model = folder.resolve("model");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Ops tf = session.ops();
      var age = tf.withName("in_age").placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
      var city = tf.withName("in_city").placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
      Output<?> table =
          tf.scope()
              .opBuilder("HashTableV2", "table")
              .setAttr("key_dtype", DataType.DT_STRING)
              .setAttr("value_dtype", DataType.DT_INT64)
              .setAttr("shared_name", "cities")
              .build()
              .output(0);
      tf.lookupTableImport(table, tf.array("Oslo", "Rome"), tf.constant(new long[] {0, 1}));
      Output<?> found =
          tf.scope()
              .opBuilder("LookupTableFindV2", "find")
              .addInput(table)
              .addInput(city.asOutput())
              .addInput(tf.constant(2L).asOutput())
              .build()
              .output(0);
      var encoded =
          tf.oneHot(found.expect(TInt64.class), tf.constant(3), tf.constant(1f), tf.constant(0f));
      var years = tf.expandDims(tf.dtypes.cast(age, TFloat32.class), tf.constant(1));
      NetworkModel linear =
          new Network("linear", ImmutableIntArray.of(4), Sequential.of(Dense.of(1)))
              .build(session, 1);
      linear
          .parameters()
          .get(0)
          .assign(session, FloatArray.of(new float[] {0.1f, 3, -3, 0.5f}, 4, 1));
      linear.parameters().get(1).assign(session, FloatArray.of(new float[] {1}, 1));
      var all = tf.concat(List.of(years, encoded), tf.constant(1));
      SavedModels.write(
          model,
          session,
          List.of(
              SignatureSpec.of(SignatureSpec.SERVING)
                  .withInput("age", age)
                  .withInput("city", city)
                  .withOutput("logits", linear.logits(all, Mode.inference()))));
    }
  }

  private static List<String> command(String name, Path model, Path data, String... more) {
    return Stream.concat(
            Stream.of(name, "--model", model.toString(), "--data", data.toString()),
            Stream.of(more))
        .toList();
  }

  private static float[] logits(Path of) {
    try (LoadedModel loaded =
        SavedModels.load(of, LoadOptions.withDefaults().withSignature(SignatureSpec.SERVING))) {
      return loaded.logits(loaded.examples(ROWS)).values();
    }
  }

  @Test
  void withoutBiases() throws IOException {
    Path data = Files.write(folder.resolve("data.csv"), List.of("age,city", "1,Rome", "2,Bonn"));
    Path out = folder.resolve("stripped");
    assertThat(Commands.run(command("strip-bias", model, data, "--out", out.toString())).error())
        .isEmpty();
    assertThat(logits(model)).containsExactly(5, 0, 4.5f);
    assertThat(logits(out)).containsExactly(4, -1, 3.5f);
    assertThat(Commands.run("check", "--model", out).code()).isZero();
  }

  /** The label is the city, and the model shall not depend on the age. */
  @Test
  void trainedFurther() throws IOException {
    List<String> lines = new ArrayList<>(List.of("age,city,label"));
    DataRandom random = new DataRandom(4);
    for (int i = 0; i < 300; i++) {
      boolean oslo = (random.nextInt(2) == 0);
      lines.add(
          "%s,%s,%s".formatted(20 + random.nextInt(40), oslo ? "Oslo" : "Rome", oslo ? 0 : 1));
    }
    Path data = Files.write(folder.resolve("data.csv"), lines);
    Path out = folder.resolve("tuned");
    var outcome =
        Commands.run(
            command(
                "train",
                model,
                data,
                "--label",
                "label",
                "--prior",
                "mask",
                "--mask",
                "age",
                "--epochs",
                "60",
                "--learning-rate",
                "0.05",
                "--strict-prior",
                "--out",
                out.toString()));
    assertThat(outcome.error()).isEmpty();
    float[] tuned = logits(out);
    assertThat(tuned[0]).isNegative();
    assertThat(tuned[1]).isPositive();

    // The signature that explains takes cities too, and adds up to the logits without the bias.
    try (LoadedModel loaded =
        SavedModels.load(
            out,
            LoadOptions.withDefaults().withSignature("attribution").withOutput("attribution"))) {
      Map<String, InputValues> asked =
          Map.of(
              "age", ROWS.get("age"),
              "city", ROWS.get("city"),
              "target", InputValues.of(new double[3], 3));
      Examples examples = loaded.examples(asked);
      float[] attributions = loaded.logits(examples).values();
      assertThat(attributions).hasSize(3 * 4);
      double bias = tuned[0] - sum(attributions, 0);
      for (int row = 1; row < 3; row++) {
        assertThat(sum(attributions, row) + bias).isCloseTo(tuned[row], within(1e-4));
      }
    }
  }

  private static double sum(float[] attributions, int row) {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += attributions[4 * row + i];
    }
    return sum;
  }

  /** Two of three words are told apart by their embeddings, which have no gradient. */
  @Test
  void anEmbeddingStaysAsItIs() throws IOException {
    Path embedded = folder.resolve("embedded");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Ops tf = session.ops();
      var word = tf.withName("in_word").placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
      var table =
          tf.varHandleOp(TFloat32.class, Shape.of(3, 2), VarHandleOp.sharedName("embedding"));
      var values = tf.constant(new float[][] {{1, 0}, {0, 1}, {0.5f, 0.5f}});
      session.run(Feeds.none(), List.of(), List.of(tf.assignVariableOp(table, values)));
      var gathered = tf.gather(tf.readVariableOp(table, TFloat32.class), word, tf.constant(0));
      NetworkModel linear =
          new Network("linear", ImmutableIntArray.of(2), Sequential.of(Dense.of(1)))
              .withoutBiases()
              .build(session, 1);
      SavedModels.write(
          embedded,
          session,
          List.of(
              SignatureSpec.of(SignatureSpec.SERVING)
                  .withInput("word", word)
                  .withOutput("logits", linear.logits(gathered, Mode.inference()))));
    }
    try (LoadedModel loaded = SavedModels.load(embedded)) {
      assertThat(loaded.model().parameters()).hasSize(1);
    }
    List<String> lines = new ArrayList<>(List.of("word,label"));
    for (int i = 0; i < 90; i++) {
      lines.add(i % 2 + "," + i % 2);
    }
    Path data = Files.write(folder.resolve("data.csv"), lines);
    Path out = folder.resolve("tuned");
    var outcome =
        Commands.run(
            command(
                "train",
                embedded,
                data,
                "--label",
                "label",
                "--epochs",
                "40",
                "--learning-rate",
                "0.1",
                "--out",
                out.toString()));
    assertThat(outcome.error()).isEmpty();
    LoadOptions serving = LoadOptions.withDefaults().withSignature(SignatureSpec.SERVING);
    try (LoadedModel loaded = SavedModels.load(out, serving)) {
      float[] logits =
          loaded.logits(loaded.examples(InputValues.of(new double[] {0, 1, 2}, 3))).values();
      assertThat(logits[0]).isNegative();
      assertThat(logits[1]).isPositive();
      assertThat(logits[2]).isCloseTo((logits[0] + logits[1]) / 2, within(1e-5f));
    }
  }

  @Test
  void aModelWithoutVariablesHasNothingToTrain() throws IOException {
    Path fixed = folder.resolve("fixed");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Ops tf = session.ops();
      var age = tf.withName("in_age").placeholder(TInt64.class, Placeholder.shape(Shape.of(-1, 1)));
      SavedModels.write(
          fixed,
          session,
          List.of(
              SignatureSpec.of(SignatureSpec.SERVING)
                  .withInput("age", age)
                  .withOutput(
                      "logits",
                      tf.math.mul(tf.dtypes.cast(age, TFloat32.class), tf.constant(2f)))));
    }
    List<String> lines = new ArrayList<>(List.of("age,label"));
    for (int i = 0; i < 60; i++) {
      lines.add(i + "," + i % 2);
    }
    Path data = Files.write(folder.resolve("data.csv"), lines);
    var outcome =
        Commands.run(
            command(
                "train",
                fixed,
                data,
                "--label",
                "label",
                "--out",
                folder.resolve("out").toString()));
    assertThat(outcome.error())
        .contains("must have a variable of floats behind what is explained")
        .hasLineCount(1);
  }
}
