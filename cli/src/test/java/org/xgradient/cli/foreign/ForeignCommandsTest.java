package org.xgradient.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.primitives.ImmutableIntArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.XGradient;
import org.xgradient.cli.Commands;
import org.xgradient.cli.Commands.Outcome;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.Flatten;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.network.Sequential;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.graph.savedmodel.SignatureSpec;
import org.xgradient.training.model.ModelExport;

/** The commands on SavedModels that others exported. */
class ForeignCommandsTest {

  @TempDir Path folder;

  /** {@code z = 2 age + 3 w_0 - w_1 + 1}, of an integer and two floats, and its sigmoid. */
  private Path columns() throws IOException {
    Path model = folder.resolve("columns");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Ops tf = session.ops();
      var age = tf.withName("in_age").placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
      var w = tf.withName("in_w").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
      var ofAge =
          tf.math.mul(
              tf.expandDims(tf.dtypes.cast(age, TFloat32.class), tf.constant(1)), tf.constant(2f));
      var ofW = tf.linalg.matMul(w, tf.constant(new float[][] {{3}, {-1}}));
      var z = tf.math.add(tf.math.add(ofAge, ofW), tf.constant(1f));
      SavedModels.write(
          model,
          session,
          List.of(
              SignatureSpec.of("serving_default")
                  .withInput("age", age)
                  .withInput("w", w)
                  .withOutput("risk", tf.math.sigmoid(z))));
    }
    return model;
  }

  private Path table(String... lines) throws IOException {
    return Files.write(folder.resolve("data.csv"), List.of(lines));
  }

  private Path out() {
    return folder.resolve("out.csv");
  }

  private List<String> attribute(Path model, Path data, String... more) throws IOException {
    var outcome =
        Commands.run(
            Stream.concat(
                    Stream.of(
                        "attribute",
                        "--model",
                        model.toString(),
                        "--data",
                        data.toString(),
                        "--out",
                        out().toString()),
                    Stream.of(more))
                .toList());
    assertThat(outcome.error()).isEmpty();
    return Files.readAllLines(out());
  }

  @Test
  void columnsAreTakenByNameAndAttributionsAddUp() throws Exception {
    Path data = table("\"w[1]\",id,age,\"w[0]\"", "4,a,1,2", "0,b,10,0.5");
    assertThat(attribute(columns(), data, "--keep", "id"))
        .containsExactly(
            "row,id,explained,output,output at the baseline,age,w[0],w[1]",
            "1,a,risk,5.0,1.0,2.0,6.0,-4.0",
            "2,b,risk,22.5,1.0,20.0,1.5,0.0");
  }

  @Test
  void columnsAreNamedInTheOrderOfTheInputs() throws Exception {
    Path data = table("a,b,c", "1,2,4", "3,2,4");
    assertThat(attribute(columns(), data, "--columns", "a,b,c", "--baseline", "row:1"))
        .containsExactly(
            "row,explained,output,output at the baseline,a,b,c",
            "1,risk,5.0,5.0,0.0,0.0,0.0",
            "2,risk,9.0,5.0,4.0,0.0,0.0");
    var refused = Commands.run("attribute", "--model", columns(), "--data", data, "--out", out());
    assertThat(refused.error())
        .contains("has no column \"age\"")
        .contains("with --columns")
        .hasLineCount(1);
  }

  /** Of two inputs the output needs one: the other's column must not be taken for it. */
  @Test
  void aColumnOfAnotherInputIsNotTaken() throws Exception {
    Path model = folder.resolve("two");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Ops tf = session.ops();
      var x = tf.withName("in_x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1)));
      var y = tf.withName("in_y").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1)));
      SavedModels.write(
          model,
          session,
          List.of(
              SignatureSpec.of("serving_default")
                  .withInput("x", x)
                  .withInput("y", y)
                  .withOutput("z", tf.math.mul(y, tf.constant(2f)))));
    }
    var refused =
        Commands.run("attribute", "--model", model, "--data", table("x", "3"), "--out", out());
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.error())
        .contains("the model takes y, and ")
        .contains("has no column \"y\"; its column \"x\" is called as another input")
        .hasLineCount(1);
    assertThat(attribute(model, table("x,y", "3,4"))).contains("1,z,8.0,0.0,8.0");
    assertThat(attribute(model, table("other", "4"))).contains("1,z,8.0,0.0,8.0");
  }

  @Test
  void predictionsAreWhatTheSignatureGives() throws Exception {
    Path data = table("age,\"w[0]\",\"w[1]\"", "0,0,1");
    var outcome = Commands.run("predict", "--model", columns(), "--data", data, "--out", out());
    assertThat(outcome.error()).isEmpty();
    assertThat(Files.readAllLines(out())).containsExactly("row,risk", "1,0.5");
  }

  /** The model decides what its inputs are, so no option reads a column as something else. */
  @Test
  void aTextInPlaceOfANumberIsToBeCorrected() throws Exception {
    Path data = table("age,\"w[0]\",\"w[1]\"", "0,0,1", "abc,0,1");
    var outcome = Commands.run("attribute", "--model", columns(), "--data", data, "--out", out());
    assertThat(outcome.error())
        .isEqualTo(
            "xgradient: %s, row 2 (line 3), column \"age\": must be a number, found \"abc\"; correct the cell%n"
                .formatted(data));
  }

  /** As long as the largest number of a batch says, filled with zeros, as texts are. */
  @Test
  void predictionsNeedNoTensorToExplain() throws Exception {
    Path model = folder.resolve("filled");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Ops tf = session.ops();
      var x = tf.withName("in_x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
      var none = tf.constant(0);
      var largest = tf.dtypes.cast(tf.reduceMax(x, tf.array(0, 1)), TInt32.class);
      var amounts = tf.reshape(tf.stack(List.of(none, none, none, largest)), tf.array(2, 2));
      var wide = tf.withName("wide").pad(x, amounts, tf.constant(0f));
      SavedModels.write(
          model,
          session,
          List.of(
              SignatureSpec.of("serving_default")
                  .withInput("x", x)
                  .withOutput("y", tf.math.mean(tf.nn.relu(wide), tf.constant(1)))));
    }
    Path data = table("\"x[0]\",\"x[1]\"", "1,2", "3,0");
    var warned = new ByteArrayOutputStream();
    List<Object> command =
        List.of("predict", "--model", model, "--data", data, "--at", "wide", "--out", out());
    var outcome =
        Commands.run(
            command.stream().map(Object::toString).toList(),
            OutputStream.nullOutputStream(),
            warned);
    assertThat(outcome.error()).isEmpty();
    assertThat(Files.readAllLines(out())).containsExactly("row,y", "1,0.6", "2,0.6");
    assertThat(warned.toString(StandardCharsets.UTF_8))
        .contains("warning: what the model gives for a row depends on those beside it")
        .contains("output 0 of a row is 0.6");
  }

  /** Shares of a sum jump at zero, and are the same on the way from there. */
  @Test
  void aScaleInvariantModelNeedsAnotherBaseline() throws Exception {
    Path model = folder.resolve("shares");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Ops tf = session.ops();
      var x = tf.withName("in_x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
      var amounts = tf.nn.relu(x);
      var sum = tf.reduceSum(amounts, tf.constant(1), ReduceSum.keepDims(true));
      SavedModels.write(
          model,
          session,
          List.of(
              SignatureSpec.of("serving_default")
                  .withInput("x", x)
                  .withOutput("shares", tf.math.divNoNan(amounts, sum))));
    }
    Path data = table("\"x[0]\",\"x[1]\"", "1,3", "6,2");
    assertThat(warnings(model, data))
        .contains("the model is scale-invariant (homogeneous of degree 0)", "--baseline mean");
    assertThat(warnings(model, data, "--baseline", "mean")).doesNotContain("warning");
  }

  private String warnings(Path model, Path data, String... more) {
    var warned = new ByteArrayOutputStream();
    Stream<Object> command =
        Stream.of(
            "attribute",
            "--model",
            model,
            "--data",
            data,
            "--target",
            0,
            "--out",
            out(),
            "--force");
    assertThat(
            Commands.run(
                    Stream.concat(command.map(Object::toString), Stream.of(more)).toList(),
                    OutputStream.nullOutputStream(),
                    warned)
                .error())
        .isEmpty();
    return warned.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aMissingNumberIsNamed() throws Exception {
    Path data = table("age,\"w[0]\",\"w[1]\"", "0,0,1", "0,,1");
    var outcome = Commands.run("attribute", "--model", columns(), "--data", data, "--out", out());
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.error()).contains("row 2, column \"w[0]\": there is no number");
    assertThat(out()).doesNotExist();
  }

  @Test
  void placesOfAnOutputAreIndexedAndSummed() throws Exception {
    Path model = folder.resolve("matrix");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Ops tf = session.ops();
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2, 2)));
      SavedModels.write(
          model,
          session,
          List.of(
              SignatureSpec.of("serving_default")
                  .withInput("x", x)
                  .withOutput("y", tf.math.mul(x, tf.constant(2f)))));
    }
    Path data = table("a,b,c,d", "1,2,3,4");
    assertThat(attribute(model, data, "--target", "1,0").get(1))
        .isEqualTo("1,\"y[1,0]\",6.0,0.0,0.0,0.0,6.0,0.0");
    assertThat(attribute(model, data, "--target", "*,1").get(1))
        .isEqualTo("1,\"y[*,1]\",12.0,0.0,0.0,4.0,0.0,8.0");
    var refused =
        Commands.run(
            "attribute", "--model", model, "--data", data, "--out", out(), "--target", "2,0");
    assertThat(refused.error())
        .contains("--target must be a place in the output y of shape [2, 2]");
  }

  @Test
  void aCellThatIsNoIntegerIsNamedWithItsRow() throws Exception {
    List<String> lines = new ArrayList<>(List.of("age,\"w[0]\",\"w[1]\""));
    IntStream.range(0, 2000).forEach(row -> lines.add((row == 1700 ? 40.5 : row) + ",0,1"));
    Path data = table(lines.toArray(String[]::new));
    for (String command : List.of("predict", "attribute")) {
      assertThat(
              Commands.run(command, "--model", columns(), "--data", data, "--out", out()).error())
          .isEqualTo(
              "xgradient: row 1701: input 'age' must be of integers (DT_INT64), found 40.5; correct"
                  + " it\n");
    }
  }

  @Test
  void aPageShowsTheRows() throws Exception {
    Path data = table("\"w[1]\",id,age,\"w[0]\"", "4,a,1,2", "0,b,10,0.5");
    attribute(columns(), data, "--keep", "id", "--baseline", "row:1");
    assertThat(Files.readString(folder.resolve("out.html")))
        .containsPattern("what its cells add to the .*logit of risk")
        .contains("compared with row 1 of the file.")
        .contains("The cells of models of others can");
    Files.delete(folder.resolve("out.html"));
    attribute(columns(), data, "--no-report");
    assertThat(folder.resolve("out.html")).doesNotExist();
  }

  @Test
  void methodsAreJudgedOnLabelledRows() throws Exception {
    Path data =
        table(
            "age,\"w[0]\",\"w[1]\",ill,said,years",
            "0,0,1,0,no,1.5",
            "3,1,0,1,yes,2",
            "5,0,9,1,yes,0",
            "0,-2,1,0,no,7");
    Path out = folder.resolve("judged");
    for (String label : List.of("ill", "said")) {
      assertThat(judge(data, out, "--label", label, "--force")).isEqualTo(new Outcome(0, ""));
      // The logit is that of a linear function: 0, 10, 2 and -6.
      assertThat(Files.readString(out.resolve("report.html")))
          .containsPattern("accuracy</bdi></td><td[^>]*>1<");
    }
    assertThat(judge(data, out, "--label", "years", "--task", "regression", "--force").code())
        .isZero();
    Path none = folder.resolve("none");
    assertThat(judge(data, none).error()).contains("name the column with --label COLUMN");
    assertThat(judge(data, none, "--label", "years").error())
        .contains("row 1 has the label 1.5, which must be the index of one of 2 classes, from 0");
    assertThat(judge(data, none, "--label", "ill", "--task", "multiclass").error())
        .contains("--task multiclass does not fit the output risk of 1 values");
    assertThat(none).doesNotExist();
  }

  @Test
  void whatIsNoLabelIsSaidToBeNone() throws Exception {
    Path out = folder.resolve("none");
    Path data = table("age,\"w[0]\",\"w[1]\",ill", "0,0,1,0", "3,1,0, ", "5,0,9,1");
    assertThat(judge(data, out, "--label", "ill").error())
        .contains("row 2 has no label; fill it in, or delete the row")
        .hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void severalSigmoidsAreNoClasses() throws Exception {
    Path model = folder.resolve("tags");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Ops tf = session.ops();
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 2)));
      SavedModels.write(
          model,
          session,
          List.of(
              SignatureSpec.of("serving_default")
                  .withInput("x", x)
                  .withOutput("tags", tf.math.sigmoid(tf.math.mul(x, tf.constant(2f))))));
    }
    Path out = folder.resolve("none");
    var outcome =
        Commands.run(
            "evaluate",
            "--model",
            model,
            "--data",
            table("a,b,y", "1,2,0", "2,1,1"),
            "--label",
            "y",
            "--columns",
            "a,b",
            "--out",
            out);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.error())
        .contains("the output tags gives 2, each by a sigmoid of its own")
        .hasLineCount(1);
  }

  /** The label follows w[0] alone, where the model relies on age and w[1] too. */
  @Test
  void isTrainedFurtherWithAPrior() throws Exception {
    List<String> lines = new ArrayList<>(List.of("age,\"w[0]\",\"w[1]\",ill"));
    DataRandom random = new DataRandom(4);
    for (int i = 0; i < 200; i++) {
      double w = random.nextGaussian();
      lines.add(
          "%.3f,%.3f,%.3f,%d"
              .formatted(random.nextGaussian(), w, random.nextGaussian(), w > 0 ? 1 : 0));
    }
    Path data = Files.write(folder.resolve("ill.csv"), lines);
    Path dense = dense(3);
    Path out = folder.resolve("tuned");
    var printed = new ByteArrayOutputStream();
    var outcome =
        Commands.run(
            tuning(dense, data, out, "--prior", "mask", "--mask", "age", "--strict-prior"),
            printed,
            OutputStream.nullOutputStream());
    assertThat(outcome).isEqualTo(new Outcome(0, ""));
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("The smallest weight at which a swap", "test, before");
    assertThat(Files.readString(folder.resolve("tuned.html")))
        .contains("What was learned: ill", "from 3 columns", "class 0", "What the prior did")
        .contains("its output for inputs of zeros is 0 whatever it learned", "What w[0] adds")
        .contains("The cells of models of others can't be changed on this page.");
    assertThat(Commands.run("check", "--model", out).code()).isZero();
    assertThat(attribute(out, data, "--method", "xg", "--keep", "ill").get(0))
        .contains("explained,output");
    assertThat(Commands.run(tuning(dense, data, folder.resolve("no"), "--hidden", "8")).error())
        .contains("--hidden is of no use with --model");
  }

  @Test
  void columnsOfAnInputOfSeveralAxesAreMasked() throws Exception {
    List<String> lines = new ArrayList<>(List.of("a,b,c,ill"));
    DataRandom random = new DataRandom(5);
    for (int i = 0; i < 200; i++) {
      double b = random.nextGaussian();
      lines.add(
          "%.3f,%.3f,%.3f,%d"
              .formatted(random.nextGaussian(), b, random.nextGaussian(), b > 0 ? 1 : 0));
    }
    Path data = Files.write(folder.resolve("ill.csv"), lines);
    Path out = folder.resolve("tuned");
    assertThat(
            Commands.run(
                tuning(
                    dense(1, 3, 1),
                    data,
                    out,
                    "--prior",
                    "mask",
                    "--mask",
                    "a,c",
                    "--lambda",
                    "9")))
        .isEqualTo(new Outcome(0, ""));
    assertThat(Files.readString(folder.resolve("tuned.html"))).contains("What a, c still add");
  }

  @Test
  void aPageSaysWhatItIsWithoutItsBiases() throws Exception {
    Path out = folder.resolve("stripped");
    Path data = table("age,w[0],w[1]", "1,2,3", "4,-5,6");
    var outcome = Commands.run("strip-bias", "--model", biased(), "--data", data, "--out", out);
    assertThat(outcome).isEqualTo(new Outcome(0, ""));
    assertThat(Files.readString(folder.resolve("stripped.html")))
        .contains("What became of the model", "logits", "Measured on 2 rows of data.csv.")
        .doesNotContain("standardised");
  }

  @Test
  void partsOfOneClassAreRefusedBeforeTheTraining() throws Exception {
    List<String> lines = new ArrayList<>(List.of("age,\"w[0]\",\"w[1]\",ill", "1,1,1,1"));
    for (int i = 0; i < 50; i++) {
      lines.add(i + ",0,1,0");
    }
    Path data = Files.write(folder.resolve("rare.csv"), lines);
    Path out = folder.resolve("rare");
    assertThat(Commands.run(tuning(dense(3), data, out)).error())
        .contains("rows must be of both classes for a ROC-AUC")
        .hasLineCount(1);
    assertThat(folder.resolve("rare.training")).doesNotExist();
  }

  private static List<String> tuning(Path model, Path data, Path out, String... more) {
    return Stream.concat(
            Stream.of(
                "train",
                "--model",
                model.toString(),
                "--data",
                data.toString(),
                "--label",
                "ill",
                "--epochs",
                "60",
                "--learning-rate",
                "0.05",
                "--out",
                out.toString()),
            Stream.of(more))
        .toList();
  }

  /** A linear model of all columns, with its weights in a variable. */
  private Path dense(int... input) throws IOException {
    Path model = folder.resolve("dense" + input.length);
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Network network =
          new Network(
                  "linear",
                  ImmutableIntArray.copyOf(input),
                  Sequential.of(new Flatten(), Dense.of(1)))
              .withoutBiases();
      NetworkModel built = network.build(session, 1);
      built.parameters().get(0).assign(session, FloatArray.of(new float[] {3, 0.1f, 2}, 3, 1));
      new ModelExport(built, new XGradient(), true).write(model);
    }
    return model;
  }

  /** A linear model of all columns with a bias. */
  private Path biased() throws IOException {
    Path model = folder.resolve("biased");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Network network = new Network("linear", ImmutableIntArray.of(3), Sequential.of(Dense.of(1)));
      NetworkModel built = network.build(session, 1);
      built.parameters().get(1).assign(session, FloatArray.of(new float[] {0.5f}, 1));
      new ModelExport(built, IntegratedGradients.withDefaults(), true).write(model);
    }
    return model;
  }

  private Outcome judge(Path data, Path out, String... more) throws Exception {
    return Commands.run(
        Stream.concat(
                Stream.of(
                    "evaluate",
                    "--model",
                    columns().toString(),
                    "--data",
                    data.toString(),
                    "--methods",
                    "auto,grad",
                    "--out",
                    out.toString()),
                Stream.of(more))
            .toList());
  }

  @Test
  void checkSaysWhatIsExplained() throws Exception {
    var printed = new ByteArrayOutputStream();
    var outcome =
        Commands.run(
            List.of("check", "--model", columns().toString()),
            printed,
            OutputStream.nullOutputStream());
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("input age: integers (one) of an example, explained at a tensor behind it")
        .contains("input w: floats [2] of an example, explained")
        .contains("its integers are taken as numbers")
        .contains("Integrated Gradients applies");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model.h5 | \u0089HDF...model_config | keras.models.load_model('model.h5').export('DIR')
          model.tflite | ....TFL3 | TensorFlow Lite
          saved_model.pb | x | give the directory that it is in
          weights.bin | version https://git-lfs.github.com/spec/v1 oid | git lfs pull
          net.onnx | x | ONNX
          frozen.pb | x | import_graph_def
          weights.h5 | \u0089HDF....layer_names | model.load_weights('weights.h5')
          old.pth | x | torch.onnx.export
          model.pkl | x | scikit-learn
          model.joblib | x | scikit-learn
          model.ubj | x | XGBoost
          booster.json | {"learner": {}} | Tree SHAP
          model.json | {"format": "graph-model"} | TensorFlow.js graph
          net.mlmodel | x | Core ML
          model.tar.gz | x | it is an archive; unpack it
          ckpt.index | x | checkpoint
          """)
  void whatIsNoSavedModelIsSaidToBeWhatItIs(String name, String content, String said)
      throws Exception {
    Path file = Files.write(folder.resolve(name), content.getBytes(StandardCharsets.ISO_8859_1));
    var outcome = Commands.run("check", "--model", file);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.error()).contains(said).hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model.json | {"format": "layers-model", "modelTopology": {}} | it is a TensorFlow.js model; convert it by
          checkpoint | x | it has checkpoints, which are weights without a graph
          model.ckpt.meta,model.ckpt.index | x | import_meta_graph
          config.json,model.safetensors | x | TFAutoModel.from_pretrained
          seen.onnx | x | of its file seen.onnx: it is an ONNX model
          """)
  void whatIsInADirectoryIsSaidToBeWhatItIs(String names, String content, String said)
      throws Exception {
    Path directory = Files.createDirectory(folder.resolve("given"));
    for (String name : Splitter.on(',').split(names)) {
      Files.writeString(directory.resolve(name), content);
    }
    Path data = Files.writeString(folder.resolve("x.csv"), "x\n1\n");
    Path out = folder.resolve("out.csv");
    for (var outcome :
        List.of(
            Commands.run("check", "--model", directory),
            Commands.run("predict", "--model", directory, "--data", data, "--out", out),
            Commands.run("attribute", "--model", directory, "--data", data, "--out", out))) {
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.error()).contains(said).hasLineCount(1);
    }
  }
}
