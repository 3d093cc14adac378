package org.xgradient.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Iterators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.xgradient.cli.Commands;
import org.xgradient.cli.option.AttributionOptions;
import org.xgradient.cli.option.BaselineOption;
import org.xgradient.cli.option.RowOptions;
import org.xgradient.cli.page.Explained;
import org.xgradient.report.Formulas;
import org.xgradient.training.table.TableModel;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** However many rows a command is given, and however often, the graph does not grow. */
class InnerLoopsTest {

  @TempDir private Path folder;

  @Command
  @SuppressWarnings("NullAway.Init")
  private static final class Options {
    @Mixin private AttributionOptions attribution;
    @Mixin private RowOptions rows;
    @Mixin private KeptColumns kept;
  }

  @Test
  void chunksOfATableAddNoOperations() throws IOException {
    Path table = Commands.writeTable(folder);
    Path directory = folder.resolve("model");
    String[] regular = {"--bias", "--epochs", "2", "--out", directory.toString()};
    var train = new ArrayList<>(List.of("train", "--data", table.toString(), "--label", "sick"));
    train.addAll(List.of(regular));
    assertThat(Commands.run(train).error()).isEmpty();
    Path large = repeated(table, 12);
    Options options = CommandLine.populateCommand(new Options());

    try (TableModel model = TableModel.load(directory)) {
      new TablePrediction(model, options.rows, options.kept, Formulas.KEPT)
          .write(table, folder.resolve("predictions.csv"));
      new TableAttribution(
              model,
              options.attribution,
              new BaselineOption(),
              options.rows,
              options.kept,
              Formulas.KEPT,
              Explained.of(model.labels(), Optional.empty(), false),
              false,
              256)
          .write(table, folder.resolve("attributions.csv"), Optional.empty());
      int before = operations(model);
      new TablePrediction(model, options.rows, options.kept, Formulas.KEPT)
          .write(large, folder.resolve("predictions.csv"));
      new TableAttribution(
              model,
              options.attribution,
              new BaselineOption(),
              options.rows,
              options.kept,
              Formulas.KEPT,
              Explained.of(model.labels(), Optional.empty(), false),
              false,
              256)
          .write(large, folder.resolve("attributions.csv"), Optional.empty());
      assertThat(operations(model)).isEqualTo(before);
      assertThat(Files.readAllLines(folder.resolve("attributions.csv"))).hasSize(1 + 12 * 300);
    }
  }

  private static int operations(TableModel model) {
    return Iterators.size(((Graph) model.session().ops().scope().env()).operations());
  }

  private Path repeated(Path table, int times) throws IOException {
    List<String> lines = Files.readAllLines(table);
    List<String> all = new ArrayList<>(lines.subList(0, 1));
    for (int i = 0; i < times; i++) {
      all.addAll(lines.subList(1, lines.size()));
    }
    return Files.write(folder.resolve("large.csv"), all);
  }
}
