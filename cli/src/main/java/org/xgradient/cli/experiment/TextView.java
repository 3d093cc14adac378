package org.xgradient.cli.experiment;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.xgradient.data.SampleMean;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.text.TextExperiment;
import org.xgradient.experiments.text.TextExperiment.Arm;
import org.xgradient.experiments.text.TextExperiment.Configuration;
import org.xgradient.experiments.text.TextExperiment.Result;
import org.xgradient.experiments.text.TextExperiment.Task;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.metrics.PairedDifference;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;

/** Shows {@link TextExperiment}. */
final class TextView implements ExperimentView<Configuration, Task, Result> {

  private static final double CONFIDENCE = 0.95;

  private final TextExperiment experiment = new TextExperiment();

  @Override
  public TextExperiment experiment() {
    return experiment;
  }

  @Override
  public String heading() {
    return "What is found";
  }

  @Override
  public String lead(ExperimentResults<Configuration, Task, Result> results) {
    return ("A convolutional network of one layer over learned embeddings, with and without biases,"
            + " trained %d times, and some of its test texts explained word by word: by one gradient"
            + " (X-Gradient where it is exact, input times gradient for the network with biases) and"
            + " by Integrated Gradients with %d steps. All figures are of test texts.")
        .formatted(results.configuration().repetitions(), results.configuration().steps());
  }

  @Override
  public ImmutableList<ReportTable> tables(ExperimentResults<Configuration, Task, Result> results) {
    ImmutableList.Builder<ReportTable> tables = ImmutableList.builder();
    tables.add(networks(results));
    tables.add(words(results));
    if (results.configuration().planted() > 0) {
      tables.add(planted(results));
    }
    return tables.build();
  }

  private static ReportTable networks(ExperimentResults<Configuration, Task, Result> results) {
    var builder =
        ReportTable.titled("The networks: mean \u00b1 standard error over the repetitions")
            .text("texts", "network")
            .number("repetitions", "accuracy", "less regular", "95 % interval");
    for (String data : TextExperiment.data(results)) {
      for (Arm arm : List.of(Arm.REGULAR, Arm.X)) {
        ImmutableList<Result> of = results.of(TextExperiment.is(data, arm));
        List<String> cells =
            new java.util.ArrayList<>(
                List.of(
                    data,
                    TextExperiment.name(arm),
                    Integer.toString(of.size()),
                    mean(of, Result::accuracy)));
        cells.addAll(arm == Arm.X ? difference(results, data) : List.of("-", "-"));
        builder.row(cells);
      }
    }
    return builder.build();
  }

  private static List<String> difference(
      ExperimentResults<Configuration, Task, Result> results, String data) {
    PairedDifference difference =
        PairedDifference.of(
            results.values(TextExperiment.is(data, Arm.X), Result::accuracy),
            results.values(TextExperiment.is(data, Arm.REGULAR), Result::accuracy));
    ConfidenceInterval interval = difference.interval(CONFIDENCE);
    return List.of(
        Numbers.significant(difference.mean(), 2),
        "%s to %s"
            .formatted(
                Numbers.significant(interval.lower(), 2),
                Numbers.significant(interval.upper(), 2)));
  }

  private static ReportTable words(ExperimentResults<Configuration, Task, Result> results) {
    var builder =
        ReportTable.titled("The words: one gradient (1) beside Integrated Gradients (n)")
            .text("texts", "network")
            .number(
                "difference",
                "gap of 1",
                "keep, 1",
                "keep, n",
                "keep, random",
                "remove, 1",
                "remove, n",
                "cost of n");
    for (String data : TextExperiment.data(results)) {
      for (Arm arm : List.of(Arm.REGULAR, Arm.X)) {
        ImmutableList<Result> of = results.of(TextExperiment.is(data, arm));
        builder.row(
            data,
            TextExperiment.name(arm),
            mean(of, Result::difference),
            mean(of, Result::gap),
            mean(of, Result::keepOne),
            mean(of, Result::keepMany),
            mean(of, Result::keepRandom),
            mean(of, Result::removeOne),
            mean(of, Result::removeMany),
            Numbers.significant(SampleMean.of(of, Result::cost).mean(), 2) + " x");
      }
    }
    return builder
        .footnote(
            "Difference: of the contributions of the words, over the sum of those of Integrated"
                + " Gradients. Gap: how far the contributions are from adding up, over the change of"
                + " the output. Keep and remove: area under the accuracy while the words with the"
                + " strongest contributions stay, higher is better, or only the others, lower is"
                + " better. Cost: a time, and varies.")
        .build();
  }

  private static ReportTable planted(ExperimentResults<Configuration, Task, Result> results) {
    var builder =
        ReportTable.titled(
                "A word before each training text of one class: what the network makes of test texts")
            .text("texts", "network")
            .number("without the word", "word in texts of any class");
    for (String data : TextExperiment.data(results)) {
      for (Arm arm : List.of(Arm.X, Arm.PLANTED, Arm.PLANTED_MASK, Arm.PLANTED_REPLACED)) {
        ImmutableList<Result> of = results.of(TextExperiment.is(data, arm));
        builder.row(
            data,
            TextExperiment.name(arm),
            mean(of, Result::accuracy),
            arm == Arm.X ? "-" : mean(of, Result::withWord));
      }
    }
    return builder.build();
  }

  private static String mean(ImmutableList<Result> of, ToDoubleFunction<Result> value) {
    SampleMean mean = SampleMean.of(of, value);
    return Numbers.meanAndError(mean.mean(), mean.error());
  }
}
