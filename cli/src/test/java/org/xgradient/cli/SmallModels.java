package org.xgradient.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xgradient.cli.Commands.run;

import com.google.common.collect.Iterators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.cli.Commands.Outcome;
import org.xgradient.data.format.Safetensors;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.training.model.ModelExport;

/** Models that are small, with biases, and hardly trained. */
public final class SmallModels {

  private static final int SIDE = 12;

  private SmallModels() {}

  /** The number of operations of a model's graph. */
  public static int operations(GraphSession session) {
    return Iterators.size(((Graph) session.ops().scope().env()).operations());
  }

  /** A model directory for {@link Commands#writeTable}. */
  public static Path ofTable(Path folder, Path table) {
    return made(
        folder.resolve("of table"),
        "train --bias --epochs 2 --label sick --data".split(" "),
        table.toString());
  }

  /** Some texts of two classes, a line each. */
  public static Path writeTexts(Path folder, int count) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add("A%d:x the word %s is of it".formatted(i % 2, i % 2 == 0 ? "how" : "who"));
    }
    return Files.write(folder.resolve("texts.txt"), lines);
  }

  /** A model directory for {@link #writeTexts}. */
  public static Path ofTexts(Path folder, Path texts) {
    return made(
        folder.resolve("of texts"),
        "train --bias --dimension 4 --filters 4 --widths 1,2 --epochs 1 --label-until : --text"
            .split(" "),
        texts.toString());
  }

  /** Some images of different sizes. */
  public static Path writeImages(Path folder, int count) throws IOException {
    Path images = folder.resolve("images");
    for (int i = 0; i < count; i++) {
      ImageInputs.writeImage(images.resolve("%03d.png".formatted(i)), 14 + i % 3, 13, 1 + i % 5);
    }
    return images;
  }

  /** A model directory for images. */
  public static Path ofImages(Path folder) throws IOException {
    Path weights = folder.resolve("weights.safetensors");
    Safetensors.write(
        weights,
        ImageInputs.inModule(
            ImageInputs.pytorchWeights(Networks.smallConvNet(SIDE, 3, 4), 0.3, 7)));
    Path classes = Files.write(folder.resolve("classes.txt"), List.of("a", "b", "c", "d"));
    return made(
        folder.resolve("of images"),
        "import --network convnet --image-size 12 --classes".split(" "),
        classes.toString(),
        "--weights",
        weights.toString());
  }

  /** A SavedModel of three numbers, as others write it. */
  public static Path ofOthers(Path folder) throws IOException {
    Path model = folder.resolve("of others");
    try (GraphSession session = GraphSession.open()) {
      var built = Networks.mlp(3, 2, 8).build(session, 1);
      new ModelExport(built, IntegratedGradients.withDefaults(), true).write(model);
    }
    return model;
  }

  /** A table for {@link #ofOthers}. */
  public static Path writeNumbers(Path folder, int count) throws IOException {
    List<String> lines = new ArrayList<>(List.of("a,b,c,label"));
    for (int i = 0; i < count; i++) {
      lines.add("%d,%d,%d,%d".formatted(i % 7 - 3, i % 5, i % 3, i % 2));
    }
    return Files.write(folder.resolve("numbers.csv"), lines);
  }

  private static Path made(Path out, String[] command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--out", out.toString()));
    assertThat(run(arguments)).isEqualTo(new Outcome(0, ""));
    return out;
  }
}
