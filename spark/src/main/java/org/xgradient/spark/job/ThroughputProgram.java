package org.xgradient.spark.job;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.runtime.ResidentMemory;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.report.text.TextTable;
import org.xgradient.spark.AttributionTransformer;
import org.xgradient.spark.SparkSessions;
import org.xgradient.training.table.TableModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Rows a second: of the job without its model, by X-Gradient and by Integrated Gradients. */
@Command(
    name = "throughput",
    description = {
      "Measure rows a second from Parquet to a sink that does nothing: without the model, by"
          + " X-Gradient and by Integrated Gradients with 128 steps, in turn, round by round.",
      "Ratios are medians over the rounds; the first round warms up."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class ThroughputProgram implements Callable<Integer> {

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final int TRAINED_ON = 2000;
  private static final int COLUMNS = 20;
  private static final int FILES = 8;

  /** What the name of the table of fewer rows ends with. */
  private static final String SOME = ".some";

  /** Integrated Gradients takes so many times longer that a part of the rows will do. */
  private static final int SHARE_OF_IG = 5;

  @Option(
      names = "--rows",
      defaultValue = "1000000",
      description = "How many rows (default: ${DEFAULT-VALUE}).")
  private long rows;

  @Option(
      names = "--cores",
      split = ",",
      defaultValue = "1,2",
      description = "With how many cores (default: ${DEFAULT-VALUE}).")
  private List<Integer> cores;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "How many rounds, behind the first (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--without-ig", description = "Leave Integrated Gradients out, for large tables.")
  private boolean withoutIntegratedGradients;

  @SuppressWarnings("NullAway.Init")
  ThroughputProgram() {}

  /** Something that is timed. */
  private record Timed(
      String name, long rows, Runnable work, List<Double> seconds, List<Double> busy) {
    Timed(String name, long rows, Runnable work) {
      this(name, rows, work, new ArrayList<>(), new ArrayList<>());
    }

    void run() {
      long start = System.nanoTime();
      long before = PROCESS.getProcessCpuTime();
      work.run();
      seconds.add((System.nanoTime() - start) / 1e9);
      busy.add((PROCESS.getProcessCpuTime() - before) / 1e9);
    }

    /** Microseconds of all processors a row, which other work on the machine changes less. */
    double cost(int round) {
      return busy.get(round) / rows * 1e6;
    }

    /** Rows a second of a round. */
    double rate(int round) {
      return rows / seconds.get(round);
    }
  }

  @Override
  public Integer call() throws IOException {
    checkArgument(rows >= TRAINED_ON, "--rows must be at least %s, found %s", TRAINED_ON, rows);
    checkArgument(rounds >= 1, "--rounds must be at least 1, found %s", rounds);
    for (int count : cores) {
      checkArgument(count >= 1, "--cores must be at least 1, found %s", count);
    }
    Path folder = Files.createTempDirectory("xgradient-throughput");
    try {
      measure(folder);
    } finally {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }
    return 0;
  }

  private void measure(Path folder) throws IOException {
    String table = folder.resolve("rows.parquet").toUri().toString();
    Path model = folder.resolve("model");
    for (int count : cores) {
      SparkSession session =
          SparkSessions.open("xgradient throughput", "local[" + Integer.toString(count) + "]");
      try {
        if (!Files.exists(model)) {
          GeneratedCustomers.rows(session, rows, FILES).write().parquet(table);
          GeneratedCustomers.rows(session, rows / SHARE_OF_IG, FILES).write().parquet(table + SOME);
          List<Row> some =
              session
                  .read()
                  .parquet(table)
                  .filter("id < " + Integer.toString(TRAINED_ON))
                  .collectAsList();
          SmallModel.write(model, some, 0);
        }
        measure(session, count, table, model);
      } finally {
        session.stop();
      }
    }
  }

  private void measure(SparkSession session, int count, String table, Path model) {
    Dataset<Row> all = session.read().parquet(table);
    Dataset<Row> some = session.read().parquet(table + SOME);
    long fewer = some.count();
    AttributionTransformer xg = AttributionTransformer.of(model.toString());
    AttributionTransformer ig = AttributionTransformer.of(model.toString()).setMethod("ig");
    StructType out = xg.transformSchema(all.schema());
    List<Timed> timed = new ArrayList<>();
    timed.add(
        new Timed(
            "no model",
            rows,
            () -> sink(all.mapPartitions(new WithoutModel(COLUMNS), Encoders.row(out)))));
    timed.add(new Timed("XG", rows, () -> sink(xg.transform(all))));
    if (!withoutIntegratedGradients) {
      timed.add(new Timed("IG(128)", fewer, () -> sink(ig.transform(some))));
    }
    try (TableModel alone = TableModel.load(model)) {
      if (!withoutIntegratedGradients) {
        Attributor attributor =
            Attributor.of(
                alone, IntegratedGradients.withDefaults(), AttributorOptions.withDefaults());
        FloatArray features =
            alone.preprocessing().transform(GeneratedCustomers.table(some.collectAsList()));
        timed.add(
            new Timed(
                "IG(128), one caller, no Spark", fewer, () -> attributor.attribute(features)));
      }
      for (int round = 0; round <= rounds; round++) {
        timed.forEach(Timed::run);
      }
    }
    System.out.println(TextTable.plain(result(count, timed)));
    ResidentMemory.peakMegabytes()
        .ifPresent(
            megabytes -> System.out.println("Peak memory: " + Numbers.count(megabytes) + " MB"));
  }

  private static void sink(Dataset<?> rows) {
    rows.write().format("noop").mode("overwrite").save();
  }

  private ReportTable result(int count, List<Timed> timed) {
    ReportTable.Builder table =
        ReportTable.titled(
                "%s rows, %s, medians of %s rounds"
                    .formatted(
                        Numbers.count(rows),
                        count == 1 ? "1 core" : Numbers.count(count) + " cores",
                        Numbers.count(rounds)))
            .text("job")
            .number("thousand rows/s", "CPU µs/row", "to no model", "to one caller");
    Timed first = timed.get(0);
    Timed last = timed.get(timed.size() - 1);
    for (Timed one : timed) {
      table.row(
          one.name(),
          Numbers.significant(median(one::rate) / 1000, 3),
          Numbers.significant(median(one::cost), 3),
          one.rows() == first.rows() ? ratio(one, first) : "",
          one.rows() == last.rows() && one.rows() != first.rows() ? ratio(one, last) : "");
    }
    return table.build();
  }

  private String ratio(Timed one, Timed other) {
    return Numbers.significant(median(round -> one.rate(round) / other.rate(round)), 3);
  }

  private double median(IntToDoubleFunction ofRound) {
    return new Median().evaluate(IntStream.rangeClosed(1, rounds).mapToDouble(ofRound).toArray());
  }
}
