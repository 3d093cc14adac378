package org.xgradient.experiments.decoy;

import java.util.HashMap;
import java.util.Map;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.Batch;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;
import org.xgradient.data.image.DecoyShapes;
import org.xgradient.data.image.ImageSet;
import org.xgradient.experiments.Workers;
import org.xgradient.experiments.image.Contrast;
import org.xgradient.experiments.image.PixelMask;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Predictor;
import org.xgradient.graph.Target;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.metrics.Accuracy;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingResult;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.optimizer.Adam;

/** Does trainings one after another; builds the graph of an arm once. */
final class DecoyWorker implements Workers.Worker<DecoyStudy.Task, DecoyRun> {

  /** Steps at which the shares of a regular network no longer change in their third digit. */
  private static final int STEPS = 32;

  /** The first test images, on which the shares are measured. */
  private static final int ATTRIBUTION_IMAGES = 200;

  private final DecoyOptions options;
  private final Map<DecoyArm, Prepared> arms = new HashMap<>();
  private DecoyImages images;

  /** An arm's graph, ready to train. */
  private record Prepared(
      GraphSession session,
      NetworkModel model,
      Trainer trainer,
      Predictor predictor,
      Attributor ofLabels,
      Attributor ofPredictions) {}

  @SuppressWarnings("NullAway.Init")
  DecoyWorker(DecoyOptions options) {
    this.options = options;
  }

  @Override
  public DecoyRun run(DecoyStudy.Task task) {
    if (images == null || images.repetition() != task.repetition()) {
      images = DecoyImages.of(task.repetition(), options);
    }
    Prepared arm = arms.computeIfAbsent(task.arm(), DecoyWorker::prepare);
    long seed = Seeds.derive(options.seed(), "repetition", task.repetition());
    arm.model().initialize(seed);
    TrainingResult training =
        arm.trainer().fit(images.training(task.arm().cue()), options.training().options(seed));
    return new DecoyRun(
        task.arm(),
        task.repetition(),
        accuracies(arm.predictor()),
        shares(arm.ofLabels()),
        examples(arm.ofPredictions()),
        training);
  }

  private DecoyRun.Accuracies accuracies(Predictor predictor) {
    return new DecoyRun.Accuracies(
        accuracy(predictor, images.aligned().set(), 1),
        accuracy(predictor, images.random().set(), 1),
        accuracy(predictor, images.clean().set(), 1),
        accuracy(predictor, images.clean().set(), 0.3),
        accuracy(predictor, images.clean().set(), 0.1));
  }

  private static double accuracy(Predictor predictor, ImageSet set, double contrast) {
    FloatArray logits = predictor.logits(Contrast.of(set.images(), contrast));
    return new Accuracy().of(logits, set.labels());
  }

  private DecoyRun.Shares shares(Attributor attributor) {
    DecoyShapes shapes = images.aligned();
    int count = Math.min(ATTRIBUTION_IMAGES, shapes.set().size());
    FloatArray inputs = shapes.set().images().rows(0, count);
    int[] labels = new int[inputs.rows()];
    int[] others = new int[inputs.rows()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) shapes.set().labels().values()[i];
      // Each image has one of its five other classes, in turn.
      int shift = 1 + i % (DecoyShapes.CLASSES - 1);
      others[i] = (labels[i] + shift) % DecoyShapes.CLASSES;
    }
    FloatArray ofLabels = attributor.attribute(inputs, labels).values();
    FloatArray ofOthers = attributor.attribute(inputs, others).values();
    return new DecoyRun.Shares(
        PixelMask.share(ofLabels, DecoyShapes.decoyMask()),
        PixelMask.share(ofOthers, DecoyShapes.decoyMask()),
        PixelMask.share(ofLabels, shapes.truth().rows(0, count)));
  }

  private DecoyRun.Examples examples(Attributor attributor) {
    Batch chosen = images.random().set().batch(images.misled().toArray());
    return new DecoyRun.Examples(chosen, attributor.attribute(chosen.inputs()));
  }

  private static Prepared prepare(DecoyArm arm) {
    Network regular = Networks.smallConvNet(DecoyShapes.SIDE, 3, DecoyShapes.CLASSES);
    GraphSession session = GraphSession.open(SessionOptions.singleThreaded());
    NetworkModel model = (arm.biases() ? regular : regular.withoutBiases()).build(session, 0);
    Loss loss = Loss.softmaxCrossEntropy();
    Objective objective =
        arm.prior().map(prior -> Objective.of(loss, prior)).orElseGet(() -> Objective.of(loss));
    AttributionMethod judge =
        arm.biases()
            ? new IntegratedGradients(Baseline.zero(), Quadrature.gaussLegendre(STEPS))
            : new XGradient();
    var runs = AttributorOptions.withDefaults();
    return new Prepared(
        session,
        model,
        Trainer.of(model, objective, Adam.withDefaults()),
        Predictor.of(model),
        Attributor.of(model, judge, runs.withTarget(Target.label())),
        Attributor.of(model, judge, runs));
  }

  @Override
  public void close() {
    arms.values().forEach(arm -> arm.session().close());
  }
}
