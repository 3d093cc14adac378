package org.xgradient.cli.experiment;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.xgradient.cli.option.ConsoleProgress;
import org.xgradient.experiments.ConfigurationSource;
import org.xgradient.experiments.Configurations;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.ExperimentRun;
import org.xgradient.experiments.WorkerPool;
import org.xgradient.experiments.WorkerPools;
import org.xgradient.report.progress.Interruption;
import org.xgradient.report.progress.ProgressReporter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xgradient experiment}. */
@Command(
    name = "experiment",
    description = {
      "Reproduce a table or figure of the paper, beside the published values.",
      "The names are in the list below. Results are kept as they come: a run that was killed goes"
          + " on with --resume, and ends with the same numbers."
    },
    sortOptions = false,
    footerHeading = "%nExperiments:%n",
    footer = {
      "  axioms        Table 1: which method satisfies which axiom",
      "  sparsity      Fig. 1 left: training with sparse attributions on few rows",
      "  references    Fig. 1 right: how many references Expected Gradients needs",
      "  efficiency    App. B.3: time and memory of a training step",
      "  bias-removal  Table 2: networks without biases, and one gradient against many",
      "  metrics       Table 3: masking metrics of attributions of images",
      "  contrast      Fig. 2 left: accuracy against contrast",
      "  attributions  Fig. 2 right and Fig. 4: heat maps at full and low contrast",
      "  convergence   Fig. 3: Integrated Gradients against the number of steps",
      "  promises      beyond the paper: what priors promise on any tables, and what they keep",
      "  text          beyond the paper: texts, explained word by word",
    })
public final class ExperimentCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "The experiment.")
  private String name;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write the report, tables, configuration and results.")
  private @Nullable Path out;

  @Option(
      names = "--quick",
      description = "The quick form: minutes on two cores, on generated data.")
  private boolean quick;

  @Option(names = "--resume", description = "Go on with the results that are in DIR.")
  private boolean resume;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A configuration; keys that are not in it have their defaults.")
  private @Nullable Path configuration;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replace the value of a key; JSON, or a text. Can be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      arity = "1..*",
      description = "Model directories, for experiments on images; the same as the key models.")
  private List<Path> models = new ArrayList<>();

  @Option(
      names = "--images",
      paramLabel = "FOLDER",
      description = "The images for the models; the same as the key images.")
  private @Nullable Path images;

  @Option(
      names = "--tables",
      paramLabel = "DIR",
      description = "A folder of tables, for promises; the same as the key tables.")
  private @Nullable Path tables;

  @Option(
      names = "--texts",
      paramLabel = "DIR",
      description = "A folder of texts, for text; the same as the key texts.")
  private @Nullable Path texts;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "How many pieces to work on at a time, each with one thread (default: the processors);"
              + " or spark:MASTER, such as spark:local[2]. The results do not depend on it.")
  private String workers = String.valueOf(Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--print-config",
      description = "Only print the documented configuration, to be copied and changed.")
  private boolean printed;

  @SuppressWarnings("NullAway.Init")
  ExperimentCommand() {}

  @Override
  public Integer call() throws IOException {
    ExperimentView<?, ?, ?> view = ExperimentViews.named(name);
    if (printed) {
      System.out.print(quick ? view.experiment().quickDefaults() : view.experiment().defaults());
      return 0;
    }
    if (out == null) {
      throw new ParameterException(spec.commandLine(), "give the directory to write to: --out DIR");
    }
    run(view, out);
    return 0;
  }

  private <C, T, R> void run(ExperimentView<C, T, R> view, Path directory) throws IOException {
    C effective = Configurations.read(view.experiment(), quick, changes());
    var run = new ExperimentRun<>(view.experiment(), effective, directory, 1);
    ExperimentResults<C, T, R> results;
    try (WorkerPool pool = WorkerPools.of(workers);
        ProgressReporter reporter = ConsoleProgress.open()) {
      results = run.run(resume, new ExperimentProgress(name, reporter), pool);
    } catch (CancellationException e) {
      throw Interruption.of(
          "%s; what is done is kept, go on with the same command and --resume"
              .formatted(e.getMessage()),
          e);
    }
    ExperimentReport.of(view, results).write(directory);
  }

  private List<ConfigurationSource> changes() {
    List<ConfigurationSource> changes = new ArrayList<>();
    if (configuration != null) {
      changes.add(ConfigurationSource.of(configuration));
    }
    List<String> all = new ArrayList<>();
    if (!models.isEmpty()) {
      all.add("models=" + models.stream().map(ExperimentCommand::quoted).toList());
    }
    if (images != null) {
      all.add("images=" + quoted(images));
    }
    if (tables != null) {
      all.add("tables=" + quoted(tables));
    }
    if (texts != null) {
      all.add("texts=" + quoted(texts));
    }
    all.addAll(settings);
    changes.add(ConfigurationSource.ofSettings(all));
    return changes;
  }

  private static String quoted(Path path) {
    return TextNode.valueOf(path.toString()).toString();
  }
}
