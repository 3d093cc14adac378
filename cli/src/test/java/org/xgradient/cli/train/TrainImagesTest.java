package org.xgradient.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xgradient.cli.Commands.run;

import com.google.common.base.Splitter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.cli.Commands.Outcome;
import org.xgradient.data.ChecksumManifest;
import org.xgradient.data.DataRandom;
import org.xgradient.training.image.ImageModel;

/** {@code train --images}. */
class TrainImagesTest {

  private static final int PER_CLASS = 30;

  @TempDir private Path folder;
  private Path images;

  /** Horizontal and vertical stripes: six classes by direction and width, for a top-5 accuracy. */
  @BeforeEach
  void writeImages() throws IOException {
    images = folder.resolve("stripes");
    DataRandom random = new DataRandom(5);
    for (int label = 0; label < 6; label++) {
      for (int i = 0; i < PER_CLASS; i++) {
        write(images.resolve("class-" + label).resolve(i + ".png"), label, random);
      }
    }
    Files.writeString(images.resolve("class-0/notes.txt"), "not an image");
  }

  private static void write(Path file, int label, DataRandom random) throws IOException {
    BufferedImage image = new BufferedImage(10, 10, BufferedImage.TYPE_INT_RGB);
    int period = 2 + label / 2;
    int shift = random.nextInt(4);
    for (int row = 0; row < 10; row++) {
      for (int column = 0; column < 10; column++) {
        int place = label % 2 == 0 ? row : column;
        int gray = (place + shift) / period % 2 == 0 ? 200 : 20 + random.nextInt(40);
        image.setRGB(column, row, gray << 16 | gray << 8 | gray);
      }
    }
    Files.createDirectories(file.getParent());
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
  }

  private List<String> train(Path model, String more) {
    List<String> arguments = new ArrayList<>(List.of("train", "--images", images.toString()));
    arguments.addAll(List.of("--out", model.toString(), "--image-size", "10"));
    Splitter.on(' ').omitEmptyStrings().split(more).forEach(arguments::add);
    return arguments;
  }

  @Test
  void trainsPredictsAndExplains() throws IOException {
    Path model = folder.resolve("model");
    assertThat(run(train(model, "--epochs 25 --learning-rate 0.005 --prior smooth --lambda 0.01")))
        .isEqualTo(new Outcome(0, ""));
    try (ImageModel loaded = ImageModel.load(model)) {
      assertThat(loaded.classes().names())
          .containsExactly("class-0", "class-1", "class-2", "class-3", "class-4", "class-5");
      assertThat(loaded.info().network()).isEqualTo("x-convnet");
      var facts = loaded.info().provenance().facts();
      assertThat(Double.parseDouble(facts.getOrDefault("test accuracy", "0"))).isGreaterThan(0.7);
      assertThat(Double.parseDouble(facts.getOrDefault("test top-5 accuracy", "0")))
          .isGreaterThan(0.9);
      assertThat(facts).containsEntry("prior", "smooth").containsEntry("data", "stripes");
    }
    assertThat(run("check", "--model", model).code()).isZero();
    Path predictions = folder.resolve("predictions.csv");
    assertThat(run("predict", "--model", model, "--images", images, "--out", predictions).code())
        .isZero();
    List<String> lines = Files.readAllLines(predictions);
    assertThat(lines).hasSize(6 * PER_CLASS + 1);
    // class-3/12.png,class-3,0.98
    long right =
        lines.stream().skip(1).filter(line -> line.contains("," + line.substring(0, 7))).count();
    assertThat(right).isGreaterThan((long) (0.7 * 6 * PER_CLASS));
  }

  @ParameterizedTest
  @CsvSource({
    "--optimizer sgd --learning-rate 0.01 --schedule step --step-epochs 1 --weight-decay 0.0001",
    "--prior gini --method xg --lambda 0.1 --crop-border 1 --flip --mixup 0.7",
    "--prior l1 --method eg --references 2 --network convnet",
  })
  void takesTheOptionsOfTables(String options) throws IOException {
    Path model = folder.resolve("model");
    assertThat(run(train(model, options + " --epochs 1"))).isEqualTo(new Outcome(0, ""));
    Path again = folder.resolve("again");
    assertThat(run(train(again, options + " --epochs 1"))).isEqualTo(new Outcome(0, ""));
    assertThat(checksums(again)).isEqualTo(checksums(model));
  }

