package org.xgradient.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.xgradient.cli.Commands.run;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.cli.Commands.Outcome;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.Safetensors;
import org.xgradient.data.image.Images;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.training.image.ImageModel;
import org.xgradient.training.image.RankedClass;

/** {@code predict} and {@code attribute} on folders of images, with small networks. */
class ImageCommandsTest {

  private static final double ROUNDING = 1e-4;
  private static final int SIDE = 12;
  private static final int IMAGES = 20;

  @TempDir private Path folder;
  private Path images;
  private Path regular;
  private Path variant;

  /** More images than a chunk has, some in folders, with files between them that are none. */
  @BeforeEach
  void writeFiles() throws IOException {
    images = folder.resolve("photos");
    for (int i = 0; i < IMAGES; i++) {
      String name =
          (i % 5 == 0 ? "inner/" : "") + "%02d.%s".formatted(i, i % 2 == 0 ? "png" : "jpg");
      ImageInputs.writeImage(images.resolve(name), 14 + i % 3, 13 + i % 4, 1 + i % 5);
    }
    byte[] whole = Files.readAllBytes(images.resolve("01.jpg"));
    Files.write(images.resolve("03-torn.jpg"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(images.resolve("inner/notes.txt"), "not an image");
    Path weights = folder.resolve("weights.safetensors");
    Safetensors.write(
        weights,
        ImageInputs.inModule(
            ImageInputs.pytorchWeights(Networks.smallConvNet(SIDE, 3, 4), 0.3, 7)));
    Path classes =
        Files.write(folder.resolve("classes.txt"), List.of("disc", "bar", "plus", "ring"));
    regular = importing("convnet", weights, classes);
    variant = importing("x-convnet", weights, classes);
  }

  private Path importing(String network, Path weights, Path classes) {
    Path out = folder.resolve("of-" + network);
    assertThat(
            run(
                "import",
                "--network",
                network,
                "--image-size",
                SIDE,
                "--weights",
                weights,
                "--classes",
                classes,
                "--out",
                out))
        .isEqualTo(new Outcome(0, ""));
    return out;
  }

  @Test
  void predictsTheMostProbableClassesByName() throws IOException {
    Path out = folder.resolve("predictions.csv");
    assertThat(run("predict", "--model", variant, "--images", images, "--out", out, "--top", 4))
        .isEqualTo(new Outcome(0, ""));
    List<CSVRecord> rows = rows(out);
    assertThat(rows).hasSize(IMAGES);
    assertThat(rows.get(0).get("image")).isEqualTo("01.jpg");
    assertThat(rows.get(IMAGES - 1).get("image")).isEqualTo("inner/15.jpg");
    try (ImageModel model = ImageModel.load(variant)) {
      for (CSVRecord row : rows) {
        List<RankedClass> expected = model.predict(read(model, row.get("image"))).top(0, 4);
        for (int rank = 1; rank <= 4; rank++) {
          String suffix = rank == 1 ? "" : " " + rank;
          RankedClass found = expected.get(rank - 1);
          assertThat(row.get("class" + suffix)).isEqualTo(found.name());
          assertThat(Double.parseDouble(row.get("probability" + suffix)))
              .isCloseTo(found.probability(), within(1e-5));
        }
      }
    }
  }

  private FloatArray read(ImageModel model, String name) {
    FloatArray image = model.preprocessing().apply(Images.read(images.resolve(name)));
    return FloatArray.of(image.values(), 1, SIDE, SIDE, 3);
  }

  @Test
  void explainsByTwoModelsAndManyMethods() throws IOException {
    Path out = folder.resolve("out");
    assertThat(
            run(
                "attribute",
                "--model",
                regular + "," + variant,
                "--images",
                images,
                "--methods",
                "auto,xg,ig,eg",
                "--draws",
                "200",
                "--shown",
                "3",
                "--out",
                out))
        .isEqualTo(new Outcome(0, ""));
    List<CSVRecord> rows = rows(out.resolve("attributions.csv"));
    // X-Gradient does not apply to the regular network.
    assertThat(rows).hasSize(IMAGES * (3 + 4));
    for (CSVRecord row : rows) {
      String method = row.get("method");
      double change = number(row, "output") - number(row, "baseline output");
      double sum = number(row, "sum of attributions");
      assertThat(number(row, "completeness error"))
          .isCloseTo(Math.abs(sum - change) / Math.abs(change), within(1e-9));
      boolean isVariant = row.get("network").equals("of-x-convnet");
      if (isVariant && !method.equals("eg")) {
        assertThat(number(row, "baseline output")).isZero();
        assertThat(sum).isCloseTo(change, within(ROUNDING * Math.abs(change)));
      } else if (!method.equals("eg")) {
        // Integrated Gradients with 128 steps, or within the tolerance of the automatic choice.
        assertThat(sum).isCloseTo(change, within(0.05 * Math.abs(change) + 0.05));
      }
      assertThat(out.resolve(row.get("network")).resolve(row.get("image") + "-" + method + ".png"))
          .isRegularFile();
    }
    assertExpectedGradientsAddUpOnAverage(rows);
    assertThat(out.resolve("of-convnet-sheet-1.png")).isRegularFile();
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page).contains("xg is not shown", "03.jpg").doesNotContain("04.png");
  }

  /** Over many images the noise of 200 draws each averages out. */
  private static void assertExpectedGradientsAddUpOnAverage(List<CSVRecord> rows) {
    double gap = 0;
    double size = 0;
    for (CSVRecord row : rows) {
      if (row.get("method").equals("eg")) {
        double change = number(row, "output") - number(row, "baseline output");
        gap += number(row, "sum of attributions") - change;
        size += Math.abs(change);
      }
    }
    assertThat(Math.abs(gap)).isLessThan(0.1 * size);
    assertThat(size).isPositive();
  }

  private static double number(CSVRecord row, String column) {
    return Double.parseDouble(row.get(column));
  }

  @Test
  void takesOnePhotoToo() throws IOException {
    Path out = folder.resolve("one.csv");
    Path photo = images.resolve("inner/15.jpg");
    assertThat(run("predict", "--model", variant, "--images", photo, "--out", out))
        .isEqualTo(new Outcome(0, ""));
    assertThat(rows(out)).hasSize(1);
    assertThat(rows(out).get(0).get("image")).isEqualTo("15.jpg");
    assertThat(run("attribute", "--model", variant, "--images", photo, "--out", "-").error())
        .contains("--out must name a directory for texts and images");
    Path text = Files.writeString(folder.resolve("photo.jpg"), "no photo");
    assertThat(
            run("predict", "--model", variant, "--images", text, "--out", out, "--force").error())
        .contains("photo.jpg: file must be a JPEG, PNG, WebP, TIFF, BMP or GIF image");
  }

  @Test
  void takesNoMoreThanTheLimitAndReferencesFromElsewhere() throws IOException {
    Path references = folder.resolve("references");
    ImageInputs.writeImage(references.resolve("one.png"), 30, 30, 4);
    Path out = folder.resolve("out");
    assertThat(
            run(
                "attribute",
                "--model",
                variant,
                "--images",
                images,
                "--method",
                "eg",
                "--references",
                references,
                "--draws",
                "3",
                "--limit",
                "2",
                "--strict",
                "--out",
                out))
        .isEqualTo(new Outcome(0, ""));
    List<CSVRecord> rows = rows(out.resolve("attributions.csv"));
    assertThat(rows.stream().map(row -> row.get("image"))).containsExactly("01.jpg", "02.png");
    try (ImageModel model = ImageModel.load(variant)) {
      FloatArray image = model.preprocessing().apply(Images.read(references.resolve("one.png")));
      float[] logits =
          model.predict(FloatArray.of(image.values(), 1, SIDE, SIDE, 3)).logits().values();
      for (CSVRecord row : rows) {
        assertThat(number(row, "baseline output"))
            .isCloseTo(logits[Integer.parseInt(row.get("class index"))], within(ROUNDING));
      }
    }
  }

  @Test
  void exportsWithAnotherMethodAndWithoutBiases() {
    Path exported = folder.resolve("exported");
    assertThat(run("export", "--model", regular, "--out", exported, "--method", "ixg"))
        .isEqualTo(new Outcome(0, ""));
    Path stripped = folder.resolve("stripped");
    assertThat(run("strip-bias", "--model", exported, "--out", stripped))
        .isEqualTo(new Outcome(0, ""));
    assertThat(run("check", "--model", stripped).code()).isZero();
    try (ImageModel before = ImageModel.load(regular);
        ImageModel same = ImageModel.load(exported);
        ImageModel without = ImageModel.load(stripped);
        ImageModel expected = ImageModel.load(variant)) {
      FloatArray image = read(before, "01.jpg");
      assertThat(same.predict(image).logits().values())
          .containsExactly(before.predict(image).logits().values(), within(1e-5f));
      assertThat(without.predict(image).logits().values())
          .containsExactly(expected.predict(image).logits().values(), within(1e-5f));
      assertThat(without.info().network()).isEqualTo("x-convnet");
      assertThat(without.info().biases()).isFalse();
    }
  }

  private static List<CSVRecord> rows(Path file) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
      return parser.getRecords();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "predict --model VARIANT --images IMAGES --strict | 03-torn.jpg",
        "predict --model VARIANT --images IMAGES --top 5 | --top must be from 1 to the 4 classes of the model, found 5",
        "predict --model VARIANT --images IMAGES --limit 0 | --limit must be at least 1, found 0",
        "predict --model VARIANT,REGULAR --images IMAGES | there must be one model, found [of-x-convnet, of-convnet]",
        "predict --model VARIANT --images none | cannot read none (there is no such file)",
        "predict --model VARIANT --images TEXTS | must hold images (JPEG, PNG, WebP, TIFF, BMP or GIF), found none in 1 files",
        "predict --model VARIANT --data none.csv | is a model of images; give them with --images FOLDER",
        "attribute --model VARIANT --images IMAGES --strict | 03-torn.jpg",
        "attribute --model VARIANT --images TEXTS | must hold images (JPEG, PNG, WebP, TIFF, BMP or GIF), found none in 1 files",
        "attribute --model VARIANT --images IMAGES --method eg --references TEXTS | must hold images (JPEG, PNG, WebP, TIFF, BMP or GIF)",
        "attribute --model VARIANT --images IMAGES --method eg --draws 0 | --draws must be at least 1, found 0",
        "attribute --model REGULAR --images IMAGES --method xg | none of the methods [xg] applies to of-convnet",
        "attribute --model VARIANT --images IMAGES --shown 0 | --shown must be at least 1, found 0",
      })
  void reportsBadInputInOneLine(String command, String expected) throws IOException {
    Path texts = Files.createDirectory(folder.resolve("texts"));
    Files.writeString(texts.resolve("notes.txt"), "not an image");
    Path out = folder.resolve("out");
    List<String> arguments = new ArrayList<>();
    for (String word : Splitter.on(' ').split(command.strip())) {
      arguments.add(
          word.replace("VARIANT", variant.toString())
              .replace("REGULAR", regular.toString())
              .replace("IMAGES", images.toString())
              .replace("TEXTS", texts.toString()));
    }
    arguments.addAll(List.of("--out", out.toString()));
    Outcome outcome = run(arguments);
    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.error().strip().lines()).hasSize(1);
    assertThat(outcome.error()).startsWith("xgradient: ").contains(expected);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().contains("out"));
    }
  }
}
