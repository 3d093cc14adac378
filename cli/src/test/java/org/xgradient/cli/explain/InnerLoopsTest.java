package org.xgradient.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.cli.Commands;
import org.xgradient.cli.SmallModels;
import org.xgradient.cli.foreign.ForeignAttribution;
import org.xgradient.cli.foreign.ForeignPrediction;
import org.xgradient.cli.foreign.TableReading;
import org.xgradient.cli.option.AttributionOptions;
import org.xgradient.cli.option.BaselineOption;
import org.xgradient.cli.option.RowOptions;
import org.xgradient.cli.page.Explained;
import org.xgradient.cli.text.ReadTexts;
import org.xgradient.cli.text.TextExplainer;
import org.xgradient.data.text.TextReader;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.report.Formulas;
import org.xgradient.training.table.TableModel;
import org.xgradient.training.text.TextModel;
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
    Path directory = SmallModels.ofTable(folder, table);
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
      int before = SmallModels.operations(model.session());
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
      assertThat(SmallModels.operations(model.session())).isEqualTo(before);
      assertThat(Files.readAllLines(folder.resolve("attributions.csv"))).hasSize(1 + 12 * 300);
    }
  }

  @Test
  void moreTextsAddNoOperations() throws IOException {
    Path file = SmallModels.writeTexts(folder, 200);
    var all = TextReader.withDefaults().withLabelUntil(":").readLines(file);
    var explained = CommandLine.populateCommand(new Options(), "--memory", "1").attribution;
    try (TextModel model = TextModel.load(SmallModels.ofTexts(folder, file))) {
      var explainer = new TextExplainer(model, explained, Optional.empty());
      explainer.explain(ReadTexts.of(model, all.subset(ImmutableIntArray.of(0, 1))));
      int before = SmallModels.operations(model.session());
      assertThat(explainer.explain(ReadTexts.of(model, all)).texts()).hasSize(200);
      assertThat(SmallModels.operations(model.session())).isEqualTo(before);
    }
  }

  @Test
  void chunksForASavedModelAddNoOperations() throws IOException {
    AttributionOptions options = CommandLine.populateCommand(new Options()).attribution;
    Path out = folder.resolve("out.csv");
    try (LoadedModel model = SavedModels.load(SmallModels.ofOthers(folder))) {
      var attribution =
          new ForeignAttribution(
              model,
              options,
              new BaselineOption(),
              new TableReading(),
              ImmutableList.of("label"),
              Formulas.KEPT,
              Optional.empty(),
              false);
      var prediction =
          new ForeignPrediction(
              model, new TableReading(), ImmutableList.of("label"), Formulas.KEPT);
      Path few = SmallModels.writeNumbers(folder, 10);
      attribution.write(few, out, Optional.empty());
      prediction.write(few, out);
      int before = SmallModels.operations(model.session());
      Path many = SmallModels.writeNumbers(folder, 3000);
      prediction.write(many, out);
      attribution.write(many, out, Optional.empty());
      assertThat(SmallModels.operations(model.session())).isEqualTo(before);
      assertThat(Files.readAllLines(out)).hasSizeGreaterThan(3000);
    }
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
