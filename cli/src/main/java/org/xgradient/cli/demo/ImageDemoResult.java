package org.xgradient.cli.demo;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.xgradient.data.Provenance;
import org.xgradient.data.SampleMean;
import org.xgradient.experiments.decoy.DecoyArm;
import org.xgradient.experiments.decoy.DecoyOptions;
import org.xgradient.experiments.decoy.DecoyRun;
import org.xgradient.experiments.decoy.DecoyStudy;
import org.xgradient.experiments.image.ImageTrainingPlan;
import org.xgradient.graph.runtime.NativeTensorFlow;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.metrics.PairedDifference;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.progress.ProgressTask;

/**
 * What the demo on images found.
 *
 * @param runs the trainings of each arm, in the order of the repetitions
 * @param provenance where the results came from
 */
record ImageDemoResult(ImmutableListMultimap<DecoyArm, DecoyRun> runs, Provenance provenance) {

  private static final double CONFIDENCE = 0.95;

  /** Does the work of the demo. */
  static ImageDemoResult of(
      DecoyOptions options, int repetitions, ProgressReporter progress, Stopwatches times)
      throws IOException {
    List<DecoyStudy.Task> tasks = new ArrayList<>();
    for (int repetition = 0; repetition < repetitions; repetition++) {
      for (DecoyArm arm : DecoyArm.ALL) {
        tasks.add(new DecoyStudy.Task(arm, repetition));
      }
    }
    List<DecoyRun> runs = new ArrayList<>();
    times.time(
        "training and attribution",
        () -> {
          try (ProgressTask task = progress.start("training", tasks.size(), "networks")) {
            new DecoyStudy(options)
                .run(
                    tasks,
                    run -> {
                      runs.add(run);
                      task.step();
                    });
          }
        });
    runs.sort(
        Comparator.comparingInt((DecoyRun run) -> DecoyArm.ALL.indexOf(run.arm()))
            .thenComparingInt(DecoyRun::repetition));
    ImmutableListMultimap.Builder<DecoyArm, DecoyRun> byArm = ImmutableListMultimap.builder();
    runs.forEach(run -> byArm.put(run.arm(), run));
    return new ImageDemoResult(byArm.build(), provenance(options, repetitions));
  }

  private static Provenance provenance(DecoyOptions options, int repetitions) {
    ImageTrainingPlan training = options.training();
    return Provenance.ofThisProcess()
        .with("TensorFlow", NativeTensorFlow.version())
        .with(
            "data",
            "DecoyShapes, %d training images, %d test images of each kind, anew in each repetition"
                .formatted(options.trainImages(), options.testImages()))
        .with(
            "network",
            "three convolutions 3x3 (8, 16, 16) with ReLU and max pooling, 64 units, 6 classes")
        .with(
            "training",
            "%d epochs, batches of %d, Adam %s"
                .formatted(training.epochs(), training.batchSize(), training.learningRate()))
        .with("repetitions", repetitions)
        .with("seed", options.seed());
  }

  ImmutableList<DecoyArm> arms() {
    return runs.keySet().asList();
  }

  /** {@return the name with the letter by which the page refers to it} */
  String name(DecoyArm arm) {
    return letter(arm) + " " + arm.name();
  }

  String letter(DecoyArm arm) {
    return "(%c)".formatted('a' + arms().indexOf(arm));
  }

  SampleMean mean(DecoyArm arm, ToDoubleFunction<DecoyRun> value) {
    return SampleMean.of(runs.get(arm), value);
  }

  /** The interval of the mean difference of two arms, repetition by repetition. */
  ConfidenceInterval difference(DecoyArm arm, DecoyArm other, ToDoubleFunction<DecoyRun> value) {
    return PairedDifference.of(values(arm, value), values(other, value)).interval(CONFIDENCE);
  }

  private double[] values(DecoyArm arm, ToDoubleFunction<DecoyRun> value) {
    return runs.get(arm).stream().mapToDouble(value).toArray();
  }
}