  /** A corner tells the classes apart; where it must not count, only the stripes do. */
  @Test
  void aRegionOfTheImagesIsNotReliedOn() throws IOException {
    DataRandom random = new DataRandom(6);
    for (int label = 0; label < 6; label++) {
      for (int i = 0; i < 3 * PER_CLASS; i++) {
        Path file = images.resolve("class-" + label).resolve(i + ".png");
        write(file, label, random);
        paintCorner(file, label);
      }
    }
    String alike = "--epochs 12 --learning-rate 0.005 --seed 2";
    Path model = folder.resolve("model");
    Outcome kept =
        run(train(model, alike + " --prior mask --region 0,0,3,3 --lambda 1 --strict-prior"));
    assertThat(kept).isEqualTo(new Outcome(0, ""));
    try (ImageModel loaded = ImageModel.load(model)) {
      var facts = loaded.info().provenance().facts();
      assertThat(facts).containsEntry("masked regions", "[0,0,3,3]");
      assertThat(Double.parseDouble(facts.getOrDefault("test accuracy", "0"))).isGreaterThan(0.8);
    }
    Outcome broken =
        run(
            train(
                folder.resolve("broken"),
                alike + " --prior mask --region 0,0,3,3 --lambda 0 --strict-prior"));
    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.error()).contains("the masked region of another image changes");
  }

  private static void paintCorner(Path file, int label) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        image.setRGB(
            column, row, 0x800000 * (label % 2) + 0x8000 * (label / 2 % 2) + 0x80 * (label / 4));
      }
    }
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
  }

  @Test
  void goesOnAsIfItHadNeverStopped() throws Exception {
    String options =
        "--network convnet --optimizer sgd --schedule cosine --mixup 0.2 --crop-border 2 --flip"
            + " --epochs 60 --batch-size 16 --patience 1000 --checkpoint-every 1";
    Path whole = folder.resolve("whole");
    assertThat(run(train(whole, options))).isEqualTo(new Outcome(0, ""));
    Path model = folder.resolve("model");
    Outcome stopped = stopAfterFirstCheckpoint(model, options);
    assertThat(stopped.code()).isEqualTo(130);
    assertThat(stopped.error()).contains("training was interrupted before step");
    assertThat(run(train(model, options + " --resume"))).isEqualTo(new Outcome(0, ""));
    assertThat(checksums(model)).isEqualTo(checksums(whole));
  }

  private Outcome stopAfterFirstCheckpoint(Path model, String options) throws Exception {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread thread = new Thread(() -> outcome.complete(run(train(model, options))));
    thread.start();
    while (!Files.exists(folder.resolve("model.training").resolve("checkpoint.safetensors"))
        && thread.isAlive()) {
      Thread.sleep(5);
    }
    thread.interrupt();
    return outcome.get();
  }

  private static String checksums(Path model) throws IOException {
    ChecksumManifest.verify(model);
    return Files.readString(model.resolve(ChecksumManifest.FILE));
  }

  @Test
  void beginsWithTheWeightsOfAnotherModel() throws IOException {
    Path first = folder.resolve("first");
    assertThat(run(train(first, "--epochs 1")).code()).isZero();
    Path second = folder.resolve("second");
    Path weights = first.resolve(ImageModel.WEIGHTS);
    // At a rate of 0 nothing changes.
    assertThat(run(train(second, "--epochs 1 --learning-rate 0 --weights " + weights)))
        .isEqualTo(new Outcome(0, ""));
    assertThat(Files.readAllBytes(second.resolve(ImageModel.WEIGHTS)))
        .isEqualTo(Files.readAllBytes(weights));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--images IMAGES --data t.csv | found both",
        "--label sick | missing: --data FILE.csv with --label COLUMN, --images FOLDER or --text FILE",
        "--data t.csv --label sick --network x-convnet | --network is of no use with a table",
        "--images IMAGES --bias | --bias is for tables",
        "--images IMAGES --prior mask --mask x | --mask names columns or words, found images",
        "--images IMAGES --prior group | --prior group speaks of columns of a table",
        "--images IMAGES --prior mask | --prior mask needs the part of the images to keep",
        "--images IMAGES --prior gini --region 0,0,2,2 | --region goes with --prior mask, found --prior gini",
        "--images IMAGES --image-size 10 --prior mask --region 8,0,3,2 | --region must lie in the 10 x 10 pixels",
        "--images IMAGES --prior mask --region 0,0,0,2 | must be LEFT,TOP,WIDTH,HEIGHT in pixels",
        "--images IMAGES --prior mask --region 0,0,2 | must be LEFT,TOP,WIDTH,HEIGHT in pixels",
        "--data t.csv --label sick --region 0,0,2,2 | --region is of no use with a table",
        "--images IMAGES --network alexnet,vgg16 | --network must name one network, found [alexnet, vgg16]",
        "--images IMAGES --network squeezenet | squeezenet has 1000 classes, found 6",
        "--images IMAGES --categorical x | --categorical is of no use with images; leave it out",
        "--images IMAGES --prior gini --strict-prior | --strict-prior is for images with --prior mask",
        "--images IMAGES --mixup 0 | alpha must be above 0",
        "--images IMAGES --crop-border -1 | the border at least 0",
        "--images IMAGES --strict | notes.txt",
        "--images IMAGES --network convnet --prior gini | needs a network without biases; name one with an x- before its name (--network), or give --method ig",
        "--images IMAGES/class-1 | must hold images as class/file",
        "--images none | none",
        "--images IMAGES --step-factor 2 --schedule step | the factor must be in (0, 1]",
        "--images IMAGES --validation 0.9 --test 0.5 | must be at least 0 and less than 1 together",
        "--images IMAGES --weights none.pth | none.pth",
        "--images ONE | there must be at least two classes",
      })
  void reportsBadInputInOneLine(String options, String expected) throws IOException {
    Path one = folder.resolve("one");
    write(one.resolve("only/a.png"), 1, new DataRandom(1));
    write(one.resolve("only/b.png"), 1, new DataRandom(2));
    write(one.resolve("only/c.png"), 1, new DataRandom(3));
    List<String> arguments = new ArrayList<>(List.of("train"));
    for (String word : Splitter.on(' ').split(options.strip())) {
      arguments.add(word.replace("IMAGES", images.toString()).replace("ONE", one.toString()));
    }
    arguments.addAll(List.of("--out", folder.resolve("m").toString()));
    Outcome outcome = run(arguments);
    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.error().strip().lines()).hasSize(1);
    assertThat(outcome.error()).startsWith("xgradient: ").contains(expected);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("stripes", "one");
    }
  }
}
