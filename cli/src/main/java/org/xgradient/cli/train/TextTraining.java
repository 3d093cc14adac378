package org.xgradient.cli.train;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.XGradient;
import org.xgradient.cli.train.report.PartScore;
import org.xgradient.cli.train.report.PathTable;
import org.xgradient.data.Checksums;
import org.xgradient.data.DataException;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.data.Provenance;
import org.xgradient.data.Split;
import org.xgradient.data.text.LabelledTexts;
import org.xgradient.data.text.TextClasses;
import org.xgradient.data.text.TextPreprocessing;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.embedding.EmbeddedModel;
import org.xgradient.metrics.Accuracy;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingResult;
import org.xgradient.training.UsualTraining;
import org.xgradient.training.objective.MaskedWords;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.text.TextModel;
import org.xgradient.training.text.TextModelInfo;
import org.xgradient.training.text.TextNetwork;

/**
 * The training of a network on texts, from its first or a saved step to the model directory.
 *
 * @param file the file of the texts
 * @param form how it was read
 * @param texts the texts and their labels
 * @param split which of them are for what
 * @param preprocessing the words, fitted on the training part
 * @param classes the classes
 * @param network what is trained
 * @param vectors what embeddings begin with; empty to begin at random
 * @param objective what the network makes small
 * @param masked the numbers of the words that must not count; perhaps none
 * @param promise how the weight of the prior is found
 * @param fitting how to train
 * @param seed the seed of all that is drawn
 */
record TextTraining(
    Path file,
    String form,
    LabelledTexts texts,
    Split split,
    TextPreprocessing preprocessing,
    TextClasses classes,
    TextNetwork network,
    Optional<StartVectors> vectors,
    Objective objective,
    ImmutableIntArray masked,
    PromiseOptions promise,
    FittingOptions fitting,
    long seed)
    implements PlannedTraining {

  @Override
  public String data() {
    return String.valueOf(file.getFileName());
  }

  @Override
  public UsualTraining usual() {
    return UsualTraining.ofTexts();
  }

  @Override
  public Provenance describe(Provenance provenance) {
    byte[] words = preprocessing.toJson().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return provenance
        .with("data SHA-256", Checksums.sha256(file))
        .with("lines", form)
        .with("classes", classes.names())
        .with("network", network)
        .with("vocabulary SHA-256", Checksums.sha256(words))
        .with("vectors SHA-256", vectors.map(StartVectors::checksum).orElse("none"));
  }

  @Override
  public ImmutableList<ReportTable> run(
      Path out, UnfinishedTraining unfinished, boolean resume, Provenance provenance)
      throws IOException {
    InMemoryDataset train = dataset(split.train());
    InMemoryDataset judges = dataset(split.validation());
    InMemoryDataset test = dataset(split.test());
    checkMaskJudged(judges);
    Optional<SwapPromise> masks = swapPromise();
    masks.ifPresent(mask -> mask.check(test, judges));
    tellOfCutTexts();
    UnspacedTexts.tell(texts.texts(), preprocessing.tokenizer());
    var options = fitting.training(classes.task(), usual(), split.train().length()).withSeed(seed);
    TextModelInfo info = new TextModelInfo(network, preprocessing, classes, provenance);
    try (GraphSession session = GraphSession.open()) {
      EmbeddedModel model = info.embedded().build(session, seed);
      vectors.ifPresent(given -> given.assign(model));
      Trainer trainer = Trainer.of(model, objective, fitting.optimizer(usual()));
      unfinished.begin();
      var fit = new Fitting(options, fitting.checkpointEvery(), unfinished, resume);
      Fitting.Fitted fitted = fit.run(promise, trainer, train, judges);
      TrainingResult result = fitted.result();
      PartScore judged = PartScore.of(model, judges, new Accuracy());
      PartScore accuracy = PartScore.of(model, test, new Accuracy());
      Optional<SwapPromise.Told> swap = masks.flatMap(mask -> mask.measure(model, test, judges));
      ImmutableList<ReportTable> tables =
          ImmutableList.<ReportTable>builder()
              .addAll(fitted.path().map(found -> PathTable.of(found, "words")).stream().toList())
              .add(summary(result, judged, accuracy, swap))
              .build();
      masks.ifPresent(mask -> mask.check(fitted.path(), swap, tables));
      unfinished.checkUntouched();
      TextModel.write(
          out,
          model,
          network.biases() ? IntegratedGradients.withDefaults() : new XGradient(),
          info.withProvenance(
              accuracy.in(provenance.with("best epoch", result.bestEpoch() + 1), "test accuracy")));
      unfinished.delete();
      return tables;
    }
  }

  private InMemoryDataset dataset(ImmutableIntArray rows) {
    LabelledTexts part = texts.subset(rows);
    var encoded =
        part.texts().stream().map(preprocessing::encode).collect(ImmutableList.toImmutableList());
    return InMemoryDataset.of(
        preprocessing.tokens(encoded), classes.encode(part), classes.task(), classes.outputs());
  }

  private void tellOfCutTexts() {
    long cut =
        texts.texts().stream().filter(text -> preprocessing.encode(text).leftOut() > 0).count();
    if (cut > 0) {
      System.err.printf(
          Locale.ROOT,
          "warning: %d of %d texts are longer than %d words; what is behind them is left out"
              + " (--max-words)%n",
          cut,
          texts.size(),
          preprocessing.steps());
    }
  }

  /** A weight can only be found by texts that change with it; better said now than afterwards. */
  private void checkMaskJudged(InMemoryDataset judges) {
    if (masked.isEmpty() || promise.lambda().isPresent() || judges.size() == 0) {
      return;
    }
    for (float word : judges.inputs().values()) {
      if (masked.contains((int) word)) {
        return;
      }
    }
    throw new DataException(
        "lambda is found on validation texts with a masked word, found none of %s texts; give a larger"
                .formatted(judges.size())
            + " --validation share, or a weight with --lambda WEIGHT");
  }

  /** What the network must not depend on; empty if nothing. */
  private Optional<SwapPromise> swapPromise() {
    return masked.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SwapPromise(
                new MaskedWords(masked),
                promise.strict(),
                "texts",
                "another word of the list or a blank in the place of a masked one",
                "leave the words out"));
  }

  private ReportTable summary(
      TrainingResult result,
      PartScore judged,
      PartScore accuracy,
      Optional<SwapPromise.Told> swap) {
    var builder =
        ReportTable.titled("")
            .text("")
            .number("texts", "accuracy")
            .row("training", count(split.train()), "")
            .row("validation", count(split.validation()), judged.toString())
            .row("test", count(split.test()), accuracy.toString())
            .footnote(
                "%s classes, %s words known, texts of up to %s words. Best epoch: %d of %d."
                    .formatted(
                        classes.names().size(),
                        Numbers.count(preprocessing.vocabulary().words().size()),
                        Numbers.count(preprocessing.steps()),
                        result.bestEpoch() + 1,
                        result.history().size()));
    swap.filter(told -> told.effect().rows() > 0)
        .ifPresent(
            told ->
                builder.footnote(
                    "Of the %s %s texts with a masked word, other words of the list or blanks in their place change %s %% of the decisions."
                        .formatted(
                            Numbers.count(told.effect().rows()),
                            told.rows(),
                            SwapPromise.percent(told.effect()))));
    return builder.build();
  }

  private static String count(ImmutableIntArray rows) {
    return Numbers.count(rows.length());
  }
}
