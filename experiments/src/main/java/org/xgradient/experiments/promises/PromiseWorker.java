package org.xgradient.experiments.promises;

import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.Ints;
import java.util.List;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.Dataset;
import org.xgradient.data.RandomSplit;
import org.xgradient.data.Seeds;
import org.xgradient.data.Subset;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.experiments.Workers;
import org.xgradient.experiments.promises.PromisesExperiment.Configuration;
import org.xgradient.experiments.promises.PromisesExperiment.Promise;
import org.xgradient.experiments.promises.PromisesExperiment.Result;
import org.xgradient.experiments.promises.PromisesExperiment.Task;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.metrics.ModelMetric;
import org.xgradient.training.LambdaPath;
import org.xgradient.training.LambdaSearch;
import org.xgradient.training.PriorFigures;
import org.xgradient.training.PriorMeasurements;
import org.xgradient.training.PriorReport;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.UsualTraining;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.IndependencePrior;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.objective.Priors;
import org.xgradient.training.optimizer.Adam;

/** Trains on a split of a table, as {@code xgradient train} does with its usual options. */
record PromiseWorker(List<PromisedTable> tables, Configuration configuration)
    implements Workers.Worker<Task, Result> {

  @Override
  public Result run(Task task) {
    PromisedTable table =
        tables.stream().filter(one -> one.name().equals(task.table())).findFirst().orElseThrow();
    long seed = Seeds.derive(configuration.seed(), "split", task.split());
    PreparedTable prepared =
        table
            .preparation()
            .withSplit(RandomSplit.withDefaults().withSeed(seed))
            .prepare(table.table(), table.label());
    return task.promise() == Promise.NONE
        ? withoutPrior(prepared, seed)
        : withPrior(prepared, objective(task, prepared), seed);
  }

  private static Objective objective(Task task, PreparedTable table) {
    return switch (task.promise()) {
      case NONE -> Objective.of(table.dataset());
      case MASK ->
          Objective.of(
              table.dataset(),
              IndependencePrior.of(table.dataset().groups().mask(task.column()), 1));
      case GINI ->
          Objective.of(table.dataset(), AttributionPrior.of(new XGradient(), Priors.gini(), 1));
    };
  }

  private Result withPrior(PreparedTable table, Objective objective, long seed) {
    Dataset train = rows(table, table.split().train());
    UsualTraining usual = UsualTraining.of(objective, train.size());
    TrainingOptions options = usual.options().withSeed(seed);
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Trainer trainer = Trainer.of(network(session, train, seed), objective, usual.optimizer());
      var test =
          new PriorMeasurements(
              trainer,
              rows(table, table.split().test()),
              table.dataset().groups(),
              new XGradient(),
              options);
      LambdaPath path =
          LambdaSearch.of(trainer)
              .withListener(test)
              .fit(train, rows(table, table.split().validation()), options);
      PriorReport report = test.report(path, "test");
      PriorFigures with = report.with();
      PriorFigures other = report.leftOut().or(report::without).orElseThrow();
      return new Result(
          path.best().lambda(),
          with.metric(),
          with.loss(),
          other.metric(),
          other.loss(),
          with.swap().map(swap -> swap.changed()).orElse(0.0),
          with.swap().map(swap -> swap.metricAfter()).orElse(with.metric()),
          with.columns(),
          other.columns(),
          train.task() == org.xgradient.data.Task.REGRESSION);
    }
  }

  private Result withoutPrior(PreparedTable table, long seed) {
    Objective objective = Objective.of(table.dataset());
    Dataset train = rows(table, table.split().train());
    Dataset test = rows(table, table.split().test());
    UsualTraining usual = UsualTraining.of(objective, train.size());
    TrainingOptions options = usual.options().withSeed(seed);
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      NetworkModel model = network(session, train, seed);
      Trainer trainer = Trainer.of(model, objective, usual.optimizer());
      trainer.fit(train, rows(table, table.split().validation()), options);
      Scores own = Scores.of(trainer, model, test, options);
      Scores other = reference(session, table, objective, seed);
      return new Result(
          0,
          own.metric(),
          own.loss(),
          other.metric(),
          other.loss(),
          0,
          own.metric(),
          0,
          0,
          train.task() == org.xgradient.data.Task.REGRESSION);
    }
  }

  /** A metric and the loss on test rows. */
  private record Scores(double metric, double loss) {

    static Scores of(Trainer trainer, NetworkModel model, Dataset test, TrainingOptions options) {
      return new Scores(
          ModelMetric.of(test.task()).of(model, test), trainer.losses(test, options).meanLoss());
    }
  }

  /**
   * What scikit-learn's MLPClassifier and MLPRegressor do by default, rebuilt here: 100 hidden
   * units with biases, Adam at 0.001, 200 epochs of batches of at most 200 rows, an L2 penalty of
   * 0.0001 over the batch, no validation, so that the rows for it are trained on too.
   */
  private static Scores reference(
      GraphSession session, PreparedTable table, Objective objective, long seed) {
    int[] fitted =
        Ints.concat(table.split().train().toArray(), table.split().validation().toArray());
    Dataset train = rows(table, ImmutableIntArray.copyOf(fitted));
    int batch = Math.min(200, train.size());
    NetworkModel model = Networks.mlp(train, 100).build(session, seed);
    Trainer trainer =
        Trainer.of(model, objective, Adam.withDefaults().withWeightDecay(1e-4 / batch));
    TrainingOptions options =
        TrainingOptions.withDefaults().withSeed(seed).withEpochs(200).withBatchSize(batch);
    trainer.fit(train, options);
    return Scores.of(trainer, model, rows(table, table.split().test()), options);
  }

  private NetworkModel network(GraphSession session, Dataset train, long seed) {
    return Networks.mlp(train, Ints.toArray(configuration.hidden()))
        .withoutBiases()
        .build(session, seed);
  }

  private static Dataset rows(PreparedTable table, ImmutableIntArray rows) {
    return new Subset(table.dataset(), rows);
  }
}
