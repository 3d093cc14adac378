import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.xgradient.attribution.heatmap.Picture;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;
import org.xgradient.data.image.DecoyMode;
import org.xgradient.data.image.DecoyShapes;
import org.xgradient.data.image.ImageSet;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.training.optimizer.Adam;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.image.ImageNetwork;
import org.xgradient.training.image.WeightFiles;

/** Makes what docs/images.md works with: the weights of a small network, and images for it. */
final class Shapes {

  private static final List<String> NAMES =
      List.of("disc", "square", "triangle", "plus", "ring", "bar");

  /** The argument is the folder to write to. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Path images = Files.createDirectories(folder.resolve("images"));
    Files.write(folder.resolve("names.txt"), NAMES);
    FloatArray unseen = DecoyShapes.generate(12, DecoyMode.CLEAN, 2).set().images();
    for (int i = 0; i < unseen.rows(); i++) {
      FloatArray image =
          FloatArray.of(unseen.rows(i, i + 1).values(), unseen.rowShape().toArray());
      Files.write(images.resolve("shape%02d.png".formatted(i)), Picture.of(image).png());
    }
    writeLabelled(folder.resolve("decoys"));
    ImageNetwork network =
        ImageNetwork.named("x-convnet", DecoyShapes.CLASSES, DecoyShapes.SIDE);
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network.network().build(session, 3);
      var trained =
          Trainer.of(model, Objective.of(Loss.of(Task.MULTICLASS)), Adam.withDefaults())
              .fit(
                  DecoyShapes.generate(1000, DecoyMode.CLEAN, 1).set(),
                  TrainingOptions.withDefaults().withEpochs(10).withBatchSize(32));
      WeightFiles.write(
          folder.resolve("weights.safetensors"), network.network().name(), trained.weights());
    }
  }

  /** Images with a patch in the corner whose colour gives the class away, a folder for each class. */
  private static void writeLabelled(Path folder) throws Exception {
    ImageSet set = DecoyShapes.generate(300, DecoyMode.ALIGNED, 4).set();
    for (int i = 0; i < set.images().rows(); i++) {
      Path of = Files.createDirectories(folder.resolve(NAMES.get((int) set.labels().values()[i])));
      FloatArray image =
          FloatArray.of(
              set.images().rows(i, i + 1).values(), set.images().rowShape().toArray());
      Files.write(of.resolve(i + ".png"), Picture.of(image).png());
    }
  }
}
