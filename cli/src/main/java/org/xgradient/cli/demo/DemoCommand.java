package org.xgradient.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.xgradient.cli.report.Numbers;
import org.xgradient.cli.report.ProgressReporter;
import org.xgradient.cli.report.TextTable;
import org.xgradient.data.mortality.SyntheticMortality;
import org.xgradient.training.experiments.StudyOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code xgradient demo}. */
@Command(
    name = "demo",
    description = {
      "Train, correct, explain and export a model of a generated table.",
      "Writes a model directory and a report; takes less than two minutes on two cores."
    })
public final class DemoCommand implements Callable<Integer> {

  private static final int LEAST_REPETITIONS = 2;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "xgradient-demo",
      description = "Where to write (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "10",
      description = "Splits and seeds per kind of training (default: ${DEFAULT-VALUE}).")
  private int repetitions;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Seed of the table and of all trainings (default: ${DEFAULT-VALUE}).")
  private long seed;

  @SuppressWarnings("NullAway.Init")
  DemoCommand() {}

  @Override
  public Integer call() throws IOException {
    if (repetitions < LEAST_REPETITIONS) {
      throw new IllegalArgumentException(
          "--repetitions must be at least %d, so that there is a standard error, found %d"
              .formatted(LEAST_REPETITIONS, repetitions));
    }
    Path model = out.resolve("model");
    Path report = out.resolve("report.html");
    Stopwatches times = new Stopwatches();
    DemoResult result;
    try (ProgressReporter progress = ProgressReporter.forConsole()) {
      result =
          new Demo(
                  SyntheticMortality.withDefaults().withSeed(seed),
                  repetitions,
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
    System.out.printf(
        "Time:   %s (%s)%n",
        Numbers.duration(Duration.ofNanos((long) (1e9 * times.total()))), times);
    return 0;
  }
}
