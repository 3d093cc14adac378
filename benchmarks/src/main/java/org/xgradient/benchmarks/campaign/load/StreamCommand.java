package org.xgradient.benchmarks.campaign.load;

import static java.util.Objects.requireNonNull;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xgradient.benchmarks.campaign.harness.Cli;
import org.xgradient.benchmarks.campaign.harness.Workplace;
import org.xgradient.data.DataRandom;
import org.xgradient.graph.runtime.ResidentMemory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code campaign stream}. */
@Command(
    name = "stream",
    description =
        "Predicts and explains the rows of a table that is larger than the Java heap, and measures"
            + " time and resident memory. Needs disk space for the table and as much for the"
            + " output.")
public final class StreamCommand implements Callable<Integer> {

  @Option(names = "--gigabytes", defaultValue = "1", description = "Size of the table.")
  private double gigabytes;

  @Option(names = "--heap", defaultValue = "256m", description = "Java heap.")
  private String heap = "";

  @Spec private @Nullable CommandSpec spec;

  private static final int COLUMNS = 10;
  private static final int TRAINING_ROWS = 2_000;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    try (Workplace place = Workplace.create("stream")) {
      Path folder = place.folder();
      Path small = folder.resolve("small.csv");
      write(small, TRAINING_ROWS, Long.MAX_VALUE);
      Path model = folder.resolve("model");
      Cli.run(
          List.of(
              "train",
              "--data",
              small.toString(),
              "--label",
              "sick",
              "--epochs",
              "3",
              "--hidden",
              "32,16",
              "--out",
              model.toString()));
      Path large = folder.resolve("large.csv");
      long rows = write(large, Long.MAX_VALUE, (long) (gigabytes * 1e9));
      for (String command : List.of("predict", "attribute")) {
        measure(command, model, large, rows, out);
      }
    }
    return 0;
  }

  private static long write(Path file, long mostRows, long mostBytes) throws IOException {
    DataRandom random = new DataRandom(11);
    long rows = 0;
    long bytes = 0;
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("a,b,c,d,e,f,g,h,i,j,sick\n");
      while (rows < mostRows && bytes < mostBytes) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < COLUMNS; i++) {
          line.append((float) random.nextGaussian()).append(',');
        }
        line.append(line.charAt(0) == '-' ? "no\n" : "yes\n");
        writer.append(line);
        bytes += line.length();
        rows++;
      }
    }
    return rows;
  }

  private void measure(String command, Path model, Path table, long rows, PrintWriter out)
      throws IOException, InterruptedException {
    Path output = table.resolveSibling(command + ".csv");
    long start = System.nanoTime();
    Process process =
        Cli.start(
            heap,
            List.of(
                command,
                "--model",
                model.toString(),
                "--data",
                table.toString(),
                "--out",
                output.toString()));
    long peak = 0;
    while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
      OptionalLong now = ResidentMemory.peakMegabytesOf(process.pid());
      peak = Math.max(peak, now.orElse(0));
    }
    double seconds = 1e-9 * (System.nanoTime() - start);
    long written;
    try (Stream<String> lines = Files.lines(output)) {
      written = lines.count() - 1;
    }
    out.printf(
        "%s of %.2f GB (%d rows), Java heap %s: %.0f s, %.0f rows per s, resident memory at most %d"
            + " MB, %d rows written (%.2f GB), exit code %d%n",
        command,
        1e-9 * Files.size(table),
        rows,
        heap,
        seconds,
        rows / seconds,
        peak,
        written,
        1e-9 * Files.size(output),
        process.exitValue());
    out.flush();
    Files.delete(output);
  }
}
