package org.xgradient.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xgradient.cli.Commands.run;

import com.google.common.collect.ImmutableList;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.XGradient;
import org.xgradient.cli.Commands.Outcome;
import org.xgradient.data.DataRandom;
import org.xgradient.data.Provenance;
import org.xgradient.data.image.ClassNames;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.graph.savedmodel.SignatureSpec;
import org.xgradient.training.image.ImageModel;
import org.xgradient.training.image.ImageModelInfo;
import org.xgradient.training.image.ImageNetwork;

/**
 * The commands on images and a SavedModel of others: one of ours without what it says of itself.
 */
class ForeignImagesTest {

  private static final ImmutableList<String> CLASSES = ImmutableList.of("cat", "dog", "owl");

  @TempDir private Path folder;
  private Path images;
  private Path ours;
  private Path foreign;

  @BeforeEach
  void write() throws IOException {
    images = folder.resolve("images");
    DataRandom random = new DataRandom(7);
    for (String name : CLASSES) {
      for (int i = 0; i < 3; i++) {
        BufferedImage image = new BufferedImage(12, 10, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 120; pixel++) {
          image.setRGB(pixel % 12, pixel / 12, random.nextInt(1 << 24));
        }
        Path file = images.resolve(name).resolve(i + ".png");
        Files.createDirectories(file.getParent());
        assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
      }
    }
    ours = folder.resolve("ours");
    ImageNetwork network = ImageNetwork.named("x-convnet", CLASSES.size(), 8);
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      ImageModel.write(
          ours,
          network.network().build(session, 3),
          new XGradient(),
          ImageModelInfo.of(
              network.network(),
              network.preprocessing(),
              new ClassNames(CLASSES),
              Provenance.ofThisProcess()));
    }
    foreign = ours.resolve("saved_model");
  }

  @Test
  void predictsWhatTheSameModelPredictsThatSaysWhatItTakes() throws IOException {
    Path expected = folder.resolve("expected.csv");
    Path found = folder.resolve("found.csv");
    assertThat(run("predict", "--model", ours, "--images", images, "--out", expected).code())
        .isZero();
    assertThat(
            run(
                "predict",
                "--model",
                foreign,
                "--images",
                images,
                "--classes",
                ours.resolve("classes.csv"),
                "--out",
                found))
        .isEqualTo(new Outcome(0, ""));
    assertThat(found).hasSameTextualContentAs(expected);
    assertThat(
            run(
                    "predict",
                    "--model",
                    foreign,
                    "--images",
                    images,
                    "--mean",
                    ".5,.5,.5",
                    "--out",
                    found)
                .code())
        .isZero();
    assertThat(Files.readAllLines(found)).hasSize(10).isNotEqualTo(Files.readAllLines(expected));
    assertThat(Files.readString(found)).contains("class 0");
  }

  @Test
  void isExplainedAndJudged() throws IOException {
    Path explained = folder.resolve("explained");
    assertThat(
            run(
                "attribute",
                "--model",
                foreign,
                "--images",
                images,
                "--methods",
                "xg,ig",
                "--steps",
                "8",
                "--out",
                explained))
        .isEqualTo(new Outcome(0, ""));
    assertThat(explained.resolve("report.html")).exists();
    Path judged = folder.resolve("judged");
    assertThat(
            run(
                "evaluate",
                "--model",
                foreign,
                "--images",
                images,
                "--classes",
                ours.resolve("classes.csv"),
                "--methods",
                "auto,random",
                "--metrics",
                "kam,completeness",
                "--out",
                judged))
        .isEqualTo(new Outcome(0, ""));
    assertThat(judged.resolve("report.html")).content().contains("completeness");
  }

  /** As models come from PyTorch by way of ONNX. */
  @Test
  void channelsMayComeFirst() throws IOException {
    Path first = folder.resolve("first");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      var network = ImageNetwork.named("x-convnet", CLASSES.size(), 8).network();
      var model = network.build(session, 3);
      var tf = session.ops();
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3, 8, 8)));
      var last = tf.linalg.transpose(x, tf.constant(new int[] {0, 2, 3, 1}));
      SavedModels.write(
          first,
          session,
          List.of(
              SignatureSpec.of("serving_default")
                  .withInput("x", x)
                  .withOutput("logits", model.logits(last, Mode.inference()))));
    }
    for (Path model : List.of(foreign, first)) {
      for (String command : List.of("predict", "attribute")) {
        Path out = folder.resolve(model.getFileName() + "." + command);
        assertThat(run(command, "--model", model, "--images", images, "--out", out))
            .isEqualTo(new Outcome(0, ""));
      }
    }
    assertThat(folder.resolve("first.predict"))
        .hasSameTextualContentAs(folder.resolve("saved_model.predict"));
    String maps = "attributions.csv";
    assertThat(folder.resolve("first.attribute").resolve(maps))
        .content()
        .isEqualTo(
            Files.readString(folder.resolve("saved_model.attribute").resolve(maps))
                .replace("saved_model", "first"));
  }

  @Test
  void whatIsSaidByTheModelItselfIsNotToBeSaidAgain() {
    Path out = folder.resolve("none.csv");
    assertThat(
            run(
                    "predict",
                    "--model",
                    ours,
                    "--images",
                    images,
                    "--scale",
                    "255",
                    "--output",
                    "logits",
                    "--out",
                    out)
                .error())
        .contains("--scale and --output are of no use with models of xgradient's");
    assertThat(out).doesNotExist();
  }

  @Test
  void aModelOfSomethingElseIsRefused() throws IOException {
    Path out = folder.resolve("none.csv");
    assertThat(run("predict", "--model", images, "--images", images, "--out", out).error())
        .contains("saved_model.pb");
    List<String> lines = List.of("class", "one");
    Path two = Files.write(folder.resolve("two.txt"), lines);
    assertThat(
            run("predict", "--model", foreign, "--images", images, "--classes", two, "--out", out)
                .error())
        .contains("saved_model has 3 classes, found 2 names of classes");
    assertThat(out).doesNotExist();
  }

  @Test
  void aLinkToNothingIsLeftOutWithAWarning() throws IOException {
    Path link = Files.createSymbolicLink(images.resolve("cat/9.png"), folder.resolve("moved.png"));
    var stderr = new ByteArrayOutputStream();
    Outcome outcome =
        run(
            Stream.of("predict", "--model", ours, "--images", images, "--out", folder.resolve("p"))
                .map(Object::toString)
                .toList(),
            OutputStream.nullOutputStream(),
            stderr);
    assertThat(outcome.code()).as(outcome.error()).isZero();
    assertThat(stderr.toString(StandardCharsets.UTF_8))
        .contains("left out %s, because it is a link to nothing".formatted(link));
  }
}
