package org.xgradient.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.DataException;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.data.image.ClassNames;
import org.xgradient.data.image.Images;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Target;
import org.xgradient.training.image.ImageModel;
import org.xgradient.training.image.ImageModelInfo;
import org.xgradient.training.image.ImageNetwork;

/** Against the library, image by image. */
class ImageColumnTest {

  private static final int SIDE = 12;
  private static final int IMAGES = 20;
  private static final double ROUNDING = 1e-5;

  /** Tasks of this process, which is driver and executor, see this. */
  private static final AtomicInteger READ = new AtomicInteger();

  @TempDir private static Path folder;

  @BeforeAll
  static void write() throws IOException {
    var random = new DataRandom(4);
    Files.createDirectories(folder.resolve("photos"));
    for (int i = 0; i < IMAGES; i++) {
      var image = new BufferedImage(14, 13, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < 13; y++) {
        for (int x = 0; x < 14; x++) {
          image.setRGB(x, y, random.nextInt(1 << 24));
        }
      }
      ImageIO.write(image, "png", folder.resolve("photos/%02d.png".formatted(i)).toFile());
    }
    ImageNetwork network = ImageNetwork.named("x-convnet", 2, SIDE);
    try (GraphSession session = GraphSession.open()) {
      ImageModel.write(
          folder.resolve("model"),
          network.network().build(session, 5),
          new XGradient(),
          ImageModelInfo.of(
              network.network(),
              network.preprocessing(),
              new ClassNames(ImmutableList.of("cat", "dog")),
              Provenance.ofThisProcess()));
    }
  }

  private static AttributionTransformer stage() {
    return AttributionTransformer.of(folder.resolve("model").toString());
  }

  private static Dataset<Row> files() {
    return LocalSpark.session()
        .read()
        .format("binaryFile")
        .load(folder.resolve("photos").toString())
        .withColumnRenamed("content", "image");
  }

  private static List<Row> explained(AttributionTransformer stage, Dataset<Row> rows) {
    return stage.transform(rows).orderBy("path").collectAsList();
  }

  @Test
  void explainsPixelsLikeTheLibrary() {
    List<Row> found =
        explained(stage().setTargetClasses("dog").setPredictionCol("prediction"), files());
    assertThat(found).hasSize(IMAGES);
    try (ImageModel model = ImageModel.load(folder.resolve("model"))) {
      for (int i = 0; i < IMAGES; i++) {
        FloatArray seen =
            model
                .preprocessing()
                .apply(Images.read(folder.resolve("photos/%02d.png".formatted(i))));
        FloatArray one = FloatArray.of(seen.values(), 1, SIDE, SIDE, 3);
        Attributions expected =
            Attributor.of(
                    model,
                    new XGradient(),
                    AttributorOptions.withDefaults().withTarget(Target.index(1)))
                .attribute(one);
        List<Double> shares = found.get(i).getList(found.get(i).fieldIndex("attribution"));
        assertThat(shares).hasSize(SIDE * SIDE);
        for (int pixel = 0; pixel < shares.size(); pixel++) {
          double sum = 0;
          for (int channel = 0; channel < 3; channel++) {
            sum += expected.values().values()[pixel * 3 + channel];
          }
          assertThat(shares.get(pixel)).isEqualTo(sum, within(ROUNDING));
        }
        assertThat(found.get(i).<Double>getAs("explained"))
            .isEqualTo(expected.explained().values()[0], within(ROUNDING));
        float[] logits = expected.logits().values();
        assertThat(found.get(i).<String>getAs("prediction"))
            .isEqualTo(logits[1] > logits[0] ? "dog" : "cat");
      }
    }
  }

  @Test
  void takesTheImagesThatSparkReads() {
    List<Row> ofFiles = explained(stage(), files());
    Dataset<Row> images =
        LocalSpark.session()
            .read()
            .format("image")
            .load(folder.resolve("photos").toString())
            .withColumn("path", functions.col("image.origin"));
    assertThat(explained(stage(), images))
        .extracting(row -> row.getList(row.fieldIndex("attribution")))
        .isEqualTo(
            ofFiles.stream().map(row -> row.getList(row.fieldIndex("attribution"))).toList());
  }

  @Test
  void pixelsAreVectorsToo() {
    List<Row> arrays = explained(stage(), files());
    List<Row> vectors = explained(stage().setOutputType("vector"), files());
    for (int i = 0; i < IMAGES; i++) {
      assertThat(vectors.get(i).<Vector>getAs("attribution").toArray())
          .isEqualTo(
              arrays.get(i).<Double>getList(arrays.get(i).fieldIndex("attribution")).stream()
                  .mapToDouble(d -> d)
                  .toArray());
    }
  }

  /** Ten thousand rows of pixels would fill the driver. */
  @Test
  void referencesAreRefusedBeforeAJob() {
    READ.set(0);
    Dataset<Row> counted = files().filter((FilterFunction<Row>) row -> READ.incrementAndGet() > 0);
    assertThatThrownBy(() -> stage().setReferences(counted, 2, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("method eg, whose references setReferences draws")
        .hasMessageContaining("found one of images");
    assertThatThrownBy(() -> stage().setMethod("eg").transform(counted))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found one of images");
    assertThat(READ).hasValue(0);
  }

  @Test
  void fieldsOfImagesAreChecked() {
    Dataset<Row> longs =
        files()
            .withColumn(
                "image",
                functions.expr(
                    "named_struct('height', 1L, 'width', 1, 'nChannels', 1, 'data', image)"));
    assertThatThrownBy(() -> stage().transform(longs))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column \"image\" must be the content of files, or an image")
        .hasMessageContaining("height, width and nChannels, which are int");
    Dataset<Row> without =
        files()
            .limit(1)
            .withColumn("id", functions.lit(7))
            .withColumn(
                "image",
                functions.expr(
                    "named_struct('height', cast(null as int), 'width', 1, 'nChannels', 1,"
                        + " 'data', image)"));
    assertThatThrownBy(() -> stage().setIdCol("id").transform(without).collectAsList())
        .hasStackTraceContaining("the row with id = 7: column \"image\" must be")
        .hasStackTraceContaining("found one of null x 1, 1 channels");
    assertThat(stage().setHandleInvalid("skip").transform(without).count()).isZero();
  }

  @Test
  void refusesWhatIsNoImage() {
    assertThatThrownBy(() -> stage().setOutputType("struct").transform(files()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("of a model of images must be array or vector, found struct");
    assertThatThrownBy(() -> stage().setImageCol("path").transform(files()))
        .hasMessageContaining("column \"path\" must be the content of files, or an image");
    assertThatThrownBy(() -> stage().setIdCol("path").explainLong(files()))
        .hasMessageContaining("images have neither");
    Dataset<Row> broken =
        files().withColumn("image", functions.expr("substring(image, 1, 40)")).limit(1);
    assertThatThrownBy(() -> stage().setIdCol("path").transform(broken).collectAsList())
        .hasStackTraceContaining("column \"image\" must be the content of an image's file");
    assertThat(stage().setHandleInvalid("skip").transform(broken).count()).isZero();
  }
}
