package org.xgradient.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.cli.Commands;
import org.xgradient.cli.SmallModels;
import org.xgradient.cli.foreign.ForeignLabels;
import org.xgradient.cli.foreign.TableReading;
import org.xgradient.cli.image.ImageInput;
import org.xgradient.cli.option.AttributionOptions;
import org.xgradient.cli.option.BaselineOption;
import org.xgradient.cli.option.RowOptions;
import org.xgradient.data.Provenance;
import org.xgradient.data.Task;
import org.xgradient.data.text.TextReader;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.training.image.ImageModel;
import org.xgradient.training.table.TableModel;
import org.xgradient.training.text.TextModel;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** However many rows methods are compared on, the graph is the same in the end. */
class EvaluationLoopsTest {

  private static final int FEW = 20;
  private static final int MANY = 290;

  /** So that there are several runs for many rows. */
  private static final String[] LITTLE_MEMORY = {"--memory", "1", "--methods", "AUTO,IG,GRAD"};

  @TempDir private Path folder;

  @Command
  @SuppressWarnings("NullAway.Init")
  private static final class Options {
    @Mixin private AttributionOptions attribution;
    @Mixin private RowOptions rows;
  }

  private final Options options = CommandLine.populateCommand(new Options(), LITTLE_MEMORY);
  private final ProgressReporter silent = ProgressReporter.silent();

  private static void assertSameGraph(IntUnaryOperator operationsAfter) {
    assertThat(operationsAfter.applyAsInt(MANY)).isEqualTo(operationsAfter.applyAsInt(FEW));
  }

  private static ImmutableSet<EvaluationMetric> all(Task task) {
    return EvaluationMetric.parse(List.of(EvaluationMetric.ALL), task);
  }

  @Test
  void ofATable() throws IOException {
    Path table = Commands.writeTable(folder);
    Path directory = SmallModels.ofTable(folder, table);
    assertSameGraph(
        rows -> {
          try (TableModel model = TableModel.load(directory)) {
            new TableComparison(model, options.attribution, options.rows, Optional.empty(), rows)
                .run(directory, table, all(Task.BINARY), silent);
            return SmallModels.operations(model.session());
          }
        });
  }

  @Test
  void ofTexts() throws IOException {
    Path file = SmallModels.writeTexts(folder, MANY);
    Path directory = SmallModels.ofTexts(folder, file);
    var texts = TextReader.withDefaults().withLabelUntil(":").readLines(file);
    assertSameGraph(
        rows -> {
          try (TextModel model = TextModel.load(directory)) {
            new TextComparison(model, options.attribution, rows)
                .run(texts, all(Task.BINARY), silent, new Provenance(ImmutableMap.of()));
            return SmallModels.operations(model.session());
          }
        });
  }

  @Test
  void ofImages() throws IOException {
    ImageInput images = ImageInput.of(SmallModels.writeImages(folder, 29), true, 29);
    Path directory = SmallModels.ofImages(folder);
    assertSameGraph(
        rows -> {
          try (ImageModel model = ImageModel.load(directory)) {
            new ImageComparison("m", model, options.attribution, true, rows / 10)
                .run(images, all(Task.MULTICLASS), silent);
            return SmallModels.operations(model.session());
          }
        });
  }

  @Test
  void ofASavedModel() throws IOException {
    Path table = SmallModels.writeNumbers(folder, MANY);
    Path directory = SmallModels.ofOthers(folder);
    assertSameGraph(
        rows -> {
          try (LoadedModel model = SavedModels.load(directory)) {
            new ForeignComparison(
                    model,
                    options.attribution,
                    new BaselineOption(),
                    new TableReading(),
                    "label",
                    ForeignLabels.of(model.output(), Optional.of(Task.MULTICLASS)),
                    rows)
                .run(directory, table, all(Task.MULTICLASS), silent);
            return SmallModels.operations(model.session());
          }
        });
  }
}
