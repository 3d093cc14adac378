package org.xgradient.benchmarks.campaign.kill;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.xgradient.attribution.heatmap.Picture;
import org.xgradient.benchmarks.campaign.harness.Cli;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;
import org.xgradient.data.image.DecoyMode;
import org.xgradient.data.image.DecoyShapes;
import org.xgradient.data.image.ImageSet;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.image.ImageNetwork;
import org.xgradient.training.image.WeightFiles;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.optimizer.Adam;

/**
 * What the work that is killed reads, and the options that name it.
 *
 * @param folder where it is
 */
record KillFiles(Path folder) {

  static final String TRAINING = "train --label sick --bias --patience 1000";

  private static final String TABLE = "table.csv";
  private static final String MODEL = "model";
  private static final String LARGE_MODEL = "large";
  private static final String IMAGES = "images";
  private static final String IMAGE_MODEL = "image-model";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String GRID = "grid.json";
  private static final int ROWS = 6_000;
  private static final int PICTURES = 96;

  private static final String CONFIGURATION =
      """
      {
        "data": {"kind": "synthetic", "rows": 2000, "seed": 1},
        "hidden": [64, 32], "epochs": 30, "repetitions": 6, "lambdas": [1],
        "methods": [
          {"name": "XG", "attribution": "xg", "points": 1, "prior": "gini", "biases": false},
          {"name": "EG(1)", "attribution": "eg", "points": 1, "prior": "gini", "biases": true},
          {"name": "none", "attribution": "none", "points": 1, "prior": "none", "biases": true}
        ]
      }
      """;

  String table() {
    return " --data " + folder.resolve(TABLE);
  }

  String model() {
    return " --model " + folder.resolve(MODEL);
  }

  String largeModel() {
    return " --model " + folder.resolve(LARGE_MODEL);
  }

  String images() {
    return " --images " + folder.resolve(IMAGES);
  }

  String imageModel() {
    return " --model " + folder.resolve(IMAGE_MODEL);
  }

  String weights() {
    return " --weights " + folder.resolve(WEIGHTS) + " --classes " + folder.resolve("names.txt");
  }

  Path grid() {
    return folder.resolve(GRID);
  }

  /** Writes a table and images, and trains models on them: a large one takes time to be written. */
  void write() throws IOException, InterruptedException {
    DataRandom random = new DataRandom(3);
    List<String> lines = new ArrayList<>(List.of("a,b,c,sick"));
    for (int i = 0; i < ROWS; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double noise = random.nextGaussian();
      lines.add(
          String.format(
              Locale.ROOT, "%.4f,%.4f,%.4f,%s", a, b, noise, a - b + noise > 0 ? "yes" : "no"));
    }
    Files.write(folder.resolve(TABLE), lines);
    Files.writeString(grid(), CONFIGURATION);
    train(MODEL, "64,32", 3);
    train(LARGE_MODEL, "2000,2000", 1);
    writeImages();
    Cli.run(
        words(
            "import --network x-convnet --image-size %d%s --out %s"
                .formatted(DecoyShapes.SIDE, weights(), folder.resolve(IMAGE_MODEL))));
  }

  private void train(String name, String hidden, int epochs)
      throws IOException, InterruptedException {
    Cli.run(
        words(
            "%s --epochs %d --hidden %s%s --out %s"
                .formatted(TRAINING, epochs, hidden, table(), folder.resolve(name))));
  }

  private static List<String> words(String command) {
    return Splitter.on(' ').splitToList(command);
  }

  /** Images in a folder for each class, and weights of a network for them. */
  private void writeImages() throws IOException {
    ImageSet set = DecoyShapes.generate(PICTURES, DecoyMode.CLEAN, 1).set();
    List<String> names = new ArrayList<>();
    for (int label = 0; label < DecoyShapes.CLASSES; label++) {
      names.add("shape" + label);
      Files.createDirectories(folder.resolve(IMAGES).resolve(names.get(label)));
    }
    Files.write(folder.resolve("names.txt"), names);
    FloatArray images = set.images();
    for (int i = 0; i < images.rows(); i++) {
      FloatArray image = FloatArray.of(images.rows(i, i + 1).values(), images.rowShape().toArray());
      Path file =
          folder
              .resolve(IMAGES)
              .resolve("shape%d/%03d.png".formatted((int) set.labels().values()[i], i));
      Files.write(file, Picture.of(image).png());
    }
    ImageNetwork network = ImageNetwork.named("x-convnet", DecoyShapes.CLASSES, DecoyShapes.SIDE);
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network.network().build(session, 3);
      var trained =
          Trainer.of(model, Objective.of(Loss.of(Task.MULTICLASS)), Adam.withDefaults())
              .fit(set, TrainingOptions.withDefaults().withEpochs(1).withBatchSize(32));
      WeightFiles.write(folder.resolve(WEIGHTS), network.network().name(), trained.weights());
    }
  }
}
