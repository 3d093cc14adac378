package org.xgradient.cli;

import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.Ints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tensorflow.TensorFlow;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.cli.report.Numbers;
import org.xgradient.cli.report.ProgressReporter;
import org.xgradient.cli.report.ProgressTask;
import org.xgradient.cli.report.Table;
import org.xgradient.cli.report.TextTable;
import org.xgradient.data.Checksums;
import org.xgradient.data.Dataset;
import org.xgradient.data.Provenance;
import org.xgradient.data.RandomSplit;
import org.xgradient.data.Subset;
import org.xgradient.data.Task;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.data.table.TablePreparation;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Network;
import org.xgradient.graph.NetworkModel;
import org.xgradient.graph.Networks;
import org.xgradient.training.Adam;
import org.xgradient.training.AttributionPrior;
import org.xgradient.training.EpochRecord;
import org.xgradient.training.LearningRateSchedule;
import org.xgradient.training.Loss;
import org.xgradient.training.Objective;
import org.xgradient.training.Predictor;
import org.xgradient.training.PriorTarget;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingListener;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.TrainingResult;
import org.xgradient.training.Validation;
import org.xgradient.training.table.TableModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code xgradient train}. */
@Command(
    name = "train",
    description =
        "Train a network on a table, with or without an attribution prior, and export it.",
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {

  @Mixin private CsvOptions data;

  @Option(
      names = "--label",
      required = true,
      paramLabel = "COLUMN",
      description = "What to predict.")
  private String label;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the model.")
  private Path out;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "binary, multiclass or regression (default: found from the labels).")
  private Optional<Task> task = Optional.empty();

  @Option(
      names = "--drop-unlabelled",
      description = "Leave out rows without a label, which are an error otherwise.")
  private boolean dropUnlabelled;

  @Option(
      names = "--prior",
      defaultValue = "none",
      paramLabel = "PRIOR",
      description = PriorOption.NAMES + " (default: ${DEFAULT-VALUE}).")
  private PriorOption prior;

  @Option(
      names = "--mask",
      split = ",",
      paramLabel = "COLUMN",
      description = "Columns that the model should not rely on, for --prior mask.")
  private List<String> masked = new ArrayList<>();

  @Option(
      names = "--method",
      defaultValue = "xg",
      paramLabel = "METHOD",
      description =
          "What computes the attributions of the prior: xg (for networks without biases), ig, eg,"
              + " grad, ixg or rrr (default: ${DEFAULT-VALUE}).")
  private MethodOption method;

  @Option(
      names = "--lambda",
      defaultValue = "1",
      description = "Weight of the prior (default: ${DEFAULT-VALUE}).")
  private double lambda;

  @Option(
      names = "--references",
      defaultValue = "1",
      paramLabel = "K",
      description =
          "References per row in Expected Gradients, drawn from the batch (default:"
              + " ${DEFAULT-VALUE}).")
  private int references;

  @Option(
      names = "--steps",
      defaultValue = "16",
      description = "Steps of Integrated Gradients in the prior (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--bias",
      description =
          "Give the network biases. Without them it is an X-DNN: homogeneous, and explained exactly"
              + " by one gradient.")
  private boolean bias;

  @Option(
      names = "--hidden",
      split = ",",
      defaultValue = "512,128,32",
      paramLabel = "WIDTH",
      description = "Widths of the hidden layers (default: ${DEFAULT-VALUE}).")
  private List<Integer> hidden;

  @Option(
      names = "--epochs",
      defaultValue = "100",
      description = "Passes over the training rows (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "ROWS",
      description = "Rows of a step (default: 256, or all training rows if they are fewer).")
  private Optional<Integer> batchSize = Optional.empty();

  @Option(
      names = "--learning-rate",
      defaultValue = "0.001",
      description = "Learning rate of Adam (default: ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--patience",
      defaultValue = "20",
      paramLabel = "EPOCHS",
      description = "Stop after so many epochs without a better one (default: ${DEFAULT-VALUE}).")
  private int patience;

  @Option(
      names = "--validation",
      defaultValue = "0.2",
      paramLabel = "SHARE",
      description = "Share of the rows that choose the best epoch (default: ${DEFAULT-VALUE}).")
  private double validationShare;

  @Option(
      names = "--test",
      defaultValue = "0.2",
      paramLabel = "SHARE",
      description = "Share of the rows that judge the model (default: ${DEFAULT-VALUE}).")
  private double testShare;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Seed of the split and of all that is drawn (default: ${DEFAULT-VALUE}).")
  private long seed;

  private static final int DEFAULT_BATCH = 256;

  @SuppressWarnings("NullAway.Init")
  TrainCommand() {}

  @Override
  public Integer call() throws IOException {
    PreparedTable table = preparation().prepare(data.read(), label);
    Network network = network(table);
    Objective objective = objective(table);
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network.build(session, seed);
      Trainer trainer = Trainer.of(session, model, objective, Adam.withDefaults());
      Dataset train = new Subset(table.dataset(), table.split().train());
      Dataset validation = new Subset(table.dataset(), table.split().validation());
      TrainingResult result = fit(trainer, train, validation);

      Dataset test = new Subset(table.dataset(), table.split().test());
      double score = Predictor.of(session, model).evaluate(test, judge(test.task()).metric());
      TableModel.write(
          out,
          session,
          model,
          bias ? IntegratedGradients.withDefaults() : new XGradient(),
          table.preprocessing(),
          table.labels(),
          provenance(table, network, result, score));
      System.out.println(TextTable.plain(summary(table, result, score)));
      System.out.println("Model: " + out);
    }
    return 0;
  }

  private TablePreparation preparation() {
    TablePreparation preparation =
        TablePreparation.withDefaults()
            .withSplit(
                RandomSplit.withDefaults()
                    .withFractions(validationShare, testShare)
                    .withSeed(seed));
    if (task.isPresent()) {
      preparation = preparation.withTask(task.get());
    }
    return dropUnlabelled ? preparation.withUnlabelledDropped() : preparation;
  }

  private Network network(PreparedTable table) {
    Network regular =
        Networks.mlp(
            table.dataset().inputShape().get(0), table.dataset().outputs(), Ints.toArray(hidden));
    return bias ? regular : regular.withoutBiases();
  }

  private Objective objective(PreparedTable table) {
    Task kind = table.labels().task();
    PriorOption.checkMask(prior, masked);
    if (prior == PriorOption.NONE) {
      return Objective.of(Loss.of(kind));
    }
    AttributionMethod attribution =
        method.method(steps, references, Optional.of(ReferenceDistribution.batch()));
    return Objective.of(
        Loss.of(kind),
        new AttributionPrior(
            attribution,
            PriorTarget.of(kind),
            prior.prior(table.dataset().groups(), masked),
            lambda));
  }

  private Validation judge(Task kind) {
    return Validation.of(kind).withPatience(patience);
  }

  private TrainingResult fit(Trainer trainer, Dataset train, Dataset validation) {
    try (ProgressReporter progress = ProgressReporter.forConsole();
        ProgressTask bar = progress.start("training", epochs, "epochs")) {
      return trainer.fit(
          train,
          validation,
          TrainingOptions.withDefaults()
              .withEpochs(epochs)
              .withBatchSize(Math.min(batchSize.orElse(DEFAULT_BATCH), train.size()))
              .withSchedule(LearningRateSchedule.constant(learningRate))
              .withSeed(seed)
              .withValidation(judge(train.task()))
              .withListener(
                  new TrainingListener() {
                    @Override
                    public void epochFinished(EpochRecord epoch) {
                      bar.step();
                      bar.note("loss " + Numbers.significant(epoch.loss(), 3));
                    }
                  }));
    }
  }

  private Provenance provenance(
      PreparedTable table, Network network, TrainingResult result, double score) {
    return Provenance.ofThisProcess()
        .with("TensorFlow", TensorFlow.version())
        .with("data", data.file().getFileName())
        .with("data SHA-256", Checksums.sha256(data.file()))
        .with("label", label)
        .with("task", table.labels().task())
        .with("network", network.name() + ", hidden layers " + hidden)
        .with("prior", prior)
        .with("masked columns", masked)
        .with("method", method)
        .with("lambda", lambda)
        .with("epochs", epochs)
        .with("batch size", batchSize.orElse(DEFAULT_BATCH))
        .with("learning rate", learningRate)
        .with("patience", patience)
        .with("split", "validation %s, test %s".formatted(validationShare, testShare))
        .with("seed", seed)
        .with("best epoch", result.bestEpoch())
        .with("test " + metricName(table.labels().task()), score);
  }

  private static Table summary(PreparedTable table, TrainingResult result, double score) {
    String metric = metricName(table.labels().task());
    return Table.titled("")
        .text("")
        .number("rows", metric)
        .row("training", count(table.split().train()), "")
        .row(
            "validation",
            count(table.split().validation()),
            Numbers.significant(result.bestMetric().orElse(Double.NaN), 4))
        .row("test", count(table.split().test()), Numbers.significant(score, 4))
        .footnote(
            "Best epoch: %d of %d.".formatted(result.bestEpoch() + 1, result.history().size()))
        .build();
  }

  private static String count(ImmutableIntArray rows) {
    return Numbers.count(rows.length());
  }

  private static String metricName(Task kind) {
    return switch (kind) {
      case BINARY -> "ROC-AUC";
      case MULTICLASS -> "accuracy";
      case REGRESSION -> "R²";
    };
  }
}
