package org.xgradient.benchmarks.command;

import com.google.common.primitives.ImmutableDoubleArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.commons.math3.stat.StatUtils;
import org.jspecify.annotations.Nullable;
import org.xgradient.benchmarks.command.CommandRunner.Cost;
import org.xgradient.data.json.Json;

/** Measures commands, one at a time. */
public final class CommandBench implements AutoCloseable {

  private static final int MIN_RUNS = 3;

  private final CommandRunner runner = new CommandRunner();
  private final CommandFiles files;
  private @Nullable Cost load;

  /** Makes a folder for what the commands read and write. */
  public CommandBench() throws IOException {
    files = new CommandFiles();
  }

  /**
   * The medians over some runs.
   *
   * @param seconds the times of the runs
   * @param peakMegabytes the median of the peaks of resident memory; empty where the system does
   *     not tell
   */
  public record Measured(ImmutableDoubleArray seconds, OptionalLong peakMegabytes) {

    /** {@return the median of the times} */
    public double median() {
      return StatUtils.percentile(seconds.toArray(), 50);
    }
  }

  /**
   * Runs a command once, and then until the time is over, at least three times.
   *
   * @param work the command
   * @param seconds the time
   */
  public Measured measure(CommandWork work, double seconds)
      throws IOException, InterruptedException {
    List<Cost> costs = new ArrayList<>();
    run(work);
    long begin = System.nanoTime();
    while (costs.size() < MIN_RUNS || (System.nanoTime() - begin) * 1e-9 < seconds) {
      costs.add(run(work));
    }
    double[] peaks =
        costs.stream()
            .flatMapToLong(cost -> cost.peakMegabytes().stream())
            .asDoubleStream()
            .toArray();
    return new Measured(
        ImmutableDoubleArray.copyOf(costs.stream().mapToDouble(Cost::seconds)),
        peaks.length == 0
            ? OptionalLong.empty()
            : OptionalLong.of(Math.round(StatUtils.percentile(peaks, 50))));
  }

  /** As {@link #measure}, as a line of JSON. */
  public String line(CommandWork work, double seconds) throws IOException, InterruptedException {
    Measured measured = measure(work, seconds);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("peer", "xgradient");
    fields.put("workload", work.name());
    fields.put("median_s", rounded(measured.median()));
    fields.put("min_s", rounded(StatUtils.min(measured.seconds().toArray())));
    fields.put("max_s", rounded(StatUtils.max(measured.seconds().toArray())));
    fields.put("reps", measured.seconds().length());
    measured.peakMegabytes().ifPresent(peak -> fields.put("peak_rss_mb", peak));
    if (work.command() != CommandWork.Command.HELP) {
      loaded().ifPresent(megabytes -> fields.put("loaded_rss_mb", megabytes));
    }
    fields.put("threads", Runtime.getRuntime().availableProcessors());
    fields.put("params", work.params());
    return Json.line(fields);
  }

  /** What a process takes that only loads TensorFlow, measured once. */
  private OptionalLong loaded() throws IOException, InterruptedException {
    if (load == null) {
      load = runner.java(BareLoad.class.getName(), List.of());
    }
    return load.peakMegabytes();
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }

  private Cost run(CommandWork work) throws IOException, InterruptedException {
    return switch (work.command()) {
      case LOAD -> runner.java(BareLoad.class.getName(), List.of());
      case HELP -> runner.run(List.of("--help"));
      case ATTRIBUTE -> onModel("attribute", work);
      case PREDICT -> onModel("predict", work);
      case TRAIN ->
          runner.run(
              List.of(
                  "train",
                  "--data",
                  files.table(work.rows(), work.columns()).toString(),
                  "--label",
                  "label",
                  "--epochs",
                  "3",
                  "--no-report",
                  "--force",
                  "--out",
                  files.out("trained").toString()));
    };
  }

  private Cost onModel(String command, CommandWork work) throws IOException, InterruptedException {
    Path model = files.model(runner, work.columns());
    Path table = files.table(work.rows(), work.columns());
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--model",
                model.toString(),
                "--data",
                table.toString(),
                "--force",
                "--out",
                files.out("out.csv").toString()));
    if (command.equals("attribute")) {
      arguments.add("--no-report");
    }
    return runner.run(arguments);
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
