package org.xgradient.cli.train;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.cli.train.report.PathTable;
import org.xgradient.cli.train.report.PriorOutcome;
import org.xgradient.cli.train.report.PromiseTable;
import org.xgradient.data.DataException;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.ColumnGroups;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Predictor;
import org.xgradient.report.text.ReportTable;
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
 * @param test the rows that judge, perhaps none
 */
record PriorTraining(
    PromiseOptions promise,
    List<String> masked,
    ColumnGroups groups,
    AttributionMethod explanation,
    String metric,
    Dataset train,
    Dataset validation,
    Dataset test) {

  /**
   * Finds the weight of the prior, if there is one and rows to judge it by; the model has the
   * parameters of the weight taken.
   */
  Optional<PriorOutcome> search(Trainer trainer, Fitting fit, TrainingOptions training) {
    if (validation.size() == 0 && promise.lambda().isPresent()) {
      return Optional.empty();
    }
    if (test.size() == 0) {
      return promise
          .search(trainer)
          .map(search -> new PriorOutcome(fit.search(search, point -> {}, train, validation)));
    }
    var figures = new PriorMeasurements(trainer, test, groups, explanation, training);
    return promise
        .search(trainer)
        .map(search -> fit.search(search, figures, train, validation))
        .map(path -> new PriorOutcome(path, Optional.of(figures.report(path))));
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
   * @throws DataException if something is not, and it must be
   */
  void checkPromise(PriorOutcome prior) {
    List<String> broken = prior.report().map(PriorReport::broken).orElse(ImmutableList.of());
    if (!broken.isEmpty() && promise.strict()) {
      throw new DataException("the prior does not keep its promise: " + String.join("; ", broken));
    }
    broken.forEach(sentence -> System.err.println("warning: " + sentence));
  }

  /** {@return what is printed of a prior} */
  ImmutableList<ReportTable> tables(PriorOutcome prior, BoundModel model) {
    ImmutableList.Builder<ReportTable> tables = ImmutableList.builder();
    tables.add(PathTable.of(prior.path(), "columns"));
    prior.report().ifPresent(report -> tables.add(PromiseTable.of(report, metric)));
    boolean othersThere = groups.columns().size() > masked.size();
    if (prior.report().isPresent() && !masked.isEmpty() && othersThere) {
      FloatArray rows = test.all().inputs();
      tables.add(PromiseTable.proxies(rows, Predictor.of(model).logits(rows), groups, masked));
    }
    return tables.build();
  }
}
