package org.xgradient.cli;

import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.XGradient;
import org.xgradient.cli.report.Numbers;
import org.xgradient.cli.report.ProgressReporter;
import org.xgradient.cli.report.ProgressTask;
import org.xgradient.cli.report.Table;
import org.xgradient.data.Dataset;
import org.xgradient.data.Provenance;
import org.xgradient.data.Subset;
import org.xgradient.data.Task;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Network;
import org.xgradient.graph.NetworkModel;
import org.xgradient.training.Adam;
import org.xgradient.training.Checkpoint;
import org.xgradient.training.EpochRecord;
import org.xgradient.training.Objective;
import org.xgradient.training.Predictor;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingListener;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.TrainingResult;
import org.xgradient.training.table.TableModel;

/**
 * The training of a network on a table, from its first or a saved step to the model directory.
 *
 * @param table the rows, and which of them are for what
 * @param network what is trained
 * @param objective what it makes small
 * @param fitting how
 * @param bias whether the network has biases, and so whether Integrated Gradients must explain it
 * @param seed the seed of all that is drawn
 */
record TableTraining(
    PreparedTable table,
    Network network,
    Objective objective,
    FittingOptions fitting,
    boolean bias,
    long seed) {

  /**
   * Trains, and writes the model directory.
   *
   * @param out the model directory
   * @param unfinished where the state is kept until that is written
   * @param start the state to go on from; empty to begin
   * @param provenance what the model says of where it came from, to which the results are added
   * @return the rows and scores, to be shown
   * @throws IOException if the model can't be written
   * @throws CancellationException if the thread was interrupted
   */
  Table run(
      Path out, UnfinishedTraining unfinished, Optional<Checkpoint> start, Provenance provenance)
      throws IOException {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network.build(session, seed);
      Trainer trainer = Trainer.of(session, model, objective, Adam.withDefaults());
      unfinished.begin();
      TrainingResult result = fit(trainer, unfinished, start);
      Dataset test = rows(table.split().test());
      double score =
          Predictor.of(session, model).evaluate(test, fitting.judge(test.task()).metric());
      TableModel.write(
          out,
          session,
          model,
          bias ? IntegratedGradients.withDefaults() : new XGradient(),
          table.preprocessing(),
          table.labels(),
          provenance
              .with("best epoch", result.bestEpoch())
              .with("test " + metricName(test.task()), score));
      unfinished.delete();
      return summary(result, score);
    }
  }

  private TrainingResult fit(
      Trainer trainer, UnfinishedTraining unfinished, Optional<Checkpoint> start) {
    Dataset train = rows(table.split().train());
    Dataset validation = rows(table.split().validation());
    try (ProgressReporter progress = ProgressReporter.forConsole();
        ProgressTask bar = progress.start("training", fitting.epochs(), "epochs")) {
      TrainingOptions options =
          fitting
              .training(train.task(), train.size())
              .withSeed(seed)
              .withCheckpoints(unfinished.checkpoint(), fitting.checkpointEvery())
              .withListener(show(bar));
      if (start.isEmpty()) {
        return trainer.fit(train, validation, options);
      }
      bar.advanceTo(start.get().epoch());
      return trainer.resume(train, validation, options, start.get());
    } catch (CancellationException e) {
      throw (CancellationException)
          new CancellationException(
                  "%s with the same command and --resume".formatted(e.getMessage()))
              .initCause(e);
    }
  }

  private static TrainingListener show(ProgressTask bar) {
    return new TrainingListener() {
      @Override
      public void epochFinished(EpochRecord epoch) {
        bar.step();
        bar.note("loss " + Numbers.significant(epoch.loss(), 3));
      }
    };
  }

  private Dataset rows(ImmutableIntArray numbers) {
    return new Subset(table.dataset(), numbers);
  }

  private Table summary(TrainingResult result, double score) {
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
