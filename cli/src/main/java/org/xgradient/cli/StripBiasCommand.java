package org.xgradient.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xgradient.attribution.XGradient;
import org.xgradient.cli.report.Numbers;
import org.xgradient.cli.report.Table;
import org.xgradient.cli.report.TextTable;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.TableReader;
import org.xgradient.graph.BiasRemoval;
import org.xgradient.graph.StrippedModel;
import org.xgradient.graph.StrippedModel.Removed;
import org.xgradient.training.table.TableModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code xgradient strip-bias}. */
@Command(
    name = "strip-bias",
    description = {
      "Remove every constant that a trained model adds, so that X-Gradient is exact for it.",
      "Another function comes out: look at the change of the outputs, and train it some more."
    },
    sortOptions = false)
final class StripBiasCommand implements Callable<Integer> {

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the model.")
  private Path model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the model without biases.")
  private Path out;

  @Option(
      names = "--data",
      paramLabel = "FILE.csv",
      description =
          "Rows on which to measure the change (default: the row of all means, at which a"
              + " standardized table starts).")
  private @Nullable Path data;

  @SuppressWarnings("NullAway.Init")
  StripBiasCommand() {}

  @Override
  public Integer call() throws IOException {
    try (TableModel loaded = TableModel.load(model)) {
      StrippedModel stripped =
          BiasRemoval.strip(loaded.session(), loaded.model(), rows(loaded));
      TableModel.write(
          out,
          loaded.session(),
          stripped.model(),
          new XGradient(),
          loaded.preprocessing(),
          loaded.labels(),
          loaded.provenance().with("biases removed", stripped.removed().size()));
      System.out.println(TextTable.plain(removed(stripped)));
      System.out.printf(
          "Output at the baseline before: %s; after: 0%n",
          Numbers.significant(stripped.outputsAtZero().values()[0], 3));
      var change = stripped.change();
      System.out.printf(
          "Outputs changed by %s (root mean square) beside %s before; %s of the decisions stay.%n",
          Numbers.significant(change.difference(), 3),
          Numbers.significant(change.before(), 3),
          Numbers.percent(change.sameDecision()));
      System.out.println("Model: " + out);
    }
    return 0;
  }

  private FloatArray rows(TableModel loaded) {
    if (data == null) {
      return FloatArray.zeros(1, loaded.preprocessing().features());
    }
    return loaded
        .preprocessing()
        .transform(TableReader.withDefaults().read(data, loaded.preprocessing().schema()));
  }

  private static Table removed(StrippedModel stripped) {
    var builder =
        Table.titled("Removed").text("operation", "constant").number("size", "activations", "ratio");
    for (Removed constant : stripped.removed()) {
      builder.row(
          constant.operation(),
          constant.constant(),
          Numbers.significant(constant.size(), 3),
          Numbers.significant(constant.activations(), 3),
          Numbers.significant(constant.relativeSize(), 3));
    }
    return builder.footnote("Sizes are root mean squares.").build();
  }
}
