package org.xgradient.cli.train;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.cli.train.report.PathTable;
import org.xgradient.cli.train.report.PriorOutcome;
import org.xgradient.cli.train.report.PromiseTable;
import org.xgradient.cli.train.report.ProxyTable;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.ColumnGroups;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Predictor;
import org.xgradient.report.text.ReportTable;
import org.xgradient.report.text.TextTable;
import org.xgradient.training.LambdaPath;
import org.xgradient.training.LambdaSearch;
import org.xgradient.training.PriorMeasurements;
import org.xgradient.training.PriorReport;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.TrainingResult;

/**
 * Trains a model of a table, finds the weight of a prior if there is one, and tells what became of
 * it.
 *
 * @param promise how the weight is found, and what the prior must keep
 * @param masked the columns that a prior keeps the model from, perhaps none
 * @param groups which features come from which column
 * @param explanation what computes the attributions that are told of
 * @param metric the name of the usual metric
 * @param train the training rows
 * @param validation the rows that choose epoch and weight, perhaps none
 * @param test the rows that judge, perhaps none; then those for validation do
 * @param unit what one of the output of a regression is in the label's unit; 1 for classes
 * @param seed the seed of what is drawn
 */
record PriorTraining(
    PromiseOptions promise,
    List<String> masked,
    ColumnGroups groups,
    AttributionMethod explanation,
    String metric,
    Dataset train,
    Dataset validation,
    Dataset test,
    double unit,
    long seed) {

  /**
   * Checks that what is asked for can be judged, before the first step.
   *
   * @throws IllegalArgumentException if there are no rows for it
   */
  void check() {
    if (validation.size() == 0) {
      promise.checkNotSearched();
    }
    if (!masked.isEmpty() && masked.containsAll(groups.columns())) {
      throw new IllegalArgumentException(
          "--mask names all columns (%s), so that nothing is left to decide by; name fewer"
              .formatted(String.join(", ", masked)));
    }
    if (!promise.strict()) {
      return;
    }
    if (judges().size() == 0) {
      throw new IllegalArgumentException(
          "--strict-prior is judged on test rows, or on validation rows where there are none, found"
              + " neither; give some with --test SHARE");
    }
    if (validation.size() == 0 && masked.isEmpty()) {
      throw new IllegalArgumentException(
          "--strict-prior holds this prior against a model without it, whose epoch validation rows"
              + " choose, found none; give some with --validation SHARE");
    }
  }

  /** The rows that judge: of those at hand, the ones that chose least. */
  private Dataset judges() {
    return test.size() > 0 ? test : validation;
  }

  /**
   * Trains with a prior, and finds its weight if there are rows to judge it by; the model has the
   * parameters of the weight taken. Empty without a prior, for then nothing was trained.
   */
  Optional<PriorOutcome> search(Trainer trainer, Fitting fit, TrainingOptions training) {
    if (!promise.prior()) {
      return Optional.empty();
    }
    String rows = test.size() > 0 ? "test" : "validation";
    Optional<LambdaSearch> search =
        validation.size() == 0 ? Optional.empty() : promise.search(trainer);
    if (search.isEmpty()) {
      if (!masked.isEmpty() && validation.size() == 0) {
        System.err.println(
            "warning: what the mask costs is not judged: the epoch of a model without the columns is"
                + " chosen on validation rows, and there are none");
      }
      TrainingResult result = fit(trainer, fit);
      return Optional.of(
          new PriorOutcome(
              result,
              Optional.empty(),
              ImmutableList.of(),
              judges().size() == 0
                  ? Optional.empty()
                  : Optional.of(measure(trainer, judges(), training).alone(rows))));
    }
    PriorMeasurements figures = measure(trainer, judges(), training);
    if (!masked.isEmpty()) {
      LambdaPath path = fit.search(search.get(), figures, train, validation);
      return Optional.of(outcome(path, ImmutableList.of(), figures.report(path, rows)));
    }
    PriorMeasurements chosenBy = test.size() > 0 ? measure(trainer, validation, training) : figures;
    LambdaPath path =
        fit.search(
            search.get(),
            point -> {
              figures.tried(point);
              chosenBy.tried(point);
            },
            train,
            validation);
    ImmutableList<Integer> inUse =
        path.points().stream()
            .map(point -> chosenBy.of(point).columns())
            .collect(ImmutableList.toImmutableList());
    return Optional.of(outcome(path, inUse, figures.report(path, rows)));
  }

  private static PriorOutcome outcome(
      LambdaPath path, ImmutableList<Integer> inUse, PriorReport report) {
    return new PriorOutcome(path.best().training(), Optional.of(path), inUse, Optional.of(report));
  }

  private PriorMeasurements measure(Trainer trainer, Dataset rows, TrainingOptions training) {
    return new PriorMeasurements(trainer, rows, groups, explanation, training);
  }

  /** Trains with the weights that the priors have. */
  TrainingResult fit(Trainer trainer, Fitting fit) {
    return validation.size() == 0
        ? fit.run(promise.weighted(trainer), train)
        : fit.run(trainer, train, validation);
  }

  /**
   * Says what is not kept.
   *
   * @param tables what was found, which is printed before an error
   * @throws PromiseOptions.BrokenException if something is not, and it must be
   */
  void checkPromise(PriorOutcome prior, ImmutableList<ReportTable> tables) {
    List<String> broken = prior.report().map(PriorReport::broken).orElse(ImmutableList.of());
    if (!broken.isEmpty() && promise.strict()) {
      tables.forEach(table -> System.out.println(TextTable.plain(table)));
      throw new PromiseOptions.BrokenException(broken);
    }
    broken.forEach(sentence -> System.err.println("warning: " + sentence));
  }

  /** {@return what is printed of a prior; says what the columns hide} */
  ImmutableList<ReportTable> tables(PriorOutcome prior, BoundModel model) {
    ImmutableList.Builder<ReportTable> tables = ImmutableList.builder();
    prior.path().ifPresent(path -> tables.add(PathTable.of(path, "columns", prior.inUse())));
    prior.report().ifPresent(report -> tables.add(PromiseTable.of(report, metric, unit)));
    boolean othersThere = groups.columns().size() > masked.size();
    if (judges().size() > 1 && !masked.isEmpty() && othersThere) {
      FloatArray rows = judges().all().inputs();
      ProxyTable proxies =
          ProxyTable.of(
              train.all().inputs(), rows, Predictor.of(model).logits(rows), groups, masked, seed);
      proxies.warnings().forEach(sentence -> System.err.println("warning: " + sentence));
      tables.add(proxies.table());
    }
    return tables.build();
  }
}
