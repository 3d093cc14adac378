package org.xgradient.cli.train;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.XGradient;
import org.xgradient.cli.train.report.PartScore;
import org.xgradient.cli.train.report.PathTable;
import org.xgradient.data.Checksums;
import org.xgradient.data.Dataset;
import org.xgradient.data.Provenance;
import org.xgradient.data.Split;
import org.xgradient.data.Subset;
import org.xgradient.data.image.ClassNames;
import org.xgradient.data.image.ImageFolder;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.metrics.Accuracy;
import org.xgradient.metrics.TopKAccuracy;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.TrainingResult;
import org.xgradient.training.UsualTraining;
import org.xgradient.training.image.ImageModel;
import org.xgradient.training.image.ImageModelInfo;
import org.xgradient.training.image.ImageNetwork;
import org.xgradient.training.objective.Objective;

/**
 * The training of a network on images, from its first or a saved step to the model directory.
 *
 * @param folder the folder of the images
 * @param images the images and their labels
 * @param split which of them are for what
 * @param image what is trained
 * @param weights the file of the weights to begin with; empty to begin at random
 * @param objective what the network makes small
 * @param augmentation how images are changed in each step
 * @param promise how the weight of the prior is found, and what it must keep
 * @param fitting how to train
 * @param seed the seed of all that is drawn
 */
record ImageTraining(
    Path folder,
    ImageFolder images,
    Split split,
    ImageNetwork image,
    Optional<Path> weights,
    Objective objective,
    AugmentationOptions augmentation,
    PromiseOptions promise,
    FittingOptions fitting,
    long seed)
    implements PlannedTraining {

  private static final int TOP = 5;

  /**
   * Checks the classes.
   *
   * @throws IllegalArgumentException if there are less than two
   */
  ImageTraining {
    info(image, images, Provenance.ofThisProcess());
  }

  private static ImageModelInfo info(
      ImageNetwork image, ImageFolder images, Provenance provenance) {
    return ImageModelInfo.of(
        image.network(), image.preprocessing(), new ClassNames(images.classes()), provenance);
  }

  @Override
  public String data() {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }

  @Override
  public UsualTraining usual() {
    return UsualTraining.ofImages();
  }

  @Override
  public Provenance describe(Provenance provenance) {
    return augmentation.describe(
        provenance
            .with("data SHA-256", Checksums.sha256(folder, images.images().files()))
            .with("classes", images.classes())
            .with("network", image.network().name())
            .with("preprocessing", image.preprocessing())
            .with("begun with", weights.map(Checksums::sha256).orElse("random weights")));
  }

  @Override
  public ImmutableList<ReportTable> run(
      Path out, UnfinishedTraining unfinished, boolean resume, Provenance provenance)
      throws IOException {
    Optional<SwapPromise> masks = swapPromise();
    masks.ifPresent(
        mask ->
            mask.check(new Subset(images, split.test()), new Subset(images, split.validation())));
    TrainingOptions options = options();
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model =
          weights.isPresent()
              ? image.network().build(session, image.weights(weights.get()))
              : image.network().build(session, seed);
      Trainer trainer = Trainer.of(model, objective, fitting.optimizer(usual()));
      unfinished.begin();
      var fit = new Fitting(options, fitting.checkpointEvery(), unfinished, resume);
      Dataset train = new Subset(images, split.train());
      Dataset judges = new Subset(images, split.validation());
      Fitting.Fitted fitted = fit.run(promise, trainer, train, judges);
      TrainingResult result = fitted.result();
      PartScore judged = PartScore.of(model, judges, new Accuracy());
      Dataset test = new Subset(images, split.test());
      Scores scores = scores(model, test);
      Optional<SwapPromise.Told> swap = masks.flatMap(mask -> mask.measure(model, test, judges));
      ImmutableList<ReportTable> tables =
          ImmutableList.<ReportTable>builder()
              .addAll(fitted.path().map(found -> PathTable.of(found, "region")).stream().toList())
              .add(summary(result, judged, scores, swap))
              .build();
      masks.ifPresent(mask -> mask.check(fitted.path(), swap, tables));
      unfinished.checkUntouched();
      ImageModel.write(
          out, model, signatureMethod(), info(image, images, scores.in(provenance, result)));
      unfinished.delete();
      return tables;
    }
  }

  private TrainingOptions options() {
    TrainingOptions options =
        fitting.training(images.task(), usual(), split.train().length()).withSeed(seed);
    return augmentation
        .augmentation(image.preprocessing().crop())
        .map(options::withAugmentation)
        .orElse(options);
  }

  private AttributionMethod signatureMethod() {
    return image.network().hasBiases() ? IntegratedGradients.withDefaults() : new XGradient();
  }

  /** How well the model does on images that it was not trained on. */
  private record Scores(PartScore top1, Optional<PartScore> top5) {

    Provenance in(Provenance provenance, TrainingResult result) {
      Provenance first =
          top1.in(provenance.with("best epoch", result.bestEpoch() + 1), "test accuracy");
      return top5.map(score -> score.in(first, "test top-5 accuracy")).orElse(first);
    }
  }

  private Scores scores(NetworkModel model, Dataset test) {
    return new Scores(
        PartScore.of(model, test, new Accuracy()),
        images.outputs() > TOP
            ? Optional.of(PartScore.of(model, test, new TopKAccuracy(TOP)))
            : Optional.empty());
  }

  /** What the network must not depend on; empty if nothing. */
  private Optional<SwapPromise> swapPromise() {
    return objective
        .masked()
        .map(
            region ->
                new SwapPromise(
                    region,
                    promise.strict(),
                    "images",
                    "the masked region of another image",
                    "paint over the region"));
  }

  private ReportTable summary(
      TrainingResult result, PartScore judged, Scores scores, Optional<SwapPromise.Told> swap) {
    var builder =
        ReportTable.titled("")
            .text("")
            .number("images", "accuracy", "top-5 accuracy")
            .row("training", count(split.train()), "", "")
            .row("validation", count(split.validation()), judged.toString(), "")
            .row(
                "test",
                count(split.test()),
                scores.top1().toString(),
                scores.top5().map(PartScore::toString).orElse(""))
            .footnote(
                "Best epoch: %d of %d.".formatted(result.bestEpoch() + 1, result.history().size()));
    swap.filter(told -> told.effect().rows() > 0)
        .ifPresent(
            told ->
                builder.footnote(
                    "The masked region of another image changes %s %% of the decisions of %s %s images, and the accuracy from %s to %s."
                        .formatted(
                            SwapPromise.percent(told.effect()),
                            Numbers.count(told.effect().rows()),
                            told.rows(),
                            Numbers.significant(told.effect().metric(), 4),
                            Numbers.significant(told.effect().metricAfter(), 4))));
    return builder.build();
  }

  private static String count(ImmutableIntArray rows) {
    return Numbers.count(rows.length());
  }
}
