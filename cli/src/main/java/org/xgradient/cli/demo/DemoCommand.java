package org.xgradient.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xgradient.cli.option.ConsoleProgress;
import org.xgradient.data.AtomicFiles;
import org.xgradient.experiments.decoy.DecoyOptions;
import org.xgradient.experiments.mortality.SyntheticMortality;
import org.xgradient.experiments.sparsity.StudyOptions;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.TextTable;
import org.xgradient.training.model.ModelDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code xgradient demo}. */
@Command(
    name = "demo",
    description = {
      "Train, correct, explain and export a model of a generated table.",
      "Writes a model directory and a report; takes less than two minutes on two cores.",
      "With --images: correct networks that learned from a cue in generated images instead of from"
          + " what the images show; takes less than four minutes."
    })
public final class DemoCommand implements Callable<Integer> {

  private static final int LEAST_REPETITIONS = 2;
  private static final int TABLE_REPETITIONS = 10;
  private static final int IMAGE_REPETITIONS = 6;
  private static final String DIRECTORY = "xgradient-demo";

  @Option(
      names = "--images",
      description = "Correct networks of images that learned from the wrong cue.")
  private boolean images;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where to write (default: " + DIRECTORY + ", with --images " + DIRECTORY + "-images).")
  private @Nullable Path out;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description =
          "Data and seeds per kind of training (default: "
              + TABLE_REPETITIONS
              + ", with --images "
              + IMAGE_REPETITIONS
              + ").")
  private @Nullable Integer repetitions;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Seed of the data and of all trainings (default: ${DEFAULT-VALUE}).")
  private long seed;

  @SuppressWarnings("NullAway.Init")
  DemoCommand() {}

  @Override
  public Integer call() throws IOException {
    int count = repetitions != null ? repetitions : images ? IMAGE_REPETITIONS : TABLE_REPETITIONS;
    if (count < LEAST_REPETITIONS) {
      throw new IllegalArgumentException(
          "--repetitions must be at least %d, so that there is a standard error, found %d"
              .formatted(LEAST_REPETITIONS, count));
    }
    Path directory = out != null ? out : Path.of(images ? DIRECTORY + "-images" : DIRECTORY);
    Stopwatches times = new Stopwatches();
    if (images) {
      correctImages(directory, count, times);
    } else {
      correctTable(directory, count, times);
    }
    System.out.printf(
        "Time:   %s (%s)%n",
        Numbers.duration(Duration.ofNanos((long) (1e9 * times.total()))), times);
    return 0;
  }

  private void correctTable(Path directory, int count, Stopwatches times) throws IOException {
    Path model = directory.resolve("model");
    Path report = directory.resolve("report.html");
    ModelDirectory.checkWritable(model);
    DemoResult result;
    try (ProgressReporter progress = ConsoleProgress.open()) {
      result =
          new Demo(
                  SyntheticMortality.withDefaults().withSeed(seed),
                  count,
                  StudyOptions.withDefaults().withSeed(seed),
                  progress,
                  times)
              .run(model);
    }
    times.time("report", () -> DemoReport.of(result, times, model).write(report));

    System.out.println(TextTable.plain(DemoTables.arms(result)));
    System.out.println(TextTable.plain(DemoTables.agreement(result)));
    System.out.println(DemoTables.maskingLine(result));
    System.out.println();
    DemoTables.findings(result).forEach(finding -> System.out.println("- " + finding));
    System.out.println();
    System.out.println("Model:  " + model);
    System.out.println("Report: " + report);
  }

  private void correctImages(Path directory, int count, Stopwatches times) throws IOException {
    Path report = directory.resolve("report.html");
    AtomicFiles.checkPlace(report);
    ImageDemoResult result;
    try (ProgressReporter progress = ConsoleProgress.open()) {
      result =
          ImageDemoResult.of(DecoyOptions.withDefaults().withSeed(seed), count, progress, times);
    }
    times.time("report", () -> ImageDemoReport.of(result).write(report));

    System.out.println(TextTable.plain(ImageDemoTables.accuracies(result)));
    System.out.println(TextTable.plain(ImageDemoTables.shares(result)));
    ImageDemoTables.findings(result).forEach(finding -> System.out.println("- " + finding));
    System.out.println();
    System.out.println("Report: " + report);
  }
}
