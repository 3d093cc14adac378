package org.xgradient.experiments.image;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.xgradient.data.DataRandom;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;
import org.xgradient.data.Subset;
import org.xgradient.data.image.DecoyMode;
import org.xgradient.data.image.DecoyShapes;
import org.xgradient.data.image.ImageSet;
import org.xgradient.data.image.Mnist;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.training.Trainer;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.optimizer.Adam;

/** Trains small convolutional networks for experiments. */
final class TrainedHere {

  private final ImageSubjects subjects;

  TrainedHere(ImageSubjects subjects) {
    this.subjects = subjects;
  }

  private record Data(Dataset train, Dataset test) {}

  OpenNetwork open(ImageTask task) {
    Data data = subjects.idx().isEmpty() ? shapes(task.seed()) : digits(task.seed());
    ImmutableIntArray shape = data.train().inputShape();
    Network regular = Networks.smallConvNet(shape.get(0), shape.get(2), data.train().outputs());
    GraphSession session = GraphSession.open(SessionOptions.singleThreaded());
    try {
      NetworkModel model =
          (task.hasBiases() ? regular : regular.withoutBiases()).build(session, task.seed());
      Trainer.of(model, Objective.of(Loss.softmaxCrossEntropy()), Adam.withDefaults())
          .fit(
              data.train(),
              ImageTrainingPlan.withDefaults().withEpochs(subjects.epochs()).options(task.seed()));
      return new OpenNetwork(model, data.test(), TrainedHere::threeChannels, session);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** Generated shapes without the cue. */
  private Data shapes(long seed) {
    ImageSet train =
        DecoyShapes.generate(
                subjects.trainImages(), DecoyMode.CLEAN, Seeds.derive(seed, "training images"))
            .set();
    ImageSet test =
        DecoyShapes.generate(subjects.count(), DecoyMode.CLEAN, Seeds.derive(seed, "test images"))
            .set();
    return new Data(train, test);
  }

  /** Two different parts of the files, drawn from the seed. */
  private Data digits(long seed) {
    List<String> files = subjects.idx();
    ImageSet all = Mnist.read(Path.of(files.get(0)), Path.of(files.get(1)));
    int test = subjects.count();
    int needed = test + subjects.trainImages();
    checkArgument(
        needed <= all.size(),
        "\"count\" and \"trainImages\" must be at most %s together, the number of images in %s,"
            + " found %s",
        all.size(),
        files.get(0),
        needed);
    int[] order = new DataRandom(Seeds.derive(seed, "split")).permutation(all.size());
    return new Data(
        new Subset(all, ImmutableIntArray.copyOf(Arrays.copyOfRange(order, test, needed))),
        new Subset(all, ImmutableIntArray.copyOf(Arrays.copyOf(order, test))));
  }

  private static FloatArray threeChannels(FloatArray image) {
    return image.shape().get(2) == 3 ? image : PixelMask.ofChannels(image, 3);
  }
}
