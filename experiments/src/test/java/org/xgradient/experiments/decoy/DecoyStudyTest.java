package org.xgradient.experiments.decoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xgradient.data.FloatArray;
import org.xgradient.data.image.DecoyMode;
import org.xgradient.data.image.DecoyShapes;
import org.xgradient.experiments.decoy.DecoyStudy.Task;
import org.xgradient.experiments.image.ImageTrainingPlan;
import org.xgradient.experiments.image.PixelMask;

class DecoyStudyTest {

  private static final DecoyOptions OPTIONS =
      DecoyOptions.withDefaults()
          .withImages(400, 100)
          .withTraining(ImageTrainingPlan.withDefaults().withEpochs(6))
          .withSeed(3);

  @Test
  void thePriorRepairsWhatTheCueBroke() {
    List<DecoyRun> runs = run(List.of(DecoyArm.UNREGULARIZED, DecoyArm.MIXED), 1, 2);
    DecoyRun misled = runs.get(0);
    DecoyRun repaired = runs.get(1);
    assertThat(misled.accuracy().aligned()).isGreaterThan(0.9);
    assertThat(misled.accuracy().clean()).isLessThan(0.75);
    // Ten epochs of 1,500 images gain 0.6, and the share falls to a thirtieth; here are fewer.
    assertThat(repaired.accuracy().clean()).isGreaterThan(misled.accuracy().clean() + 0.1);
    assertThat(repaired.attribution().labelOnCue())
        .isLessThan(misled.attribution().labelOnCue() / 3);
    assertThat(repaired.attribution().othersOnCue())
        .isLessThan(misled.attribution().othersOnCue() / 3);
  }

  @Test
  void contrastDoesNotMatterWithoutBiases() {
    DecoyRun run = run(List.of(DecoyArm.WITHOUT_CUE), 1, 1).get(0);
    assertThat(run.accuracy().clean()).isGreaterThan(0.6);
    // Rounding could turn at most an image whose two largest logits are nearly equal.
    assertThat(run.accuracy().cleanAtThirdContrast())
        .isCloseTo(run.accuracy().clean(), within(.01));
    assertThat(run.accuracy().cleanAtTenthContrast())
        .isCloseTo(run.accuracy().clean(), within(.01));
  }

  @Test
  void resultsDoNotDependOnTheWorkersNorOnTheOrder() {
    List<DecoyArm> arms =
        List.of(DecoyArm.UNREGULARIZED, DecoyArm.LABEL_ONLY, DecoyArm.EXPECTED_GRADIENTS);
    var small = OPTIONS.withImages(64, 60).withTraining(new ImageTrainingPlan(2, 16, 1e-3));
    List<DecoyRun> serial = run(tasks(arms, 2), small.withWorkers(1));
    List<Task> backwards = tasks(arms, 2);
    Collections.reverse(backwards);
    List<DecoyRun> parallel = run(backwards, small.withWorkers(2));
    for (int i = 0; i < serial.size(); i++) {
      assertThat(parallel.get(i).training().weights())
          .isEqualTo(serial.get(i).training().weights());
      assertThat(parallel.get(i).accuracy()).isEqualTo(serial.get(i).accuracy());
      assertThat(parallel.get(i).attribution()).isEqualTo(serial.get(i).attribution());
    }
    assertThat(serial.get(0).training().weights()).isNotEqualTo(serial.get(3).training().weights());
  }

  @Test
  void examplesShowEachClassWithTheCueOfAnother() {
    var small = OPTIONS.withImages(32, 60).withTraining(new ImageTrainingPlan(1, 32, 1e-3));
    DecoyRun.Examples examples =
        run(tasks(List.of(DecoyArm.UNREGULARIZED), 1), small).get(0).examples();
    assertThat(examples.images().labels())
        .isEqualTo(FloatArray.of(new float[] {0, 1, 2, 3, 4, 5}, 6));
    FloatArray images = examples.images().inputs();
    assertThat(examples.attributions().values().shape()).isEqualTo(images.shape());
    int pixel = (2 * DecoyShapes.SIDE + 2) * 3;
    for (int i = 0; i < DecoyShapes.CLASSES; i++) {
      DecoyShapes same = aligned(i);
      float[] cue = {
        images.values()[i * images.rowSize() + pixel],
        images.values()[i * images.rowSize() + pixel + 1],
        images.values()[i * images.rowSize() + pixel + 2]
      };
      float[] own = new float[3];
      System.arraycopy(same.set().images().values(), pixel, own, 0, 3);
      assertThat(cue).isNotEqualTo(own);
    }
  }

  /** An image of the class with its own cue. */
  private static DecoyShapes aligned(int label) {
    for (long seed = 0; ; seed++) {
      DecoyShapes one = DecoyShapes.generate(1, DecoyMode.ALIGNED, seed);
      if (one.set().labels().values()[0] == label) {
        return one;
      }
    }
  }

  @Test
  void theShareIsThatOfTheAbsoluteAttributions() {
    // Two images of 1 x 2 pixels with two channels.
    FloatArray attributions = FloatArray.of(new float[] {1, -2, 3, 0, -4, 0, 0, 2}, 2, 1, 2, 2);
    FloatArray left = FloatArray.of(new float[] {1, 0}, 1, 2, 1);
    assertThat(PixelMask.share(attributions, left)).isCloseTo(7.0 / 12, within(1e-15));
    FloatArray each = FloatArray.of(new float[] {1, 0, 0, 1}, 2, 1, 2, 1);
    assertThat(PixelMask.share(attributions, each)).isCloseTo(5.0 / 12, within(1e-15));
    assertThat(PixelMask.ofChannels(left, 2).values()).containsExactly(1, 1, 0, 0);
    FloatArray three = FloatArray.zeros(3, 1, 2, 1);
    assertThatThrownBy(() -> PixelMask.share(attributions, three))
        .hasMessageContaining("a mask for each image");
  }

  @Test
  void badSizesAreRefused() {
    assertThatThrownBy(() -> OPTIONS.withImages(0, 1))
        .hasMessage("the numbers of images must be at least 1, found 0 and 1");
    assertThatThrownBy(() -> OPTIONS.withWorkers(0)).hasMessageContaining("workers");
    assertThatThrownBy(() -> new ImageTrainingPlan(1, 0, 1)).hasMessageContaining("batch size");
    assertThatThrownBy(() -> new ImageTrainingPlan(1, 1, 0)).hasMessageContaining("learning rate");
    var few = OPTIONS.withImages(8, 2).withTraining(new ImageTrainingPlan(1, 8, 1e-3));
    assertThatThrownBy(() -> run(tasks(List.of(DecoyArm.UNREGULARIZED), 1), few))
        .hasMessageContaining("take more");
  }

  private static List<DecoyRun> run(List<DecoyArm> arms, int repetitions, int workers) {
    return run(tasks(arms, repetitions), OPTIONS.withWorkers(workers));
  }

  private static List<Task> tasks(List<DecoyArm> arms, int repetitions) {
    List<Task> tasks = new ArrayList<>();
    for (int repetition = 0; repetition < repetitions; repetition++) {
      for (DecoyArm arm : arms) {
        tasks.add(new Task(arm, repetition));
      }
    }
    return tasks;
  }

  private static List<DecoyRun> run(List<Task> tasks, DecoyOptions options) {
    List<DecoyRun> runs = new ArrayList<>();
    new DecoyStudy(options).run(tasks, runs::add);
    runs.sort(
        Comparator.comparingInt(DecoyRun::repetition)
            .thenComparingInt(run -> DecoyArm.ALL.indexOf(run.arm())));
    return runs;
  }
}
